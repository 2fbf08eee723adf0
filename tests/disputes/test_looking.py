"""Likely the same quarrel, the search with a matter, receipts and the timeline."""

from datetime import timedelta
from typing import Any

import pytest

from audit.models import AuditEvent
from disputes.models import Application, Dispute, DisputeParty
from disputes.services import protection_set
from privacy.models import ReadLog
from tests.cast import District, Member
from tests.disputes.made import BEATING, ZHANG, body, dispute_of, screened
from tests.disputes.test_api import WHY, post, url

pytestmark = pytest.mark.django_db
MATTER = {"matter": "join", "reason": "核对是否同一纠纷"}


@pytest.fixture
def two(clock: Any, district: District, worker: Member) -> tuple[Dispute, Dispute]:
    """The same two sides, the second record without a place: a machine joins nothing."""
    first = dispute_of(screened(worker, body(district, brief="邻居甲的话")))
    return first, dispute_of(screened(worker, body(district, None, brief="乙的话")))


def likely(who: Member, dispute: Dispute) -> Any:
    return who.client.get(url(dispute, "likely-same")).json()


def test_a_suggestion_has_code_and_day_and_no_words(two: tuple[Dispute, Dispute], worker: Member) -> None:
    first, second = two
    found = likely(worker, second)
    assert [(row["code"], row["sure"], row["can"]) for row in found] == [(first.code, True, ["merge"])]
    assert set(found[0]) == {"dispute", "code", "opened_on", "state", "sure", "can"}
    assert "甲" not in str(found)


def test_an_archived_one_is_suggested_for_reopening(two: tuple[Dispute, Dispute], clerk: Member) -> None:
    first, second = two
    Dispute.objects.filter(id=first.id).update(state="archived")
    assert likely(clerk, second)[0]["can"] == ["reopen"]


def test_one_shared_person_is_no_suggestion(district: District, worker: Member, clerk: Member) -> None:
    screened(worker, body(district))
    other = {"role": "respondent", "name": "赵六", "phone": "13700001111"}
    assert likely(clerk, dispute_of(screened(worker, body(district, parties=[ZHANG, other])))) == []


def test_names_alone_suggest_only_in_one_place(district: District, worker: Member, clerk: Member) -> None:
    names = [{"role": "applicant", "name": "张三"}, {"role": "respondent", "name": "李四"}]
    screened(worker, body(district, parties=names))
    same = dispute_of(screened(worker, body(district, parties=names)))
    assert [row["sure"] for row in likely(clerk, same)] == [False]


@pytest.mark.law("DV-23")
def test_what_is_protected_is_never_suggested(
    two: tuple[Dispute, Dispute], director: Member, clerk: Member
) -> None:
    first, second = two
    protection_set(actor=director.actor, dispute_id=first.id, reason="一方害怕")
    assert (likely(director, second), likely(director, first)) == ([], [])


def search(who: Member, **by: str) -> Any:
    return post(who, "/api/v1/disputes/search", **{**MATTER, **by})


@pytest.mark.parametrize(
    "by", [{"phone": "138 1234 5678"}, {"name": "张三"}, {"id_number": ZHANG["id_number"]}]
)
def test_a_search_finds_in_the_own_scope_and_leaves_a_row_for_each_hit(
    two: tuple[Dispute, Dispute], clerk: Member, by: dict[str, str]
) -> None:
    found = search(clerk, **by).json()
    assert {row["dispute"] for row in found} == {str(row.id) for row in two}
    assert ReadLog.objects.filter(subject_kind="dispute").count() == 2
    fact = AuditEvent.objects.get(event="dispute.searched")
    assert fact.detail == {"matter": "join", "hits": 2}


@pytest.mark.law("DV-23")
def test_a_search_never_finds_the_protected_and_the_restricted(
    district: District, worker: Member, director: Member
) -> None:
    screened(worker, body(district, signs=[BEATING]))
    protection_set(
        actor=director.actor, dispute_id=dispute_of(screened(worker, body(district))).id, reason="害怕"
    )
    assert search(director, name="张三").json() == []


