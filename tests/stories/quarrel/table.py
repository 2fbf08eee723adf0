"""At the table: a talk alone, a mediator who is replaced, two sessions, an offer whose hour passes."""

from datetime import timedelta
from typing import Any

from kernel import clock
from tests.stories.quarrel.matter import CHILD, LI, WANG, ZHAO, Body, Matter
from tests.stories.quarrel.papers import identified

WHY = {"purpose": "handle", "reason": "办理本案"}
TALK = "车主私下表示，四千元即可了结"
ENDED = "select state, ended_at from mediation_offer where id = %s"
EXPIRED = "select count(*) from mediation_offer_transition where offer_id = %s and event = 'expire'"


def play(matter: Matter) -> None:
    matter.teller.chapter("At the table 调解桌上")
    identified(matter)
    _alone(matter)
    _replaced(matter)
    _locked(matter)
    stage = matter.stage
    stage.later(days=4, hour=9)
    first = _joint(matter)
    offer = _offered(matter, first, LI, WANG, "分两期赔偿三千元", days=2)
    _expired(matter, offer)
    stage.later(days=2, hour=9)
    second = _joint(matter)
    _countered(matter, second)


# -- one party alone, and who heard it -------------------------------------------------------------


def _alone(matter: Matter) -> None:
    stage, teller, mediator = matter.stage, matter.teller, matter.mediator
    case = f"/mediation/cases/{matter.case}"
    mediator.post(f"{case}/mediators/declare", {"answer": "none"})
    body = _when(matter, 14) | {"form": "separate", "party_id": matter.parties[WANG]}
    session = mediator.post("/mediation/sessions", body)["id"]
    mediator.post(f"/mediation/sessions/{session}/invite")
    _told(matter, session, {matter.parties[WANG]})
    stage.later(hour=14)
    mediator.post(f"/mediation/sessions/{session}/start")
    _came(matter, session, WANG)
    said = {"case_id": matter.case, "party_id": matter.parties[WANG], "session_id": session, "text": TALK}
    matter.secret = str(mediator.post("/mediation/caucus-notes", said)["id"])
    mediator.post(f"/mediation/sessions/{session}/finish")
    read = mediator.post(f"/mediation/caucus-notes/{matter.secret}/reveal", WHY)["text"]
    teller.same(read, TALK, "背对背: the mediator hears the car's owner alone and writes it down")
    codes = [
        who.refused("GET", f"/mediation/caucus-notes/{matter.secret}")
        for who in (matter.clerk, matter.director)
    ]
    teller.same(codes, ["role_not_allowed"] * 2, "nobody else at the centre can read a talk alone")


def _replaced(matter: Matter) -> None:
    """The mediator finds out that a cousin of his works for the stall: it takes effect at the word."""
    stage, teller = matter.stage, matter.teller
    former, case = matter.mediator, f"/mediation/cases/{matter.case}"
    stage.later(hour=17)
    former.post(f"{case}/mediators/declare", {"answer": "conflict"})
    teller.same(
        former.refused("GET", case),
        "not_found",
        "the mediator declares a conflict and no longer sees the case",
    )
    free = {row["user"]: row["available"] for row in matter.clerk.get(f"{case}/mediators/free")}
    teller.same(free[former.me], False, "not available for this case: nobody is told why")
    again = matter.clerk.refused(
        "POST", f"{case}/mediators", {"user_ids": [former.me], "chosen_by": "committee"}
    )
    teller.same(again, "mediator_not_available", "and is not named to it again")
    new = stage.colleague("mediator.001.2")
    matter.director.post(f"{case}/mediators", {"user_ids": [new.me], "chosen_by": "committee"})
    matter.mediators.append(new.username)
    new.post(f"{case}/mediators/declare", {"answer": "none"})
    lacks = {row["code"] for row in new.get(f"{case}/missing")}
    teller.same(
        lacks,
        {"mediator_not_told"},
        "another takes the place; before a session the parties have to hear of it",
    )
    for party in matter.parties.values():
        matter.of_case("mediators/told", user_id=new.me, party_id=party, answer="accepted")
    teller.same(new.get(f"{case}/missing"), [], "all four have heard of it and agree")


def _locked(matter: Matter) -> None:
    """The notes of a talk alone do not pass on."""
    teller, note = matter.teller, f"/mediation/caucus-notes/{matter.secret}/reveal"
    former, new = (matter.stage.colleague(name) for name in matter.mediators)
    teller.same(
        former.refused("POST", note, WHY), "not_found", "the notes are locked to the one who wrote them"
    )
    listed = new.get(f"/mediation/caucus-notes?case={matter.case}")["count"]
    teller.same(
        (new.refused("POST", note, WHY), listed), ("caucus_locked", 0),
        "and to the new one: told that they are locked while the party has not opened them",
    )  # fmt: skip


# -- sessions --------------------------------------------------------------------------------------


