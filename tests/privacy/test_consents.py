"""Consents: for one purpose, over at the word; what rested on one alone is erased when a person orders it."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, transaction

from audit.models import AuditEvent
from kernel import calendar
from kernel import clock as time_source
from kernel.actor import Actor
from kernel.problems import Problem
from privacy import consenting
from privacy.codes import ConsentPurpose
from privacy.consenting import Held, Use, enter, enter_held
from privacy.models import Consent, ConsentErasure
from privacy.services import consented, location_withdrawn, require_consent
from privacy.terms import request_due
from tasks.models import Task
from tests.cast import Member

pytestmark = pytest.mark.django_db
URL = "/api/v1/privacy/consents"
FOLLOW_UP = ConsentPurpose.FOLLOW_UP


@pytest.fixture
def kept(monkeypatch: pytest.MonkeyPatch) -> dict[UUID, int]:
    """Two kinds of things kept about a record of kind `thing`: notes on consent, a file by duty."""
    notes: dict[UUID, int] = {}
    monkeypatch.setattr(consenting, "_uses", {})
    monkeypatch.setattr(consenting, "_held", {})
    enter(Use(FOLLOW_UP, "thing", lambda _actor, pk: pk in notes, at_desk=True))
    enter_held(
        FOLLOW_UP, "thing",
        Held("notes", "记录", "notes", lambda pk: notes.get(pk, 0), lambda _actor, pk: notes.pop(pk, 0)),
    )  # fmt: skip
    enter_held(FOLLOW_UP, "thing", Held("file", "卷宗", "file", lambda _pk: 1, duty="PM-27"))
    return notes


@pytest.fixture
def thing(kept: dict[UUID, int]) -> UUID:
    pk = uuid4()
    kept[pk] = 3
    return pk


def give(member: Member, subject: UUID, **changes: Any) -> Any:
    said = {"subject_kind": "thing", "subject_id": str(subject), "purpose": "follow_up", "paper_no": "同 1"}
    said |= {"given_on": str(time_source.today())} | changes
    return member.client.post(URL, said, format="json")


def act(member: Member, pk: str, name: str, **body: Any) -> Any:
    return member.client.post(f"{URL}/{pk}/{name}", body, format="json")


@pytest.fixture
def withdrawn(clerk: Member, thing: UUID) -> str:
    pk: str = give(clerk, thing).json()["id"]
    act(clerk, pk, "withdraw")
    return pk


@pytest.mark.law("PI-13/14", "PI-29/30", refused="too")
def test_a_consent_is_for_one_purpose_and_ends_at_the_word(clerk: Member, thing: UUID) -> None:
    pk = give(clerk, thing).json()["id"]
    require_consent("thing", thing, FOLLOW_UP)
    assert not consented("thing", thing, ConsentPurpose.MEDIATION)
    assert give(clerk, thing).json()["code"] == "consent_in_force"
    assert act(clerk, pk, "withdraw").status_code == 200
    with pytest.raises(Problem, match="no_consent"):
        require_consent("thing", thing, FOLLOW_UP)
    assert act(clerk, pk, "withdraw").json()["code"] == "consent_withdrawn"


@pytest.mark.law("PI-13/14", refused="too")
def test_what_rests_on_no_consent_is_not_agreed_to_and_what_is_not_seen_neither(
    clerk: Member, thing: UUID
) -> None:
    assert give(clerk, thing, purpose="mediation").json()["code"] == "consent_not_asked"
    assert give(clerk, thing, subject_kind="subject").json()["code"] == "consent_not_asked"
    assert give(clerk, uuid4()).json()["code"] == "not_found"
    assert not Consent.objects.exists()


@pytest.mark.law("PI-13/14", refused="too")
def test_the_office_that_entered_it_sees_it_and_others_do_not(
    clerk: Member, director: Member, other_clerk: Member, agency_head: Member, thing: UUID
) -> None:
    pk = give(clerk, thing).json()["id"]
    counts = [who.client.get(URL).json()["count"] for who in (clerk, director, other_clerk, agency_head)]
    assert counts == [1, 1, 0, 0]
    for name in ("withdraw", "erase"):
        assert act(other_clerk, pk, name, **({"codes": []} if name == "erase" else {})).status_code == 404
    assert other_clerk.client.get(f"{URL}/{pk}/held").status_code == 404
    assert act(director, pk, "withdraw").status_code == 200


def test_nobody_but_a_desk_has_a_list_of_consents(worker: Member, mediator: Member, auditor: Member) -> None:
    assert [who.client.get(URL).status_code for who in (worker, mediator, auditor)] == [403, 403, 403]


@pytest.mark.law("PI-13/14")
def test_a_withdrawn_consent_gives_the_desk_the_erasure_to_order_and_the_order_closes_it(
    clock: Any, clerk: Member, other_clerk: Member, withdrawn: str, drain: Any
) -> None:
    drain()
    task = Task.objects.get()
    assert (task.kind, task.subject_kind, str(task.subject_id)) == ("review", "consent", withdrawn)
    assert task.due_at == request_due(time_source.today(), working_days=15, calendar=calendar.current())[1]
    counts = [who.client.get("/api/v1/tasks").json()["count"] for who in (clerk, other_clerk)]
    assert counts == [1, 0]
    act(clerk, withdrawn, "erase", codes=["notes"])
    drain()
    task.refresh_from_db()
    assert (task.state, task.closed_by_id) == ("done", clerk.user.id)


@pytest.mark.law("PI-13/14", refused="too")
def test_the_task_of_a_withdrawn_consent_is_not_ticked_off_before_somebody_has_decided(
    clerk: Member, withdrawn: str, drain: Any
) -> None:
    drain()
    task = f"/api/v1/tasks/{Task.objects.get().pk}"
    for name, body in (("done", {}), ("cancel", {"reason": "已处理"})):
        answer = clerk.client.post(f"{task}/{name}", body, format="json")
        assert (answer.status_code, answer.json()["code"]) == (409, "task_closed_by_act")
    act(clerk, withdrawn, "erase", codes=["notes"])
    drain()
    assert clerk.client.post(f"{task}/done", {}, format="json").json()["state"] == "done"


@pytest.mark.law("PI-13/14")
def test_a_consent_that_is_given_again_leaves_nothing_to_decide_of_the_one_before(
    clerk: Member, thing: UUID, withdrawn: str, drain: Any
) -> None:
    drain()
    give(clerk, thing)
    drain()
    assert Task.objects.get().state == "cancelled"


@pytest.mark.law("PI-13/14")
def test_a_consent_that_was_given_again_at_once_owes_no_decision(
    clerk: Member, thing: UUID, withdrawn: str, drain: Any
) -> None:
    again = give(clerk, thing).json()["id"]
    drain()
    assert not Task.objects.exists()
    act(clerk, again, "withdraw")
    drain()
    assert [str(pk) for pk in Task.objects.values_list("subject_id", flat=True)] == [again]


@pytest.mark.law("PI-13/14", "PI-19/47")
def test_what_is_held_says_what_goes_and_what_stays_by_which_duty(
    clerk: Member, withdrawn: str, thing: UUID, kept: dict[UUID, int]
) -> None:
    held = clerk.client.get(f"{URL}/{withdrawn}/held").json()
    assert [(row["code"], row["count"], row["duty"]) for row in held] == [
        ("file", 1, "PM-27"), ("notes", 3, ""),
    ]  # fmt: skip
    assert kept == {thing: 3}


@pytest.mark.law("PI-13/14", "PI-19/47")
def test_a_person_orders_it_and_exactly_what_stood_on_it_alone_is_gone(
    clerk: Member, withdrawn: str, kept: dict[UUID, int]
) -> None:
    answer = act(clerk, withdrawn, "erase", codes=["notes"]).json()
    rows = [(row["code"], row["count"], row["duty"]) for row in answer["erasures"]]
    assert rows == [("file", 1, "PM-27"), ("notes", 3, "")]
    assert kept == {}
    told = AuditEvent.objects.get(event="consent.erased")
    assert (told.user_id, told.detail["notes"]) == (clerk.user.id, {"count": 3, "duty": ""})
    assert act(clerk, withdrawn, "erase", codes=["notes"]).json()["erasures"] == answer["erasures"]


@pytest.mark.law("PI-19/47", refused="too")
def test_what_the_law_orders_to_keep_is_not_erased_and_the_answer_says_by_which_row(
    clerk: Member, withdrawn: str, thing: UUID, kept: dict[UUID, int]
) -> None:
    answer = act(clerk, withdrawn, "erase", codes=["notes", "file"]).json()
    assert (answer["code"], answer["kept"]) == ("kept_by_duty", {"file": "PM-27"})
    assert kept == {thing: 3}


@pytest.mark.law("PI-13/14", refused="too")
def test_nothing_that_rested_on_it_alone_is_left_out(
    clerk: Member, withdrawn: str, kept: dict[UUID, int]
) -> None:
    answer = act(clerk, withdrawn, "erase", codes=[]).json()
    assert (answer["code"], answer["left"]) == ("consent_erasure_incomplete", ["notes"])
    assert act(clerk, withdrawn, "erase", codes=["track"]).json()["code"] == "invalid"
    kept.clear()
    assert act(clerk, withdrawn, "erase", codes=[]).status_code == 200


@pytest.mark.law("PI-13/14", refused="too")
def test_while_it_is_in_force_or_given_again_nothing_is_erased(
    clerk: Member, thing: UUID, kept: dict[UUID, int]
) -> None:
    pk = give(clerk, thing).json()["id"]
    assert act(clerk, pk, "erase", codes=["notes"]).json()["code"] == "consent_not_withdrawn"
    act(clerk, pk, "withdraw")
    give(clerk, thing)
    assert act(clerk, pk, "erase", codes=["notes"]).json()["code"] == "consent_in_force"
    assert kept == {thing: 3}


def test_what_was_erased_is_never_rewritten(clerk: Member, withdrawn: str) -> None:
    act(clerk, withdrawn, "erase", codes=["notes"])
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        ConsentErasure.objects.update(count=0)


def test_a_use_is_entered_once_and_a_holding_is_erased_or_kept_by_the_law(kept: dict[UUID, int]) -> None:
    count: Callable[[UUID], int] = kept.__len__  # type: ignore[assignment]  # because it is never called
    with pytest.raises(ValueError, match="erased, or kept"):
        enter_held(FOLLOW_UP, "thing", Held("x", "x", "x", count, duty="NO-1"))
    with pytest.raises(ValueError, match="twice"):
        enter_held(FOLLOW_UP, "thing", Held("file", "x", "x", count, duty="PM-27"))
    with pytest.raises(ValueError, match="twice"):
        enter(Use(FOLLOW_UP, "thing", _nobody))


def _nobody(_actor: Actor, _pk: UUID) -> bool:
    return False


@pytest.mark.law("PI-29/30", refused="too")
def test_a_worker_s_own_location_is_agreed_to_with_whoever_leads_the_worker(
    clock: Any, coordinator: Member, other_coordinator: Member, worker: Member
) -> None:
    said = {"subject_kind": "user", "purpose": "own_location"}
    assert give(other_coordinator, worker.user.id, **said).status_code == 404
    pk = give(coordinator, worker.user.id, **said).json()["id"]
    assert not location_withdrawn(worker.user.id)
    act(coordinator, pk, "withdraw")
    assert location_withdrawn(worker.user.id)
    clock.move(timedelta(minutes=1))
    give(coordinator, worker.user.id, **said)
    assert not location_withdrawn(worker.user.id)
