"""Domestic violence, from the worker's offline screening to the end, without one contact to the other side
against her wish (DV-23, LA-31, PS-4, PS-6)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from tests.stories.stage import Body, Desk, Hand, Stage  # isort: skip  because it puts the project's folders on the path
from gridphone import Phone

from tests.stories.faces import changed, faces, loud
from tests.stories.field import on_the_spot, record
from tests.stories.no_contact import contacts

WORKER, COLLEAGUE = "grid_worker.001.12", "grid_worker.001.13"
HER, HIM, CHILD = "林某娟", "高某强", "G.X."
NUMBER, ADDRESS, REFUGE = "13900000101", "和兴路 12 号 3 单元", "姐姐家，宣化街"
SECRETS = (NUMBER, ADDRESS, REFUGE, HER)
PARTIES = (
    {"role": "person_at_risk", "name": HER, "phone": NUMBER},
    {"role": "respondent", "name": HIM, "phone": "13900000102"},
)
LEAK = (
    {"role": "applicant", "name": "周某文", "phone": "13900000103"},
    {"role": "respondent", "name": HIM, "phone": "13900000102"},
)
OUTSIDE = (
    "community_coordinator", "centre_clerk", "mediator", "committee_keeper", "duty_officer",
    "station_officer", "liaison_officer", "agency_officer", "procurator", "auditor", "complaints_desk",
    "district_admin", "analyst",
)  # fmt: skip
WAYS = ("protection_order", "written_warning", "shelter", "legal_aid", "police_110")
WHY = "purpose=protect&reason=%E4%BF%9D%E6%8A%A4"
HOURS_OF_DUTY = 12


@dataclass
class Home:
    """What the chapter knows so far."""

    stage: Stage
    director: Desk
    author: Hand
    colleague: Hand
    screening: str = ""
    dispute: str = ""
    other: str = ""
    before: dict[str, Mapping[str, str]] = field(default_factory=dict)

    def path(self, rest: str) -> str:
        return f"/disputes/{self.dispute}/{rest}"


def play(stage: Stage) -> None:
    stage.teller.chapter("Domestic violence, without a contact 家庭暴力，全程不联系对方")
    phones = [stage.phone(name) for name in (WORKER, COLLEAGUE)]
    home = Home(stage, stage.desk("centre_director"), *map(stage.hand, phones))
    stage.due()
    nobody_named(home.director)
    _duty(home)
    _screening(home, *phones)
    _silence(home)
    _call_up(home)
    _track(home)
    _heard_alone(home)
    _refused_everywhere(home)
    _named_clerk(home)
    _child(home)
    _police(home)
    _help(home)
    _weeks(home)
    _lift(home)
    _end(home)


def nobody_named(director: Desk) -> None:
    """No clerk of the street reads restricted matters from here on, whoever was named before."""
    for named in director.get("/named-clerks?limit=200")["results"]:
        if named["valid_to"] is None:
            director.post(f"/named-clerks/{named['id']}/end", {"reason": "另行指定"})


def _duty(home: Home) -> None:
    stage, officer = home.stage, home.stage.desk("duty_officer")
    now = stage.now()
    shift = {
        "person_id": officer.me, "post": "main", "starts_at": now.isoformat(),
        "ends_at": (now + timedelta(hours=HOURS_OF_DUTY)).isoformat(),
    }  # fmt: skip
    home.director.post("/duty-shifts", {"shifts": [shift]})
    stage.teller.expect(
        officer.get("/worklist")["sections"], "the director has planned the day's duty; nobody is deputy"
    )


def _screening(home: Home, phone: Phone, colleague: Phone) -> None:
    """Offline at her door: first the telephone, then the record."""
    stage = home.stage
    quarrel = on_the_spot(
        stage, colleague, "楼上漏水", outcome="report_up", parties=[dict(one) for one in LEAK]
    )
    home.other = str(stage.dispute_of(record(stage, colleague, quarrel))["id"])
    stage.teller.tell("in the same house, a colleague records an ordinary quarrel of his with a neighbour")
    home.before = {role: faces(stage.desk(role), (HER, HIM)) for role in OUTSIDE}
    home.before["colleague"] = faces(home.colleague, (HER, HIM))
    colleague.sync()
    held = _held(colleague)
    called = (stage.now() - timedelta(minutes=20)).isoformat(timespec="seconds")
    sign = {"code": "domestic_violence", "what": "当面看到伤痕，述被丈夫殴打", "by_whom": "丈夫"}
    body = on_the_spot(
        stage, phone, f"她说今晚要去{REFUGE}", category="01", outcome="report_up", signs=[sign],
        parties=[dict(party) for party in PARTIES], address=ADDRESS, done="陪同等候，已拨打 110",
        danger_now={"called": "110", "called_at": called},
    )  # fmt: skip
    stage.teller.tell("the worker has called 110 first; then records, without network: she was beaten (PS-6)")
    home.screening = record(stage, phone, body)
    phone.sync()
    stage.teller.expect(
        home.screening not in _held(phone), "after the receipt it is on no phone, not on hers"
    )
    colleague.sync()
    new = _held(colleague) - held
    stage.teller.same(new, set(), "the phone of the colleague in the same grid pulls nothing of it")
    home.dispute = str(stage.dispute_of(home.screening)["id"])


def _held(phone: Phone) -> set[str]:
    return {one for rows in phone.store.held().values() for one in rows}


def _silence(home: Home) -> None:
    """Each list, count, map, file and search of everybody else is as it was."""
    stage, teller = home.stage, home.stage.teller
    desks = {role: stage.desk(role) for role in OUTSIDE} | {"colleague": home.colleague}
    for role, desk in desks.items():
        moved = changed(home.before[role], faces(desk, (HER, HIM)))
        moved += loud(desk, home.dispute, home.screening)
        teller.same(
            moved, [], f"{role}: {len(home.before[role])} faces as they were, by its number no such thing"
        )
    own = home.author.get(f"/screenings/{home.screening}/particulars?{WHY}")
    teller.same(own["address"], ADDRESS, "the author alone reads the own record")


def _call_up(home: Home) -> None:
    stage, teller = home.stage, home.stage.teller
    stage.later(minutes=16)
    teller.same(
        _called(home), [("main", True)], "nobody opened it for 15 minutes: the duty officer is called up"
    )
    stage.later(minutes=16)
    teller.same(_called(home)[1:], [("deputy", False)], "15 more: nobody is deputy, so the director is")
    officer = stage.desk("duty_officer")
    asked = f"/tasks?kind=call_up&state=open&subject_id={home.screening}"
    told = officer.get(asked)["results"]
    teller.expect(told and not _tells(told), "the duty officer's task says: act now, and no place, no name")
    teller.same(loud(officer, home.dispute, home.screening), [], "and the matter itself stays closed to duty")
    found = home.director.get(f"/screenings/{home.screening}")
    teller.same(
        found["urgency"], "at_once", "the director opens it: at once, by the hour at which it happened"
    )
    teller.same(officer.get(asked)["count"], 0, "opened: nobody is called up any more")


def _called(home: Home) -> list[tuple[str, bool]]:
    rows = home.director.get(f"/screenings/{home.screening}/call-ups")
    return [(one["post"], one["person"] is not None) for one in rows]


def _tells(answer: Any) -> list[str]:
    return [secret for secret in SECRETS if secret in str(answer)]


def _track(home: Home) -> None:
    stage, teller = home.stage, home.stage.teller
    found = home.director.get(f"/disputes/{home.dispute}")
    teller.same(
        (found["protected"], found["restricted"], found["level"], found["masked"]),
        (True, True, "street", []),
        f"protected and restricted by the sign itself, at the street: {found['code']}",
    )  # fmt: skip
    (firing,) = home.director.get(f"/escalation/firings?dispute={home.dispute}")["results"]
    done = {one["action"]: one["result"] for one in firing["actions"]}
    teller.same(
        (firing["rule"], done["open_intake"], done["propose_liaison_report"]),
        ("protected_signs", "done", "no_ground"),
        "the rule opens a protected intake item; an adult decides on a report: no ground, no proposal",
    )  # fmt: skip
    (item,) = home.director.get(f"/mediation/intake?dispute={home.dispute}")["results"]
    home.director.post(f"/mediation/intake/{item['id']}/read")
    teller.same((item["state"], item["protected"]), ("waiting", True), "the director reads the intake item")
    for event in ("accept", "triage", "handle"):
        stage.step(home.director, home.dispute, event)


def _heard_alone(home: Home) -> None:
    """By the safe channel that she named; what she wishes, in her words."""
    stage, teller, today = home.stage, home.stage.teller, home.stage.now().date().isoformat()
    safe = {"number": "13900000199", "hours": "工作日 10 至 11 时", "leave_no_message": True}
    home.director.post(home.path("safe-channel"), safe)
    for kind in ("contact", "joint", "report"):
        words = {"kind": kind, "wanted": False, "said_alone_on": today, "words": "他不能知道"}
        home.director.post(home.path("wishes"), words)
    teller.tell("the director hears her alone: no contact, no session together, no report for now")
    left = home.director.post(home.path("ways"), {"ways": list(WAYS[:3])})["to_explain"]
    teller.same(sorted(left), sorted(WAYS[3:]), "what is still to be explained stands on the screen")
    told = home.director.post(home.path("ways"), {"ways": list(WAYS)})["to_explain"]
    teller.same(told, [], "protection order, written warning, shelter, legal aid and 110 were explained")
    words = [one["wanted"] for one in home.director.get(home.path(f"wishes?{WHY}"))]
    teller.same(words, [False] * 3, "her wishes are on file, read with a purpose")
    for role in ("centre_clerk", "community_coordinator", "mediator", "duty_officer"):
        code = stage.desk(role).refused("GET", home.path(f"safe-channel?{WHY}"))
        teller.expect(code in {"not_found", "role_not_allowed"}, f"{role}: no safe channel to be read", code)


def _refused_everywhere(home: Home) -> None:
    """Whoever tries to reach the other side is refused, each time with the code of the reason."""
    stage, teller, director = home.stage, home.stage.teller, home.director
    him = _party(home, "respondent")
    (item,) = director.get(f"/mediation/intake?dispute={home.dispute}")["results"]
    today = stage.now().date().isoformat()
    for what, path, body, code in (
        ("a call to him", home.path("attempts"),
         {"result": "unreachable", "all_consented": False, "tried_on": today}, "wish_required"),
        ("a settlement between the two", home.path("settlement"),
         {"terms": "和好", "by_whom": "双方", "agreed_on": today}, "no_contact_while_protected"),
        ("mediation, her no on file", f"/mediation/intake/{item['id']}/offer",
         {"wish": "愿意", "reason": "可以一试"}, "protected_offer_refused"),
        ("a question to departments", home.path("joint-handlings"), _question(home),
         "no_joint_while_protected"),
        ("a referral in his name", "/mediation/referrals", _referral(home, him, "legal_aid"),
         "wish_required"),
        ("a merge with another quarrel", home.path("merge"), {"into": home.other, "reason": "同一纠纷"},
         "protected_no_joint"),
        ("back to the grid", home.path("steps"),
         {"event": "hand_back", "to_level": "grid", "reason": "网格处理"}, "restricted_stays_at_street"),
        ("a brief that others read", home.path("brief"), {"brief": "夫妻争执"}, "brief_of_hidden_dispute"),
    ):  # fmt: skip
        teller.same(director.refused("POST", path, body), code, f"refused, {code}: {what}")
    phone = home.author
    code = phone.refused("POST", home.path("steps"), {"event": "settle", "reason": "x"})
    teller.same(code, "not_found", "refused, not_found: the worker settles it from outside")


def _question(home: Home) -> Body:
    bodies = home.stage.stand.demo["organisations"]
    department = next(one["id"] for one in bodies if one["kind"] == "department")
    day = (home.stage.now() + timedelta(days=5)).date().isoformat()
    asked = [{"department_id": department, "asked": "请核实"}]
    return {"matter": "家庭纠纷", "place": "小区", "questions": asked, "answer_on": day, "basis": "GR-10"}


def _party(home: Home, role: str) -> str:
    rows = home.stage.parties(home.director, home.dispute, "核对当事人")
    return next(str(one["id"]) for one in rows if one["role"] == role)


def _referral(home: Home, party: str, channel: str) -> Body:
    details = {
        "legal_aid": {"matter": "人身安全保护令、离婚", "facts": "遭受家庭暴力",
                      "means_exempt_reason": "domestic_violence"},
        "court": {"against": "丈夫", "claims": "人身安全保护令", "facts": "遭受家庭暴力"},
    }[channel]  # fmt: skip
    recipient = {"legal_aid": "区法律援助中心", "court": "区人民法院"}[channel]
    kind = {"legal_aid": "share", "court": "transfer"}[channel]
    return {
        "dispute": home.dispute, "party_id": party, "channel": channel, "kind": kind, "recipient": recipient,
        "details": details,
    }  # fmt: skip


def _named_clerk(home: Home) -> None:
    """The director names the clerk for the street: the matter, not where she is; and ends it."""
    stage, teller, clerk = home.stage, home.stage.teller, home.stage.desk("centre_clerk")
    street = home.director.get(f"/disputes/{home.dispute}")["street"]
    who = {"street": street, "user": clerk.me, "reason": "代主任收件"}
    named = home.director.post("/named-clerks", who)
    seen = clerk.get(f"/screenings/{home.screening}")
    read = [
        seen,
        clerk.get(f"/screenings/{home.screening}/particulars?{WHY}"),
        clerk.get(home.path(f"parties?{WHY}")),
    ]
    where = [secret for secret in (NUMBER, ADDRESS, REFUGE) if secret in str(read)]
    teller.same(
        (where, "brief" in seen["masked"]), ([], True), "the clerk named sees the matter, not where she is"
    )
    today = stage.now().date().isoformat()
    attempt = {"result": "unreachable", "all_consented": False, "tried_on": today}
    code = clerk.refused("POST", home.path("attempts"), attempt)
    teller.same(code, "no_contact_while_protected", f"and contacts nobody: refused, {code}")
    home.director.post(f"/named-clerks/{named['id']}/end", {"reason": "收件结束"})
    stage.later(days=1, hour=9)
    teller.same(
        loud(clerk, home.dispute, home.screening), [], "the naming ended: it exists no more for the clerk"
    )


def _child(home: Home) -> None:
    """The day after she tells the worker that the child was hit as well: ground PS-4, at once."""
    stage, teller, phone = home.stage, home.stage.teller, home.author.phone
    told = [
        {"code": "domestic_violence", "what": "当面看到伤痕，述被丈夫殴打"},
        {"code": "child_at_risk", "what": "述孩子也被打，见手臂青紫"},
    ]
    child = {"role": "person_at_risk", "name": CHILD, "minor": True, "birth_band": "2015-2019"}
    body = on_the_spot(
        stage, phone, "补充：孩子受伤", category="01", outcome="report_up", signs=told, address=ADDRESS,
        parties=[*(dict(party) for party in PARTIES), child], supersedes=home.screening,
    )  # fmt: skip
    added = record(stage, phone, body)
    teller.same(
        str(stage.dispute_of(added)["id"]), home.dispute, "the worker's new record lands in the same dispute"
    )
    rows = home.director.get("/liaison/reports?ground=PS-4")["results"]
    teller.same(
        [(one["state"], one["author"]) for one in rows if one["source_id"] == home.dispute],
        [("proposed", None)], "a child is at risk: the rule proposes a report on PS-4, and sends nothing",
    )  # fmt: skip


def _police(home: Home) -> None:
    """A person makes it the own and sends it at once: three sheets, each with its own least."""
    stage, teller, officer = home.stage, home.stage.teller, home.stage.desk("liaison_officer")
    silent = officer.get("/liaison/reports")["count"]
    (report,) = [one for one in home.director.get("/liaison/reports?ground=PS-4")["results"]
                 if one["source_id"] == home.dispute]  # fmt: skip
    path = f"/liaison/reports/{report['id']}"
    teller.same(
        officer.refused("GET", path), "not_found", "what was only proposed does not exist for the police"
    )
    code = home.director.refused("POST", home.path("reports"), _without_ground(stage))
    teller.same(code, "ground_not_yours", f"a report on a ground that is not hers to use is refused, {code}")
    home.director.post(f"{path}/adopt")
    sent = home.director.post(f"{path}/send-at-once", {})
    sheets = {one["recipient"]: one["fields_"] for one in sent["sheets"]}
    teller.same(
        sorted(sheets), ["civil_affairs", "education", "police"], "sent at once to three, each its sheet"
    )
    teller.expect(
        "place" not in sheets["education"] and not any("person" in fields for fields in sheets.values()),
        "no sheet names anybody; education learns no place", sheets,
    )  # fmt: skip
    got = officer.get(path)
    teller.same(
        (officer.get("/liaison/reports")["count"], _tells(got), "source_id" in got), (silent + 1, [], False),
        "the police station has this one report: acts, time, place; no name, no number, no word of hers",
    )  # fmt: skip
    teller.same(
        loud(officer, home.dispute, home.screening), [], "and the dispute behind it stays closed to it"
    )
    _answered(home, path)


def _answered(home: Home, path: str) -> None:
    """Called, received, reviewed by another, answered by a code, told to her."""
    stage, teller, officer = home.stage, home.stage.teller, home.stage.desk("liaison_officer")
    stage.later(minutes=31)
    home.director.post(f"{path}/call", {"called_at": stage.now().isoformat(), "reached": True})
    teller.tell("not received for 30 minutes: the director calls, the call is on file")
    officer.post(f"{path}/receive")
    _reviewed(home, path)
    officer.post(f"{path}/answer", {"answer": "admonished"})
    home.director.post(f"{path}/told", {"told_on": stage.now().date().isoformat()})
    closed = home.director.post(f"{path}/close")
    teller.same(
        closed["state"], "closed", "the police have issued a written warning 告诫书; she was told; closed"
    )


def _without_ground(stage: Stage) -> Body:
    at = (stage.now() - timedelta(hours=2)).isoformat(timespec="seconds")
    return {"ground": "PS-1", "acts": ["domestic_violence"], "observed_at": at}


def _reviewed(home: Home, path: str) -> None:
    """The second person on the next working day: whoever is on duty, never the author."""
    stage, teller = home.stage, home.stage.teller
    code = home.director.refused("POST", f"{path}/confirm")
    teller.same(code, "own_report", f"the author does not review the own report: refused, {code}")
    stage.later(days=1, hour=9)
    _duty(home)
    stage.desk("duty_officer").post(f"{path}/confirm")
    teller.tell("the next working day the duty officer reviews it: it was right to send it")


def _help(home: Home) -> None:
    """Legal aid without a means test, and the court's protection order, both by her word."""
    stage, teller, director = home.stage, home.stage.teller, home.director
    routes = director.get(f"/mediation/channels?dispute={home.dispute}")["routes"]
    known = {(one["channel"], one["law"]) for one in routes if one["open"]}
    teller.expect(
        {("legal_aid", "LA-31/32/42"), ("court", "DV-23/28")} <= known,
        "the router names legal aid without a means test, and the order in 72 h, urgent 24 h", known,
    )  # fmt: skip
    for channel, document in (("legal_aid", "援字 17 号"), ("court", "民保令 9 号")):
        page = director.raw("GET", f"/mediation/channels/{channel}/page")
        teller.expect(page.content[:4] == b"%PDF", f"{channel}: one page in plain words, printed for her")
        made = director.post("/mediation/referrals", _referral(home, _party(home, "person_at_risk"), channel))
        path = f"/mediation/referrals/{made['id']}"
        teller.same(
            director.refused("POST", f"{path}/send", {}), "transition_not_allowed", "not before her yes"
        )
        for step in ("agree", "send", "receive"):
            director.post(f"{path}/{step}", {})
        found = director.post(f"{path}/accept", {"document_no": document})
        teller.same(
            found["state"], "accepted", f"{channel}: with her yes sent, received, accepted: {document}"
        )
    shares = stage.stand.ask("select count(*) from privacy_share where subject_id = %s", made["id"])[0][0]
    teller.same(shares, 1, "the share log names what went to the court, and on what ground")
    director.post(f"{path}/report-back", {"outcome": "decided", "reason": "已作出人身安全保护令"})
    director.post(f"{path}/close", {})
    state = director.get(f"/disputes/{home.dispute}")["state"]
    teller.same(
        state, "not_settled", "the court has ordered protection; here nothing was settled between the two"
    )


