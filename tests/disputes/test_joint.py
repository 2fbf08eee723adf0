"""Joint handling: a question to departments, what they answer, and who hears of their silence."""

from datetime import timedelta
from typing import Any

import pytest

from accounts.models import Organisation
from audit.models import AuditEvent
from disputes import jobs
from disputes.closing import empty
from disputes.models import Dispute, DisputeParty, JointHandling, JointQuestion
from disputes.reactions import stop_joint
from disputes.services import protection_set
from kernel import clock as now_is
from kernel.actor import SYSTEM
from kernel.codes.roles import Role
from privacy.models import Share
from tasks.models import PaperEntry, Task
from tests.cast import FOUNDED, District, Member, Worker, join
from tests.disputes.made import BEATING, body, dispute_of, screened

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
HANDLINGS, QUESTIONS = "/api/v1/joint-handlings", "/api/v1/joint-questions"


@pytest.fixture
def dispute(district: District, worker: Worker) -> Dispute:
    return dispute_of(screened(worker, body(district)))


@pytest.fixture
def departments(district: District) -> list[Organisation]:
    area = district.areas["A"].parent
    names = ("测试住建局", "测试水务局", "测试城管局")
    return [
        Organisation.objects.create(name=name, kind="department", area=area, created_at=FOUNDED)
        for name in names
    ]


@pytest.fixture
def head(district: District) -> Member:
    """The head of street A, who is a coordinator there."""
    member = Member(*join(district, "head", Role.COMMUNITY_COORDINATOR, "street A"))
    Organisation.objects.filter(id=district.organisations["street A"].id).update(head=member.user)
    return member


def day(days: int) -> str:
    return (now_is.today() + timedelta(days=days)).isoformat()


def post(member: Member, url: str, **said: Any) -> Any:
    return Member(member.user, member.membership).client.post(url, said, format="json")


def send(who: Member, dispute: Dispute, departments: list[Organisation], **more: Any) -> Any:
    lines = [{"department_id": str(one.id), "asked": "请查明漏水责任管段"} for one in departments]
    said = {"place": "南岗区某路 12 号", "matter": "公共管道漏水", "questions": lines, "answer_on": day(5)}
    return post(who, f"/api/v1/disputes/{dispute.id}/joint-handlings", **(said | more))


def answer(who: Member, question: Any, kind: str, **more: Any) -> Any:
    pk = question["id"] if isinstance(question, dict) else question.pk
    said = {"answer": kind, "said_by": "李科长", "said_on": day(0), **more}
    return post(who, f"{QUESTIONS}/{pk}/answers", **said)


@pytest.fixture
def question(director: Member, dispute: Dispute, departments: list[Organisation]) -> Any:
    return send(director, dispute, departments[:1]).json()["questions"][0]


def not_ours_twice(director: Member, dispute: Dispute, departments: list[Organisation]) -> JointHandling:
    sent = send(director, dispute, departments[:2]).json()
    for question in sent["questions"]:
        answer(director, question, "not_ours", basis="三定方案第三条")
    return JointHandling.objects.get()


@pytest.mark.law("GR-10")
def test_the_director_asks_and_each_question_is_in_the_share_log(
    director: Member, dispute: Dispute, departments: list[Organisation]
) -> None:
    sent = send(director, dispute, departments)
    assert sent.status_code == 201, sent.content
    shares = Share.objects.order_by("recipient")
    assert {share.recipient for share in shares} == {one.name for one in departments}
    assert {tuple(share.fields) for share in shares} == {
        ("disputes.JointHandling.matter", "disputes.JointHandling.place", "disputes.JointQuestion.asked")
    }
    assert Dispute.objects.get().state == dispute.state


@pytest.mark.law("GR-10")
def test_nobody_but_the_director_sends(
    clerk: Member, coordinator: Member, dispute: Dispute, departments: list[Organisation]
) -> None:
    for who in (clerk, coordinator):
        assert send(who, dispute, departments).json()["code"] == "role_not_allowed"
    assert not Share.objects.exists()


def test_names_go_only_with_a_reason(
    director: Member, dispute: Dispute, departments: list[Organisation]
) -> None:
    party = str(DisputeParty.objects.filter(dispute=dispute)[0].id)
    assert send(director, dispute, departments[:1], parties=[party]).json()["code"] == "names_not_given"
    sent = send(director, dispute, departments[:1], parties=[party], names_reason="须入户检修")
    assert "disputes.ScreeningParty.name" in Share.objects.get().fields
    assert sent.json()["parties"] == [party]


