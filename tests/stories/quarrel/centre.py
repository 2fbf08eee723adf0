"""At the street centre: a clerk is named, a party applies, departments are asked and one is silent."""

from datetime import timedelta
from typing import Any

from kernel import clock
from tests.stories.quarrel.matter import WANG, Body, Matter

DEPARTMENTS = ("城市管理执法大队", "住房和城乡建设局")
FORGETFUL = "南岗区民政局"
QUESTIONS = {
    DEPARTMENTS[0]: "通道内摊位是否占道，能否清理",
    DEPARTMENTS[1]: "通道照明和护栏由谁维护，何时修复",
    FORGETFUL: "社区能否安排通道值守人员",
}
LONG_SILENT = (
    """select count(*) from tasks_task t where t.subject_kind = 'joint_question' and t.subject_id = %s"""
)
NOTICES = """select count(*) from mediation_session_notice n join mediation_session s on s.id = n.session_id
    where s.case_id = %s"""


def play(matter: Matter) -> None:
    matter.teller.chapter("At the street centre 街道调解中心")
    _named_clerk(matter)
    item = _applied(matter)
    handling = _whistle(matter)
    _offered(matter, item)
    _silence(matter, handling)


def _named_clerk(matter: Matter) -> None:
    director, clerk = matter.director, matter.clerk
    street = director.get(f"/disputes/{matter.dispute}")["street"]
    said = {"street": street, "user": clerk.me, "reason": "涉未成年人，指定专人经办"}
    matter.naming = str(director.post("/named-clerks", said)["id"])
    found = clerk.get(f"/disputes/{matter.dispute}")
    matter.teller.same(found["code"], matter.code, "the director names the clerk, who now knows of it")


def _applied(matter: Matter) -> str:
    """A party's application: the dated receipt, the rule that fires, the item that waits for a person."""
    clerk, teller = matter.clerk, matter.teller
    parties = matter.stage.parties(clerk, matter.dispute, "接待申请人")
    wang = next(party["id"] for party in parties if party["name"] == WANG)
    today = matter.stage.now().date().isoformat()
    receipt = clerk.post(
        f"/disputes/{matter.dispute}/applications", {"party_id": wang, "asked_on": today, "form": "oral"}
    )
    matter.stage.settle()
    teller.same(receipt["asked_on"], today, f"the car's owner asks for mediation: {receipt['text']}")
    items = clerk.get("/mediation/intake?limit=200")["results"]
    item: Body = next(one for one in items if one["dispute"] == matter.dispute)
    rules = [reason["rule"] for reason in item["reasons"]]
    teller.same(
        (item["state"], rules), ("waiting", ["party_asks"]), "an intake item 待受理 waits and says why"
    )
    cases = [
        one for one in clerk.get("/mediation/cases?limit=200")["results"] if one["dispute"] == matter.dispute
    ]
    teller.same(cases, [], "no case is open, nobody has been contacted")
    return str(item["id"])


def _whistle(matter: Matter) -> Body:
    """A question to three departments, not the file; each is in the share log."""
    teller, stage = matter.teller, matter.stage
    answer_on = (stage.now().date() + timedelta(days=5)).isoformat()
    ids = _departments(matter)
    asked = [{"department_id": one, "asked": QUESTIONS[name]} for name, one in ids.items()]
    body = {
        "place": "两社区共用通道", "matter": "通道占道、照明和值守", "enclosures": ["site_photo"],
        "questions": asked, "answer_on": answer_on,
    }  # fmt: skip
    sent: Body = matter.director.post(f"/disputes/{matter.dispute}/joint-handlings", body)
    somebody = stage.parties(matter.clerk, matter.dispute, "核对会办事项")[0]["id"]
    named = body | {"parties": [somebody], "names_reason": "联系人"}
    refused = matter.director.refused("POST", f"/disputes/{matter.dispute}/joint-handlings", named)
    teller.same(refused, "names_not_given", "nobody is named to a department in a matter of a minor")
    shared = stage.stand.ask("select count(*) from privacy_share where subject_id = %s", matter.dispute)[0][0]
    teller.same(
        (len(sent["questions"]), shared),
        (3, 3),
        "吹哨: three departments are asked, three rows in the share log",
    )
    return sent