def _weeks(home: Home) -> None:
    stage, teller = home.stage, home.stage.teller
    for days in (1, 7, 30):
        stage.later(days=days, hour=9)
        stage.due()
    waiting = stage.stand.ask(
        "select kind, role from tasks_task where state = 'open' and subject_id = any(%s)",
        [home.dispute, home.screening],
    )  # fmt: skip
    teller.same(waiting, [], "38 days on: no reminder, no call, nothing to be delivered")


def _lift(home: Home) -> None:
    """Lifted by the director alone, after she was heard alone; a fact that opens nothing to others."""
    stage, teller, today = home.stage, home.stage.teller, home.stage.now().date().isoformat()
    path, said = home.path("protection/lift"), {"reason": "她已迁居，本人要求", "heard_alone_on": today}
    for role in ("centre_clerk", "community_coordinator", "mediator"):
        code = stage.desk(role).refused("POST", path, said)
        teller.same(code, "role_not_allowed", f"{role} lifts nothing: refused, {code}")
    code = home.director.refused("POST", path, {"reason": "太久了"})
    teller.same(
        code, "heard_alone_required", f"nor the director without having heard her alone: refused, {code}"
    )
    teller.same(home.director.post(path, said)["protected"], False, "heard alone again, at her wish: lifted")
    facts = stage.stand.ask(
        "select role, reason, detail->>'heard_alone_on' from audit_event"
        " where event = 'dispute.protected_lifted' and subject_id = %s", home.dispute,
    )  # fmt: skip
    teller.same(facts, [("centre_director", said["reason"], today)], "on file: who, why, when she was heard")
    clerk = stage.desk("centre_clerk")
    teller.same(
        loud(clerk, home.dispute, home.screening), [], "it stays restricted: nobody else sees it by that"
    )


def _end(home: Home) -> None:
    stage, teller = home.stage, home.stage.teller
    for event in ("feedback", "archive"):
        stage.step(home.director, home.dispute, event)
    state = home.director.get(f"/disputes/{home.dispute}")["state"]
    teller.same(state, "archived", "told back, and archived under its one code")
    for what, number in contacts(stage, home.dispute).items():
        teller.same(number, 0, f"in the database, for the other side: no {what}")
