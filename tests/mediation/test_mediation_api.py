"""`/mediation/intake` and `/mediation/cases` over HTTP."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from disputes.services import clerk_name
from kernel import clock as kernel_clock
from mediation import jobs
from mediation.models import Case, IntakeItem
from mediation.services import case_accept, intake_protect, mediators_name
from privacy.models import ReadLog
from tests.cast import District, Member
from tests.disputes.made import BEATING
from tests.mediation.made import asking, consented, say, waiting

pytestmark = pytest.mark.django_db
INTAKE, CASES = "/api/v1/mediation/intake", "/api/v1/mediation/cases"


@pytest.fixture
def item(clock: Any, district: District, worker: Member) -> IntakeItem:
    return waiting(district, worker)


def post(who: Member, path: str, body: Any = None) -> Any:
    return who.client.post(path, body or {}, format="json")


def test_the_clerk_reads_the_list_and_may_choose(item: IntakeItem, clerk: Member) -> None:
    (row,) = clerk.client.get(INTAKE).json()["results"]
    assert row["id"] == str(item.pk)
    assert row["reasons"][0]["zh"] == "当事人申请调解"
    assert row["choices"] == ["protect", "offer", "to_department", "close", "hand_back"]


@pytest.mark.parametrize("path", ["", "/{id}"])
def test_other_roles_and_other_streets_find_nothing(
    item: IntakeItem, worker: Member, liaison: Member, other_clerk: Member, path: str
) -> None:
    url = INTAKE + path.format(id=item.pk)
    assert [who.client.get(url).status_code for who in (worker, liaison)] == [403] * 2
    answer = other_clerk.client.get(url)
    assert answer.status_code == 404 if path else answer.json()["count"] == 0


@pytest.mark.law("DV-23")
def test_a_protected_item_exists_for_the_director_alone(
    district: District, worker: Member, clerk: Member, director: Member, mediator: Member
) -> None:
    item = waiting(district, worker, signs=[BEATING])
    seen = [who.client.get(f"{INTAKE}/{item.pk}").status_code for who in (director, clerk, mediator)]
    assert seen == [200, 404, 404]
    assert clerk.client.get(INTAKE).json()["count"] == 0


@pytest.mark.law("DV-23")
def test_a_clerk_who_protects_gets_the_item_once_more_and_then_sees_it_no_longer(
    item: IntakeItem, clerk: Member
) -> None:
    answer = post(clerk, f"{INTAKE}/{item.pk}/protect", {"reason": "对方在楼下等她"})
    assert (answer.status_code, answer.json()["protected"], answer.json()["choices"]) == (200, True, [])
    assert clerk.client.get(f"{INTAKE}/{item.pk}").status_code == 404
    assert post(clerk, f"{INTAKE}/{item.pk}/protect", {"reason": "再一次"}).status_code == 404


def test_the_whole_way_to_acceptance(item: IntakeItem, clerk: Member) -> None:
    offered = post(clerk, f"{INTAKE}/{item.pk}/offer").json()
    assert (offered["state"], offered["choices"]) == ("offered", [])
    url = f"{CASES}/{offered['case']}"
    for party in clerk.client.get(url).json()["parties"]:
        body = {"party_id": party["id"], "steps": party["missing"], "answer": "given"}
        assert post(clerk, f"{url}/consents", body).status_code == 200
    accepted = post(clerk, f"{url}/accept").json()
    assert (accepted["state"], accepted["number"]) == ("accepted", "（2026）230103001人调字第1号")
    assert [clock["law"] for clock in accepted["deadlines"] if clock["running"]] == ["PM-T1"]


@pytest.mark.law("PM-17")
def test_accepting_too_early_is_a_problem_with_a_code(
    clock: Any, district: District, worker: Member, clerk: Member
) -> None:
    case = asking(district, worker, clerk)
    answer = post(clerk, f"{CASES}/{case.pk}/accept")
    assert (answer.status_code, answer.json()["code"]) == (409, "consents_missing")


@pytest.mark.law("PM-17")
def test_a_refusal_needs_no_reason(clock: Any, district: District, worker: Member, clerk: Member) -> None:
    case = asking(district, worker, clerk)
    body = post(clerk, f"{CASES}/{case.pk}/refuse").json()
    assert (body["state"], body["choices"]) == ("refused", [])
    assert not any(clock["running"] for clock in body["deadlines"])


@pytest.mark.parametrize(
    "body",
    [{"reason": ""}, {}, {"reason": "x", "state": "nothing"}, {"reason": "x" * 401}, [], {"reason": ["x"]}],
)
def test_a_bad_body_is_refused(item: IntakeItem, clerk: Member, body: Any) -> None:
    answer = clerk.client.post(f"{INTAKE}/{item.pk}/close", body, format="json")
    assert answer.status_code == 400
    item.refresh_from_db()
    assert item.state == "waiting"


def test_foreign_and_absent_ids_answer_alike(item: IntakeItem, other_clerk: Member) -> None:
    foreign = post(other_clerk, f"{INTAKE}/{item.pk}/read")
    absent = post(other_clerk, f"{INTAKE}/{uuid4()}/read")
    assert foreign.status_code == absent.status_code == 404
    assert foreign.json()["code"] == absent.json()["code"]


def test_a_name_is_read_with_a_purpose_and_leaves_a_row(
    clock: Any, district: District, worker: Member, clerk: Member
) -> None:
    case = asking(district, worker, clerk)
    assert post(clerk, f"{CASES}/{case.pk}/names", {"purpose": "x", "reason": "y"}).status_code == 400
    answer = post(clerk, f"{CASES}/{case.pk}/names", {"purpose": "convene", "reason": "安排调解"})
    assert sorted(row["name"] for row in answer.json()) == ["张三", "李四"]
    assert ReadLog.objects.filter(subject_id=case.pk).count() == 1


@pytest.mark.law("PM-19")
def test_a_mediator_sees_the_case_when_named(
    clock: Any, district: District, worker: Member, clerk: Member, mediator: Member
) -> None:
    case = asking(district, worker, clerk)
    assert mediator.client.get(f"{CASES}/{case.pk}").status_code == 404
    mediators_name(actor=clerk.actor, case_id=case.pk, user_ids=[mediator.user.pk], chosen_by="parties")
    assert mediator.client.get(f"{CASES}/{case.pk}").json()["mediators"] == [str(mediator.user.pk)]


@pytest.mark.law("PM-T1")
@pytest.mark.parametrize("days", range(-1, 6))
def test_job_detail_filter_and_worklist_agree_on_every_day(
    clock: Any, district: District, worker: Member, clerk: Member, days: int
) -> None:
    case = consented(district, worker, clerk)
    case = case_accept(actor=clerk.actor, case_id=case.pk)
    assert case.mediation_last_day == date(2026, 4, 1)
    clock.to(kernel_clock.day_start(date(2026, 4, 1) + timedelta(days=days)) + timedelta(minutes=5))
    sections = {row["code"] for row in clerk.client.get("/api/v1/worklist").json()["sections"]}
    answers = [
        clerk.client.get(f"{CASES}/{case.pk}").json()["time_over"],
        clerk.client.get(f"{CASES}?time_over=true").json()["count"] == 1,
        "mediation_over" in sections,
        jobs.due(clock.at) == 1,
    ]
    assert answers == [days >= 1] * 4


@pytest.mark.law("PM-T2")
def test_time_over_is_a_flag_and_ends_nothing(
    clock: Any, district: District, worker: Member, clerk: Member
) -> None:
    case = consented(district, worker, clerk)
    due = case_accept(actor=clerk.actor, case_id=case.pk).mediation_due_at
    clock.move(timedelta(days=90))
    assert (jobs.due(clock.at), jobs.due(clock.at)) == (1, 0)
    case = Case.objects.get(pk=case.pk)
    assert (case.state, case.mediation_over_at) == ("accepted", due)


def test_the_worklist_shows_unread_items_and_missing_consents(
    clock: Any, district: District, worker: Member, clerk: Member
) -> None:
    waiting(district, worker, parties=[])
    case = asking(district, worker, clerk)
    say(case, clerk)
    sections = {row["code"]: row for row in clerk.client.get("/api/v1/worklist").json()["sections"]}
    assert sections["intake_unread"]["count"] == 1
    assert sections["mediation_consents"]["items"][0]["subject_id"] == str(case.pk)
    assert "张三" not in str(sections)


def test_on_the_protected_track_the_worklist_of_others_is_silent(
    item: IntakeItem, clerk: Member, director: Member
) -> None:
    intake_protect(actor=clerk.actor, item_id=item.pk, reason="疑似跟踪")
    codes = [
        {row["code"] for row in who.client.get("/api/v1/worklist").json()["sections"]}
        for who in (clerk, director)
    ]
    assert [{"intake_unread", "intake_undecided"} & seen for seen in codes] == [set(), {"intake_unread"}]


def test_a_telephone_number_in_a_reason_is_masked(item: IntakeItem, clerk: Member) -> None:
    post(clerk, f"{INTAKE}/{item.pk}/close", {"reason": "已电话13812345678告知"})
    assert item.transitions.get().reason == "已电话▇▇▇告知"


@pytest.mark.law("DV-23")
def test_the_clerk_whom_the_director_named_sees_protected_items(
    clock: Any, district: District, worker: Member, clerk: Member, director: Member
) -> None:
    item = waiting(district, worker, signs=[BEATING])
    clerk_name(
        actor=director.actor,
        street_id=district.areas["A"].pk,
        user_id=clerk.user.pk,
        reason="家暴案件专人",
        valid_to=None,
    )
    assert clerk.client.get(f"{INTAKE}/{item.pk}").status_code == 200


@pytest.mark.parametrize("day", ["0001-01-01", "1999-12-31", "2026-03-03", "9999-12-31", "yesterday", 5])
def test_a_date_that_no_paper_has_is_refused(
    clock: Any, district: District, worker: Member, clerk: Member, day: Any
) -> None:
    case = asking(district, worker, clerk)
    answers = [
        post(clerk, f"{CASES}/{case.pk}/refuse", {"said_on": day}),
        post(clerk, f"{CASES}/{case.pk}/accept", {"accepted_on": day}),
    ]
    assert [answer.status_code for answer in answers] == [400, 400]


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00%2B14:00", "9999-12-31T23:59:59-14:00", "x", "2026"])
def test_a_filter_takes_any_time_or_says_no(clerk: Member, at: str) -> None:
    answer = clerk.client.get(f"{INTAKE}?opened_from={at}")
    assert answer.status_code in {200, 400}
    assert clerk.client.get(f"/api/v1/escalation/firings?fired_from={at}").status_code in {200, 400}


@pytest.mark.law("DV-23")
def test_the_wish_of_the_person_at_risk_is_sealed_and_read_with_a_purpose(
    clock: Any, district: District, worker: Member, director: Member
) -> None:
    item = waiting(district, worker, signs=[BEATING])
    body = {"wish": "本人单独表示愿意调解", "reason": "本人自愿"}
    url = f"{CASES}/{post(director, f'{INTAKE}/{item.pk}/offer', body).json()['case']}"
    assert "愿意" not in str(director.client.get(url).json())
    answer = post(director, f"{url}/wish", {"purpose": "protect", "reason": "安排分开调解"})
    assert answer.json() == {"wish": body["wish"]}
    assert ReadLog.objects.get().fields == ["wish"]
