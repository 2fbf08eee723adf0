"""What was agreed: said, written three days later, scanned nine days after that; one breach; the court."""

from datetime import timedelta
from typing import Any

from gridphone.ids import uuid7

from kernel import clock
from tests.stories.quarrel.matter import CHILD, LI, WANG, ZHAO, Body, Matter
from tests.stories.quarrel.papers import hand_in
from tests.stories.stage import Desk

TERMS = "李某乙分三期向王某甲支付赔偿款六千元；赵某丙将摊位移出通道"
STALL, FIRST, SECOND, THIRD = 5, 9, 20, 35
"""Days after the agreement on which something is owed."""
WRITTEN, SCANNED, FILED, DECIDED, OVER = 3, 12, 29, 40, 66
"""Days after the agreement on which something is done."""
REMIND_ON = (10, 20, 25)
LAST = 30  # of the days in which a court may be asked (PM-33)
REMINDED = """select r.day, r.reminded_at is not null or r.due_at > %s from mediation_confirmation_reminder r
    join mediation_confirmation c on c.id = r.confirmation_id where c.agreement_id = %s order by r.day"""


def play(matter: Matter) -> None:
    matter.teller.chapter("What was agreed 达成协议")
    _said(matter)
    _wishes(matter)
    _written(matter)
    _scanned(matter)
    _broken(matter)
    _filed(matter)
    _confirmed(matter)
    _performed(matter)


def _agreement(matter: Matter) -> Body:
    found: Body = matter.director.get(f"/mediation/agreements/{matter.agreement}")
    return found


def _last_day(matter: Matter) -> Any:
    return _agreement(matter)["confirmation"]["last_day"]


def _said(matter: Matter) -> None:
    """By word of mouth, in effect on that day."""
    teller, now = matter.teller, matter.stage.now()
    matter.day, matter.agreement = now.date(), uuid7()
    parts = [{"due_on": matter.on(day), "amount": "2000.00"} for day in (FIRST, SECOND, THIRD)]
    owed = [
        {"debtor": matter.parties[LI], "creditor": matter.parties[WANG], "what": "支付赔偿款",
         "amount": "6000.00", "instalments": parts},
        {"debtor": matter.parties[ZHAO], "what": "将摊位移出通道", "due_on": matter.on(STALL)},
    ]  # fmt: skip
    said = {
        "id": matter.agreement, "form": "oral", "terms": TERMS, "reached_on": matter.on(0),
        "money_or_property": True, "obligations": owed,
    }  # fmt: skip
    case = matter.mediator.post(f"/mediation/cases/{matter.case}/agree", said)
    found = _agreement(matter)
    matter.owed = sorted(found["obligations"], key=lambda row: row["due_on"])
    teller.same(
        (case["state"], found["effective_on"], len(matter.owed)), ("performing", matter.on(0), 4),
        "口头协议: in effect on the day it was reached; three instalments, and the stall moves",
    )  # fmt: skip
    teller.same(_last_day(matter), matter.on(LAST), f"a court may be asked until {matter.on(LAST)} (PM-33)")
    late = matter.clerk.refused(
        "POST", f"/mediation/cases/{matter.case}/refuse", {"party_id": matter.parties[WANG]}
    )
    teller.same(
        late, "withdrawal_too_late", "from now on nobody withdraws; the refusal says what the law leaves"
    )


def _wishes(matter: Matter) -> None:
    """How each party wants to be followed up."""
    teller = matter.teller
    wishes = {WANG: "phone", LI: "visit", CHILD: "phone"}
    for name, choice in wishes.items():
        matter.of_case("follow-up-wish", party_id=matter.parties[name], choice=choice)
    matter.of_case("follow-up-wish", party_id=matter.parties[ZHAO], choice="declined")
    states = {row["state"] for row in _follow_ups(matter, ZHAO)}
    others = {name: len(_follow_ups(matter, name)) for name in wishes}
    teller.same(
        (states, set(others.values())), ({"declined"}, {8}),
        f"回访: {ZHAO} declines at the word; for the others two after each of four days are owed",
    )  # fmt: skip


