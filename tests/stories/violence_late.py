"""Violence that she tells of at the table, alone: from that word on nothing more reaches the other side,
though both had agreed to mediation, a session was planned and the invitations lay ready (DV-23)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from tests.stories.field import on_the_spot, record
from tests.stories.no_contact import contacts
from tests.stories.stage import Body, Desk, Stage
from tests.stories.violence import nobody_named

WORKER = "grid_worker.001.14"
BOTH = ("mediation", "personal_information")
PARTIES = (
    {"role": "applicant", "name": "何某洁", "phone": "13900000201"},
    {"role": "respondent", "name": "罗某军", "phone": "13900000202"},
)
ALONE = "他打过我两次，我不敢和他坐在一起"
NOT_HIS = (
    "notice of other ways", "act at a table in the trail", "session", "copy of a file",
    "task to call, visit, remind or deliver", "paper given to a person",
)  # fmt: skip
"""What goes on for her, and for the worker who is told: the other ways, her own copy, her withdrawal."""


@dataclass
class Table:
    """A case at the table, and who sits there."""

    stage: Stage
    clerk: Desk
    director: Desk
    mediator: Desk
    dispute: str
    case: str
    her: str
    him: str
    session: str = ""
    calendar: str = ""

    def path(self, rest: str) -> str:
        return f"/mediation/cases/{self.case}/{rest}"


def play(stage: Stage) -> None:
    nobody_named(stage.desk("centre_director"))
    stage.teller.chapter("Violence, told at the table 调解中说出的家庭暴力")
    table = _seated(stage)
    _invited(table)
    _word(table)
    before = _counted(table)
    _nothing_more(table)
    _time_over(table)
    _leaves(table)
    stage.teller.same(
        _counted(table), before, "in the database: since her word nothing was added that reaches him"
    )


def _counted(table: Table) -> dict[str, int]:
    found = contacts(table.stage, table.dispute)
    told = "select count(*) from mediation_session_notice where told_at is not null and party_id = %s"
    return {name: number for name, number in found.items() if name not in NOT_HIS} | {
        "notice told": int(table.stage.stand.ask(told, table.him)[0][0])
    }


def _seated(stage: Stage) -> Table:
    """An ordinary quarrel of a couple: both want mediation, it is accepted."""
    phone, clerk = stage.phone(WORKER), stage.desk("centre_clerk")
    body = on_the_spot(
        stage, phone, "夫妻为家务争吵", category="01", outcome="report_up", wants_mediation=True,
        parties=[dict(party) for party in PARTIES],
    )  # fmt: skip
    dispute = str(stage.dispute_of(record(stage, phone, body))["id"])
    (item,) = clerk.get(f"/mediation/intake?dispute={dispute}")["results"]
    clerk.post(f"/mediation/intake/{item['id']}/offer", {})
    (case,) = clerk.get(f"/mediation/cases?dispute={dispute}")["results"]
    parties = {one["role"]: str(one["id"]) for one in clerk.get(f"/mediation/cases/{case['id']}")["parties"]}
    table = Table(
        stage, clerk, stage.desk("centre_director"), stage.desk("mediator"), dispute, str(case["id"]),
        parties["applicant"], parties["respondent"],
    )  # fmt: skip
    for party in parties.values():
        clerk.post(table.path("consents"), {"party_id": party, "steps": BOTH, "answer": "given"})
    mediator = table.mediator.me
    clerk.post(table.path("accept"), {"mediator_ids": [mediator], "chosen_by": "parties"})
    table.mediator.post(table.path("mediators/declare"), {"answer": "none"})
    for party in parties.values():
        clerk.post(table.path("rights"), {"party_id": party, "way": "read_out"})
    state = clerk.get(f"/mediation/cases/{table.case}")["state"]
    stage.teller.same(
        state, "accepted", "a couple's quarrel: both said yes, the case is accepted, a mediator named"
    )
    return table


def _invited(table: Table) -> None:
    begin = table.stage.now() + timedelta(days=2)
    plan = _plan(table, begin, form="joint")
    table.session = str(table.clerk.post("/mediation/sessions", plan)["id"])
    table.clerk.post(f"/mediation/sessions/{table.session}/invite")
    feed = table.mediator.post("/mediation/feeds", {"device": "办公电脑", "days": 30})
    table.calendar = str(feed["address"]).removeprefix("/api/v1")
    table.stage.teller.expect(
        _in_calendar(table),
        "a session together is planned, two invitations lie ready, the calendar knows of it",
    )


def _plan(table: Table, begin: Any, **more: Any) -> Body:
    times = {"starts_at": begin.isoformat(), "ends_at": (begin + timedelta(hours=1)).isoformat()}
    return {"case_id": table.case, "room": "调解室一", **times, **more}


def _in_calendar(table: Table) -> bool:
    return b"BEGIN:VEVENT" in table.mediator.raw("GET", table.calendar).content


def _word(table: Table) -> None:
    """In a talk alone she says what happens at home; the mediator sets the track and says that it is she."""
    teller, mediator = table.stage.teller, table.mediator
    mediator.post("/mediation/caucus-notes", {"case_id": table.case, "party_id": table.her, "text": ALONE})
    rows = table.stage.stand.ask("select dispute_party_id from mediation_case_party where id = %s", table.her)
    said = {"reason": "当事人单独说明情况", "party_id": str(rows[0][0])}
    found = mediator.post(f"/disputes/{table.dispute}/protection", said)
    table.stage.settle()
    teller.expect(
        found["protected"], "alone with the mediator she tells of blows: the protected track, at once"
    )
    code = table.clerk.refused("GET", f"/mediation/cases/{table.case}")
    teller.same(code, "not_found", "for the clerk the case exists no more")
    teller.expect(not _in_calendar(table), "and no calendar holds it")


def _nothing_more(table: Table) -> None:
    """What was ready, and whatever else would reach him, is refused with the code of the reason."""
    teller, now = table.stage.teller, table.stage.now()
    (notice,) = [one["id"] for one in table.director.get("/mediation/notices?limit=200")["results"]
                 if one["session"] == table.session and one["party"] == table.him]  # fmt: skip
    him, tomorrow = {"party_id": table.him}, now + timedelta(days=1)
    sits = table.mediator.me
    alone = str(
        table.director.post("/mediation/sessions", _plan(table, tomorrow, form="separate", **him))["id"]
    )
    why = {"purpose": "handle", "reason": "交付"}
    for what, path, body, code in (
        ("the invitation that lay ready", f"/mediation/notices/{notice}/tell", {"form": "phone"},
         "wish_required"),
        ("the session together", f"/mediation/sessions/{table.session}/start", {}, "joint_not_wished"),
        ("another one together", "/mediation/sessions", _plan(table, tomorrow, form="joint"),
         "joint_not_wished"),
        ("an invitation for him alone", f"/mediation/sessions/{alone}/invite", {}, "wish_required"),
        ("a question to him", f"/mediation/sessions/{table.session}/limits", {**him, "limited": False},
         "wish_required"),
        ("his consent", table.path("consents"), {**him, "steps": BOTH, "answer": "given"}, "wish_required"),
        ("his rights notice", table.path("rights"), {**him, "way": "read_out"}, "wish_required"),
        ("a word about the mediator", table.path("mediators/told"),
         {**him, "user_id": sits, "answer": "accepted"}, "wish_required"),
        ("a call to him", table.path("reach-attempts"),
         {**him, "way": "phone", "result": "no_answer", "tried_at": now.isoformat()}, "contact_not_wished"),
        ("an offer to him", "/mediation/offers",
         {"case_id": table.case, "party_id": table.her, "to_ids": [table.him], "terms": "分居",
          "expires_at": tomorrow.isoformat()}, "wish_required"),
        ("his copy of the file", table.path("dossier"), {"kind": "party", **him, **why}, "wish_required"),
    ):  # fmt: skip
        asks = table.mediator if path.endswith("/limits") else table.director
        teller.same(asks.refused("POST", path, body), code, f"refused, {code}: {what}")
    file = table.mediator.raw("GET", f"/mediation/notices/{notice}/appointment.ics")
    teller.same(file.status, 409, "refused: the calendar file for him")
    table.director.post(f"/mediation/sessions/{table.session}/cancel", {"reason": "取消"})
    told = [one["party"] for one in table.director.get("/mediation/notices?limit=200")["results"]
            if one["session"] == table.session and one["kind"] == "cancelled"]  # fmt: skip
    teller.same(told, [table.her], "cancelled: she is told in neutral words, and nobody else")


def _time_over(table: Table) -> None:
    stage, teller = table.stage, table.stage.teller
    for days in (3, 30):
        stage.later(days=days, hour=9)
        stage.due()
    code = table.director.refused("POST", table.path("ask-extension"))
    teller.same(
        code, "wish_required", f"33 days on the time is over: nobody asks both for more, refused, {code}"
    )


def _leaves(table: Table) -> None:
    """She leaves mediation at her word; she alone is told which ways are open."""
    stage, teller, director = table.stage, table.stage.teller, table.director
    director.post(table.path("refuse"), {"party_id": table.her})
    stage.settle()
    director.post(table.path("ways"), {"form": "by_hand", "ways": ["10", "12"]})
    copy = {
        "kind": "party",
        "party_id": table.her,
        "purpose": "handle",
        "reason": "交付本人",
        "format": "pdf",
    }
    paper = director.file(table.path("dossier"), copy)
    teller.same(paper[:4], b"%PDF", "she leaves at her word, and has her own copy")
    for event in ("feedback", "archive"):
        stage.step(director, table.dispute, event)
    for days in (7, 30):
        stage.later(days=days, hour=9)
        stage.due()
    state = director.get(f"/disputes/{table.dispute}")["state"]
    teller.same(state, "archived", "archived under its one code; 37 days on nothing has stirred")