def _when(matter: Matter, hour: int) -> Body:
    start = matter.stage.now().replace(hour=hour, minute=0, second=0, microsecond=0)
    return {
        "case_id": matter.case, "room": "一号调解室", "starts_at": start.isoformat(),
        "ends_at": (start + timedelta(hours=2)).isoformat(),
    }  # fmt: skip


def _told(matter: Matter, session: str, parties: set[str]) -> None:
    """Each is told by a person, in words that name nobody."""
    notices = matter.clerk.get(f"/mediation/notices?session={session}")["results"]
    words = {notice["words"] for notice in notices}
    named = [name for name in (WANG, LI, ZHAO, CHILD) if any(name in said for said in words)]
    matter.teller.same(
        ({notice["party"] for notice in notices}, len(words), named), (parties, 1, []),
        f"{len(parties)} told, in one wording that names nobody",
    )  # fmt: skip
    for notice in notices:
        matter.clerk.post(f"/mediation/notices/{notice['id']}/tell", {"form": "phone"})


def _came(matter: Matter, session: str, *names: str) -> None:
    for name in names:
        by_mother = {"came_as": "guardian", "person_id": matter.guardian}
        came = {"party_id": matter.parties[name], **(by_mother if name == CHILD else {"came_as": "self"})}
        matter.mediator.post(f"/mediation/sessions/{session}/attendance", came)


def _joint(matter: Matter) -> str:
    """All four at one table, after each was asked alone whether anything limits the meeting."""
    stage, teller, mediator = matter.stage, matter.teller, matter.mediator
    session = str(mediator.post("/mediation/sessions", _when(matter, 10) | {"form": "joint"})["id"])
    path = f"/mediation/sessions/{session}"
    mediator.post(f"{path}/invite")
    _told(matter, session, set(matter.parties.values()))
    teller.same(
        mediator.refused("POST", f"{path}/start"), "alone_question_owed", "not before each was asked alone"
    )
    for party in matter.parties.values():
        mediator.post(f"{path}/limits", {"party_id": party, "limited": False})
    stage.later(hour=10)
    held = mediator.post(f"{path}/start")
    _came(matter, session, *matter.parties)
    said = {"case_id": matter.case, "session_id": session, "visibility": "all_parties", "kind": "minutes"}
    mediator.post("/mediation/notes", said | {"text": "各方陈述事实，就赔偿和占道问题协商"})
    stage.later(hour=11, minutes=30)
    mediator.post(f"{path}/finish")
    teller.same(held["state"], "held", "a joint session is held and its minutes are written")
    return session


# -- offers ----------------------------------------------------------------------------------------


def _offered(matter: Matter, session: str, by: str, to: str, terms: str, *, days: int) -> str:
    until = (matter.stage.now() + timedelta(days=days)).replace(hour=20, minute=0, second=0, microsecond=0)
    offer = matter.mediator.post(
        "/mediation/offers",
        {
            "case_id": matter.case, "party_id": matter.parties[by], "to_ids": [matter.parties[to]],
            "session_id": session, "terms": terms, "expires_at": until.isoformat(),
        },
    )  # fmt: skip
    matter.teller.same(offer["state"], "open", f"{by} offers: {terms}; until {until:%m-%d %H:%M}")
    return str(offer["id"])


def _expired(matter: Matter, offer: str) -> None:
    stage, teller = matter.stage, matter.teller
    stage.later(days=2, hour=20, minutes=30)
    until = stage.now().replace(hour=20, minute=0, second=0, microsecond=0)
    found = stage.stand.ask(ENDED, offer)[0]
    times = stage.stand.ask(EXPIRED, offer)[0][0]
    teller.same(
        (found[0], found[1].astimezone(clock.TZ), times), ("expired", until, 1),
        "its hour passes: expired, once, with that hour",
    )  # fmt: skip
    answer = {"party_id": matter.parties[WANG], "answer": "accept"}
    late = matter.mediator.refused("POST", f"/mediation/offers/{offer}/answer", answer)
    teller.same(late, "offer_expired", "a yes that comes later is none")


def _countered(matter: Matter, session: str) -> None:
    """The owner counters, the rider accepts."""
    teller, mediator = matter.teller, matter.mediator
    offer = _offered(matter, session, LI, WANG, "赔偿四千元，一次付清", days=1)
    until = matter.stage.now() + timedelta(days=1)
    counter = {"terms": "赔偿六千元，分三期", "expires_at": until.isoformat()}
    answer: dict[str, Any] = {"party_id": matter.parties[WANG], "answer": "counter", "counter": counter}
    made = mediator.post(f"/mediation/offers/{offer}/answer", answer)
    yes = {"party_id": matter.parties[LI], "answer": "accept"}
    accepted = mediator.post(f"/mediation/offers/{made['id']}/answer", yes)
    teller.same(
        (made["counters"], accepted["state"]), (offer, "accepted"),
        f"{WANG} counters: {counter['terms']}; {LI} accepts",
    )  # fmt: skip