def _follow_ups(matter: Matter, name: str) -> list[Body]:
    path = f"/mediation/follow-ups?case={matter.case}&limit=200"
    rows: list[Body] = matter.clerk.get(path)["results"]
    return [row for row in rows if row["party"] == matter.parties[name]]


def follow_up(matter: Matter) -> None:
    """Do what has fallen due of them, in the way that each party chose."""
    today = matter.stage.now().date().isoformat()
    for name in (WANG, LI, CHILD):
        for row in _follow_ups(matter, name):
            if row["state"] == "owed" and row["due_on"] <= today:
                said = {"form": row["choice"], "done_on": today, "result": "partly", "satisfied": True}
                matter.clerk.post(f"/mediation/follow-ups/{row['id']}/done", said)


# -- on paper --------------------------------------------------------------------------------------


def _written(matter: Matter) -> None:
    """Written down three days later. Every mark states its day; a second person compares them."""
    teller = matter.teller
    matter.to_day(WRITTEN)
    path, day = f"/mediation/agreements/{matter.agreement}", matter.on(WRITTEN)
    matter.mediator.post(f"{path}/write", {"terms": TERMS, "facts": "通道内骑行刮碰轿车"})
    _mark(matter, matter.clerk, "mediator", mediator_id=matter.mediator.me)
    alone = {"role": "party", "party_id": matter.child, "manner": "signature", "made_on": day}
    teller.same(
        matter.clerk.refused("POST", f"{path}/marks", alone),
        "guardian_missing",
        "a minor does not sign alone",
    )
    for name, party in matter.parties.items():
        by_mother = {"signed_by": "guardian", "mandate_id": matter.guardian} if name == CHILD else {}
        _mark(matter, matter.clerk, "party", party_id=party, **by_mother)
    own = matter.clerk.refused("POST", f"{path}/review")
    teller.same(own, "second_person_needed", "who has entered the marks does not review them")
    _mark(matter, matter.director, "seal", manner="seal")
    matter.director.post(f"{path}/review")
    matter.clerk.post(f"{path}/review")
    found = _agreement(matter)
    teller.same(
        (found["oral_on"], found["written_on"], found["effective_on"], _last_day(matter)),
        (matter.on(0), day, matter.on(0), matter.on(LAST)),
        "书面协议: both days are shown, what counts is the earlier",
    )  # fmt: skip
    teller.same(
        (found["file_complete"], found["scans_missing"]),
        (False, 6),
        "six scans are missing, and hold up nothing",
    )


def _mark(matter: Matter, who: Desk, role: str, manner: str = "signature", **whose: Any) -> None:
    said = {"role": role, "manner": manner, "made_on": matter.on(WRITTEN)} | whose
    who.post(f"/mediation/agreements/{matter.agreement}/marks", said)


def _scanned(matter: Matter) -> None:
    teller = matter.teller
    matter.to_day(FIRST)
    _paid(matter, 0, STALL, None)
    _paid(matter, 1, FIRST, "2000.00")
    teller.tell("the stall is gone, the first instalment is paid")
    matter.to_day(SCANNED)
    follow_up(matter)
    paper = hand_in(matter, matter.clerk, "agreement", "调解协议书", dated_on=matter.on(WRITTEN))
    marks = [mark["id"] for mark in _agreement(matter)["marks"]]
    path = f"/mediation/agreements/{matter.agreement}/scan"
    found = matter.clerk.post(path, {"document_id": paper, "mark_ids": marks})
    teller.same(
        (found["file_complete"], found["effective_on"], _last_day(matter)),
        (True, matter.on(0), matter.on(LAST)),
        "scanned nine days later: the file is complete, and the thirty days run from the stated day",
    )  # fmt: skip


# -- a breach, the court, the end ------------------------------------------------------------------


def _paid(matter: Matter, number: int, day: int, amount: str | None) -> Body:
    """Something owed is performed; the case as it is then."""
    body = {"id": uuid7(), "done_on": matter.on(day), "amount": amount}
    matter.clerk.post(f"/mediation/obligations/{matter.owed[number]['id']}/performances", body)
    return matter.seen()