def test_only_what_the_closed_list_names_goes_along(
    director: Member, dispute: Dispute, departments: list[Organisation]
) -> None:
    refused = send(director, dispute, departments, enclosures=["statement"])
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid")
    assert send(director, dispute, departments, enclosures=["site_photo"]).status_code == 201


@pytest.mark.law("DV-23")
def test_on_the_protected_track_nothing_is_asked(
    district: District, worker: Worker, director: Member, departments: list[Organisation]
) -> None:
    protected = dispute_of(screened(worker, body(district, signs=[BEATING])))
    assert send(director, protected, departments).json()["code"] == "no_joint_while_protected"


@pytest.mark.law("DV-23")
def test_what_comes_onto_the_protected_track_is_asked_no_more(
    director: Member, clerk: Member, dispute: Dispute, departments: list[Organisation]
) -> None:
    send(director, dispute, departments[:1])
    protection_set(actor=clerk.actor, dispute_id=dispute.id, reason="有威胁")
    stop_joint(AuditEvent.objects.get(event="dispute.protected_set"))
    assert JointQuestion.objects.get().state == "withdrawn"
    assert clerk.client.get(HANDLINGS).json()["count"] == 0


@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        ("will_do", {}, "joint_date_needed"),
        ("done", {"by_date": "2026-03-09"}, "joint_date_needed"),
        ("not_ours", {}, "joint_basis_needed"),
        ("needs", {}, "joint_words_needed"),
        ("done", {"said_on": "2026-03-03"}, "joint_said_in_future"),
    ],
)
def test_an_answer_says_what_its_kind_needs(
    kind: str, more: Any, code: str, director: Member, question: Any
) -> None:
    assert answer(director, question, kind, **more).json()["code"] == code


def test_the_clerk_enters_an_answer_from_paper_once(
    director: Member, clerk: Member, dispute: Dispute, departments: list[Organisation]
) -> None:
    (question,) = send(director, dispute, departments[:1]).json()["questions"]
    paper = {"paper_on": day(0), "original_at": "收文柜"}
    first, again = (answer(clerk, question, "done", paper=paper) for _ in range(2))
    assert first.json()["questions"][0]["answers"][0]["said_by"] == "李科长"
    assert (again["Idempotent-Replay"], first.json()) == ("true", again.json())
    assert PaperEntry.objects.get().subject_kind == "joint_answer"
    assert answer(clerk, question, "will_do", by_date=day(3)).json()["code"] == "transition_not_allowed"


def test_what_a_department_needs_is_supplied_and_logged(
    director: Member, dispute: Dispute, departments: list[Organisation]
) -> None:
    (question,) = send(director, dispute, departments[:1]).json()["questions"]
    answer(director, question, "needs", words="请提供管道图")
    url = f"{QUESTIONS}/{question['id']}/supply"
    supplied = post(director, url, words="图在物业处", answer_on=day(9)).json()["questions"][0]
    assert (supplied["state"], supplied["answer_on"]) == ("asked", day(9))
    assert Share.objects.filter(fields=["disputes.JointQuestion.supplied"]).count() == 1


@pytest.mark.law("GR-10")
def test_not_ours_twice_goes_to_the_head_of_the_street(
    director: Member, head: Member, dispute: Dispute, departments: list[Organisation]
) -> None:
    handling = not_ours_twice(director, dispute, departments)
    assert handling.undecided_at is not None
    assert Task.objects.filter(subject_id=handling.pk, assignee=head.user).count() == 1
    ask = {"department_id": str(departments[2].id), "asked": "请处理", "answer_on": day(5)}
    assert (
        post(director, f"{HANDLINGS}/{handling.pk}/questions", **ask).json()["code"] == "joint_waits_for_head"
    )
    decided = post(head, f"{HANDLINGS}/{handling.pk}/decision", reason="管网归其维护", **ask)
    assert decided.status_code == 200, decided.content
    assert not Task.objects.filter(subject_id=handling.pk, state="open").exists()
    ordered = JointQuestion.objects.get(ordered=True)
    refused = answer(director, ordered, "not_ours", basis="x")
    assert refused.json()["code"] == "joint_decided"


@pytest.mark.law("GR-10")
def test_nobody_decides_in_the_place_of_the_head(
    director: Member, head: Member, coordinator: Member, dispute: Dispute, departments: list[Organisation]
) -> None:
    handling = not_ours_twice(director, dispute, departments)
    said = {
        "department_id": str(departments[2].id), "asked": "请处理", "answer_on": day(5), "reason": "归其维护",
    }  # fmt: skip
    url = f"{HANDLINGS}/{handling.pk}/decision"
    assert post(coordinator, url, **said).json()["code"] == "joint_head_decides"
    assert post(director, url, **said).json()["code"] == "joint_head_decides"
    paper = {"paper_on": day(0), "original_at": "街道办"}
    assert post(director, url, paper=paper, **said).json()["undecided_at"] is None