def test_a_search_stops_at_the_street(two: tuple[Dispute, Dispute], other_clerk: Member) -> None:
    assert search(other_clerk, name="张三").json() == []


@pytest.mark.parametrize("who", ["worker", "coordinator", "mediator", "liaison"])
def test_these_roles_search_nobody(request: pytest.FixtureRequest, clerk: Member, who: str) -> None:
    assert search(request.getfixturevalue(who), name="张三").status_code == 403


@pytest.mark.parametrize(
    "change",
    [
        {"matter": "curiosity"},
        {"reason": ""},
        {"name": "张三", "phone": "13812345678"},
        {"name": " "},
        {"age": "40"},
    ],
)
def test_a_search_needs_a_matter_and_one_key(clerk: Member, change: dict[str, str]) -> None:
    assert search(clerk, **{"name": "张三", **change}).status_code == 400


def apply(who: Member, dispute: Dispute, **more: Any) -> Any:
    party = DisputeParty.objects.filter(dispute=dispute)[0]
    said = {"party_id": str(party.id), "asked_on": "2026-03-02", **more}
    return post(who, url(dispute, "applications"), **said)


@pytest.mark.law("PM-LIM")
def test_an_oral_application_gets_a_dated_receipt_before_acceptance(
    two: tuple[Dispute, Dispute], coordinator: Member, worker: Member
) -> None:
    answer = apply(worker, two[0], asked_on="2026-03-01")
    assert (answer.status_code, answer.json()["asked_on"], answer.json()["receipt_no"]) == (
        201,
        "2026-03-01",
        1,
    )
    assert "2026-03-01" in answer.json()["text"]
    assert coordinator.client.get(url(two[0], "applications")).json()[0]["code"] == two[0].code
    assert Dispute.objects.get(id=two[0].id).state == "registered"


@pytest.mark.law("PM-LIM")
def test_no_receipt_for_a_day_to_come_and_one_for_each_day(
    two: tuple[Dispute, Dispute], clerk: Member, coordinator: Member, clock: Any
) -> None:
    assert apply(clerk, two[0], asked_on="2026-03-03").status_code == 400
    first, again = (apply(clerk, two[0]).json()["receipt"] for _ in range(2))
    clock.move(timedelta(days=1))
    later = apply(coordinator, two[0], asked_on="2026-03-03").json()
    assert (first == again, later["receipt_no"], Application.objects.count()) == (True, 2, 2)


def test_the_timeline_has_both_clocks(two: tuple[Dispute, Dispute], clerk: Member) -> None:
    apply(clerk, two[0])
    post(clerk, url(two[0], "steps"), event="accept", device_at="2026-03-02T00:58:00Z")
    entries = clerk.client.get(url(two[0], "timeline")).json()
    assert {entry["kind"] for entry in entries} >= {"step", "screening", "application"}
    accepted = next(entry for entry in entries if entry["title"] == "受理")
    assert (accepted["device_at"], accepted["at"]) == (
        "2026-03-02T08:58:00+08:00",
        "2026-03-02T09:00:00+08:00",
    )
    when = [entry["device_at"] or entry["at"] for entry in entries]
    assert when == sorted(when)


def test_notes_are_read_with_a_purpose(
    two: tuple[Dispute, Dispute], clerk: Member, coordinator: Member
) -> None:
    note = {"id": "019cac0f-2688-7000-8de4-c0cab3ab12f3", "words": "双方约周五再谈"}
    assert post(coordinator, url(two[0], "notes"), **note).status_code == 201
    assert clerk.client.get(url(two[0], "notes")).json()["code"] == "purpose_required"
    assert clerk.client.get(url(two[0], "notes"), WHY).json()[0]["words"] == note["words"]
    assert post(clerk, url(two[0], "notes"), **note).json()["code"] == "conflict"