def _departments(matter: Matter) -> dict[str, str]:
    """Three of the district; the administrator enters those that are not there yet."""
    admin = matter.stage.desk("district_admin")
    rows = admin.get("/organisations?kind=department&limit=200")["results"]
    found = {row["name"]: str(row["id"]) for row in rows}
    home = next(row["area"] for row in rows if row["name"] == FORGETFUL)
    for name in QUESTIONS.keys() - found.keys():
        made = admin.post("/organisations", {"name": name, "kind": "department", "area": home})
        found[name] = str(made["id"])
    return {name: found[name] for name in QUESTIONS}


def _offered(matter: Matter, item: str) -> None:
    stage, teller, clerk = matter.stage, matter.teller, matter.clerk
    stage.later(days=3, hour=9)
    clerk.post(f"/mediation/intake/{item}/read")
    matter.case = str(clerk.post(f"/mediation/intake/{item}/offer")["case"])
    case = matter.seen()
    clock_of = next(one for one in case["deadlines"] if one["law"] == "PM-T6")
    teller.same(
        (case["state"], case["initiation"], clock_of["running"]), ("asking", "application", True),
        f"the clerk has read it and offers mediation; to be accepted by {clock_of['last_day']} (PM-T6)",
    )  # fmt: skip
    said = {"purpose": "convene", "reason": "征询当事人意愿"}
    names = clerk.post(f"/mediation/cases/{matter.case}/names", said)
    matter.parties = {one["name"]: one["id"] for one in names}
    teller.same(len(matter.parties), 4, "four parties are to be asked")


def _silence(matter: Matter, handling: Body) -> None:
    """Two answer. The third one's day passes: flagged once, with the true time, and no party hears of it."""
    stage, teller, director = matter.stage, matter.teller, matter.director
    questions: dict[str, Any] = {one["department_name"]: one for one in handling["questions"]}
    today = stage.now().date()
    said = {"said_by": "值班负责人", "said_on": today.isoformat()}
    later = (today + timedelta(days=14)).isoformat()
    answers = {DEPARTMENTS[0]: {"answer": "done"}, DEPARTMENTS[1]: {"answer": "will_do", "by_date": later}}
    for name, answer in answers.items():
        director.post(f"/joint-questions/{questions[name]['id']}/answers", said | answer)
    teller.tell("two of them answer: done, and will be done by a day")
    _asked(matter)
    stage.later(days=3, hour=9)
    found = director.get(f"/joint-handlings/{handling['id']}")["questions"]
    silent = {one["department_name"]: one["silent_at"] for one in found if one["silent_at"]}
    ends = clock.day_end(today + timedelta(days=2)).astimezone(clock.TZ).isoformat()
    teller.same(silent, {FORGETFUL: ends}, "the third is silent: flagged with the end of its day")
    tasks = stage.stand.ask(LONG_SILENT, questions[FORGETFUL]["id"])[0][0]
    told = stage.stand.ask(NOTICES, matter.case)[0][0]
    teller.same((tasks, told), (1, 0), "one to-do for the director, once; no party hears of it")


def _asked(matter: Matter) -> None:
    """Every party says yes, for the minor the mother after the child was heard; the case is accepted."""
    stage, teller = matter.stage, matter.teller
    today = stage.now().date().isoformat()
    child = matter.child
    alone = matter.clerk.refused("POST", f"/mediation/cases/{matter.case}/consents", _yes(child))
    teller.same(alone, "guardian_missing", "a minor's own yes does not count")
    matter.guardian = matter.of_case(
        "participants", kind="guardian", party_id=child, name="孙某戊", basis="parent", not_suspected=True,
        no_own_interest=True, valid_from=today,
    )["id"]  # fmt: skip
    for party in matter.parties.values():
        more = {"said_by_id": matter.guardian, "child_heard_on": today} if party == child else {}
        matter.of_case("consents", **_yes(party), **more)
        speaker = {"said_by_id": matter.guardian} if party == child else {}
        matter.of_case("rights", party_id=party, way="read_out", **speaker)
    teller.tell("the others say yes, the mother for the child after it was heard; each is told the rights")
    matter.stage.later(days=0, hour=15)
    first = stage.colleague("mediator.001.1")
    accepted = matter.of_case("accept", mediator_ids=[first.me], chosen_by="parties")
    matter.mediators = [first.username]
    teller.same(
        accepted["state"], "accepted", f"accepted as {accepted['number']}, with the mediator whom they chose"
    )


def _yes(party: str) -> Body:
    return {"party_id": party, "steps": ["mediation", "personal_information"], "answer": "given"}