def test_there_is_nothing_to_decide_before_two_have_said_so(
    director: Member, head: Member, dispute: Dispute, departments: list[Organisation]
) -> None:
    sent = send(director, dispute, departments[:2]).json()
    answer(director, sent["questions"][0], "not_ours", basis="三定方案")
    said = {
        "department_id": str(departments[2].id), "asked": "请处理", "answer_on": day(5), "reason": "x",
    }  # fmt: skip
    url = f"{HANDLINGS}/{sent['id']}/decision"
    assert post(head, url, **said).json()["code"] == "joint_not_undecided"


@pytest.mark.law("GR-10")
def test_silence_is_shown_to_the_street_once_with_its_true_time(
    clock: Any, director: Member, worker: Worker, dispute: Dispute, departments: list[Organisation]
) -> None:
    send(director, dispute, departments[:1])
    due = JointQuestion.objects.get().due_at
    clock.to(due - timedelta(seconds=1))
    jobs.due(now_is.now())
    assert JointQuestion.objects.get().silent_at is None
    clock.move(timedelta(days=3))
    for _ in range(2):
        jobs.due(now_is.now())
    assert JointQuestion.objects.get().silent_at == due
    (task,) = Task.objects.filter(subject_kind="joint_question")
    assert (task.role, task.assignee_id, task.due_at) == ("centre_director", None, due)
    assert AuditEvent.objects.filter(event="joint.silent").count() == 1


def test_a_new_date_runs_anew_and_an_answer_ends_the_to_do(
    clock: Any, director: Member, dispute: Dispute, departments: list[Organisation]
) -> None:
    (question,) = send(director, dispute, departments[:1]).json()["questions"]
    clock.move(timedelta(days=6))
    jobs.due(now_is.now())
    answer(director, question, "will_do", by_date=day(4))
    assert (JointQuestion.objects.get().silent_at, Task.objects.get(subject_kind="joint_question").state) == (
        None, "cancelled",
    )  # fmt: skip
    clock.move(timedelta(days=5))
    jobs.due(now_is.now())
    assert JointQuestion.objects.get().silent_at == JointQuestion.objects.get().due_at


def test_a_department_is_asked_once_and_exists(
    director: Member, dispute: Dispute, district: District, departments: list[Organisation]
) -> None:
    assert send(director, dispute, [departments[0]] * 2).json()["code"] == "joint_asked_already"
    assert send(director, dispute, [district.organisations["A1"]]).json()["code"] == "department_unknown"
    late = send(director, dispute, departments, answer_on=day(-1))
    assert late.json()["code"] == "joint_date_needed"


def test_the_other_street_and_the_worker_see_nothing(
    question: Any, other_director: Member, clerk: Member, worker: Worker
) -> None:
    url = f"{HANDLINGS}/{question['handling']}"
    assert [who.client.get(url).status_code for who in (clerk, other_director)] == [200, 404]
    assert answer(other_director, question, "done").status_code == 404
    assert worker.client.get(HANDLINGS).json()["code"] == "role_not_allowed"


def test_of_a_destroyed_dispute_no_word_is_left(
    director: Member, dispute: Dispute, departments: list[Organisation]
) -> None:
    not_ours_twice(director, dispute, departments)
    empty(SYSTEM, [dispute.id])
    rows = JointHandling.objects.values_list(
        "place", "matter", "questions__asked", "questions__answers__said_by", "questions__answers__basis"
    )
    assert set(rows) == {("", "", "", "", "-")}


def test_it_stands_on_the_worklist_and_a_withdrawal_takes_it_away(
    director: Member, dispute: Dispute, departments: list[Organisation]
) -> None:
    (question,) = send(director, dispute, departments[:1]).json()["questions"]
    waiting = {
        one["code"]: one["items"] for one in director.client.get("/api/v1/worklist").json()["sections"]
    }
    assert waiting["joint_waiting"][0]["waiting_for"] == departments[0].name
    url = f"{QUESTIONS}/{question['id']}/withdraw"
    first, again = (post(director, url, reason="已自行修复") for _ in range(2))
    assert (first.json()["questions"][0]["state"], again["Idempotent-Replay"]) == ("withdrawn", "true")