def _broken(matter: Matter) -> None:
    """The second instalment does not come: the clock flags it, a person says that it is a breach."""
    teller, one = matter.teller, f"/mediation/obligations/{matter.owed[2]['id']}"
    early = matter.clerk.refused("POST", f"{one}/breach", {"reason": "未付款", "since": matter.on(SCANNED)})
    teller.same(early, "not_yet_due", "nothing is broken before its day is over")
    matter.to_day(SECOND + 1)
    found = matter.clerk.get(one)
    ends = clock.day_end(matter.day + timedelta(days=SECOND)).astimezone(clock.TZ)
    teller.same(
        (found["state"], found["overdue_at"]), ("open", ends.isoformat()),
        "the second instalment is overdue: flagged with the end of its day, and no more than that",
    )  # fmt: skip
    matter.clerk.post(
        f"{one}/breach", {"reason": "到期未付款，经询问称手头紧", "since": matter.on(SECOND + 1)}
    )
    teller.same(matter.seen()["state"], "breached", "one breach 未履行: a person says so")
    left = {row["law"] for row in _agreement(matter)["left"]}
    teller.expect("PM-33" in left, "the agreement says what the law leaves: to sue, or ask a court together")
    matter.to_day(SECOND + 5)
    _paid(matter, 2, SECOND + 4, "2000.00")
    teller.tell("it is paid four days late")


def _filed(matter: Matter) -> None:
    teller = matter.teller
    matter.to_day(FILED)
    follow_up(matter)
    found = _agreement(matter)["confirmation"]
    path = f"/mediation/confirmations/{found['id']}"
    teller.same(found["days_left"], 1, "day 29: one day is left to ask a court")
    _reminded(matter)
    matter.clerk.post(f"{path}/precheck", {"doubts": []})
    matter.clerk.post(f"{path}/offer")
    body = {"filed_on": matter.on(FILED), "court": "南岗区人民法院", "court_basis": "organisation"}
    for name in (WANG, LI, ZHAO):
        matter.clerk.post(f"{path}/words", {"party_id": matter.parties[name], "joint": True})
    alone = matter.clerk.refused("POST", f"{path}/file", body)
    matter.clerk.post(f"{path}/words", {"party_id": matter.child, "joint": True})
    filed = matter.clerk.post(f"{path}/file", body)
    teller.same(
        (alone, filed["state"]),
        ("confirmation_not_joint", "filed"),
        "司法确认: not while one is silent; all four together: filed",
    )


def _reminded(matter: Matter) -> None:
    """The centre, in the allowed hours of working days; no party, as none has asked for it."""
    rows = matter.stage.stand.ask(REMINDED, clock.now(), matter.agreement)
    days, punctual = [day.isoformat() for day, _ in rows], all(fine for _, fine in rows)
    matter.teller.same(
        (days, punctual), ([matter.on(day) for day in REMIND_ON], True),
        "the centre is reminded for days 10, 20 and 25, no party is",
    )  # fmt: skip


def _confirmed(matter: Matter) -> None:
    matter.to_day(THIRD)
    found = _agreement(matter)["confirmation"]
    matter.teller.same(
        found["expired_at"], None, "the thirty days pass and nothing expires, as it was filed in time"
    )
    _paid(matter, 3, THIRD, "2000.00")
    matter.to_day(DECIDED)
    follow_up(matter)
    body = {"decision": "valid", "document_no": "（示例）民特1号", "decided_on": matter.on(DECIDED)}
    path = f"/mediation/confirmations/{found['id']}/decision"
    decided = matter.clerk.post(path, body)
    hand_in(matter, matter.clerk, "confirmation", "司法确认裁定书", dated_on=matter.on(DECIDED))
    matter.teller.same(decided["state"], "valid", "the court confirms the agreement: it can be enforced")


def _performed(matter: Matter) -> None:
    teller = matter.teller
    teller.same(matter.seen()["state"], "performed", "with the third instalment everything is performed")
    matter.to_day(OVER)
    follow_up(matter)
    states = [row["state"] for name in (WANG, LI, CHILD) for row in _follow_ups(matter, name)]
    theirs = {row["state"] for row in _follow_ups(matter, ZHAO)}
    teller.same(
        (states, theirs),
        (["done"] * 24, {"declined"}),
        "24 follow-ups are done, none with the one who declined",
    )
