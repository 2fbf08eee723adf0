"""A complaint's day when the calendar learns a year, and how long one of nobody in the register is kept."""

from typing import Any

import pytest

from corrections.jobs import due
from corrections.models import Complaint
from corrections.services import complaint_answer, complaint_assign, complaint_withdraw
from corrections.services.complaints import complaint_link, complaint_tell_procurator
from edge.encryption import KeyGoneError, reveal
from kernel import clock as clocks
from kernel.calendar import WorkCalendar
from kernel.problems import Problem
from privacy import jobs, services
from privacy.models import Closing, DestructionList
from tests.cast import Member
from tests.corrections.decided import complained
from tests.corrections.stage import ID_NUMBER, Case, days

pytestmark = pytest.mark.usefixtures("db")
AT = "/api/v1/corrections/complaints"
RESTRICTED, KEPT = 180, 1096


@pytest.fixture
def withdrawn(stage: Any, complaints: Member, agency: Member) -> Complaint:
    """A complaint of nobody in the register, which was taken back."""
    row = complained(complaints, agency)
    return complaint_withdraw(actor=complaints.actor, complaint_id=row.id, reason="本人撤回")


def closings() -> dict[str, str]:
    return dict(
        Closing.objects.filter(subject_kind="correction_complaint").values_list("subject_id", "state")
    )


def later(clock: Any, count: int) -> None:
    clock.move(days(count))
    jobs.nightly(clock.at)


@pytest.mark.law("CCL-34b")
def test_a_provisional_day_is_computed_again_when_the_year_is_known(
    stage: Any, complaints: Member, agency: Member, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = complained(complaints, agency)
    stood = (row.due_on, row.due_at)
    wrong = clocks.today() + days(1)
    Complaint.objects.filter(id=row.id).update(provisional=True, due_on=wrong, due_at=clocks.day_end(wrong))
    monkeypatch.setattr("kernel.calendar.current", lambda: WorkCalendar(years=[2026]))
    assert due(clock.at) == 1
    row.refresh_from_db()
    assert (row.provisional, (row.due_on, row.due_at)) == (False, stood)


def test_of_a_year_that_is_still_unknown_it_stays_provisional(
    stage: Any, complaints: Member, agency: Member, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    row = complained(complaints, agency)
    Complaint.objects.filter(id=row.id).update(provisional=True)
    monkeypatch.setattr("kernel.calendar.current", lambda: WorkCalendar(years=[2025]))
    assert due(clock.at) == 0
    assert Complaint.objects.get().provisional


def test_one_that_was_answered_meanwhile_keeps_its_day(
    stage: Any, complaints: Member, agency: Member, procurator: Member, clock: Any
) -> None:
    row = complained(complaints, agency)
    complaint_assign(actor=complaints.actor, complaint_id=row.id, user_id=procurator.user.id)
    complaint_answer(actor=procurator.actor, complaint_id=row.id, words="已查明", answered_on=clocks.today())
    Complaint.objects.filter(id=row.id).update(provisional=True)
    assert due(clock.at) == 0


@pytest.mark.law("PI-19/47", refused=True)
def test_one_of_nobody_is_in_no_list_after_its_days(
    withdrawn: Complaint, complaints: Member, procurator: Member, clock: Any
) -> None:
    later(clock, RESTRICTED)
    assert closings() == {withdrawn.id: "open"}
    later(clock, 1)
    assert closings() == {withdrawn.id: "restricted"}
    for desk in (complaints, procurator):
        assert desk.client.get(AT).json()["count"] == 0
        assert desk.client.get(f"{AT}/{withdrawn.id}").status_code == 404


@pytest.mark.law("PI-19/47")
def test_and_is_destroyed_by_a_list_after_its_retention(
    withdrawn: Complaint, archivist: Member, bureau_head: Member, clock: Any
) -> None:
    later(clock, RESTRICTED + 1)
    later(clock, KEPT)
    (found,) = DestructionList.objects.all()
    services.destruction_sign(actor=archivist.actor, list_id=found.pk, document_no="销毁 2 号")
    services.destruction_countersign(actor=bureau_head.actor, list_id=found.pk)
    with pytest.raises(KeyGoneError):
        reveal(Complaint.objects.get(), "text")


def test_an_answer_that_the_procurator_was_not_told_of_stays(
    stage: Any, complaints: Member, agency: Member, procurator: Member, clock: Any
) -> None:
    row = complained(complaints, agency)
    complaint_assign(actor=complaints.actor, complaint_id=row.id, user_id=procurator.user.id)
    complaint_answer(actor=procurator.actor, complaint_id=row.id, words="已查明", answered_on=clocks.today())
    later(clock, RESTRICTED + 2)
    assert closings() == {}
    complaint_tell_procurator(actor=complaints.actor, complaint_id=row.id)
    later(clock, 0)
    assert closings() == {row.id: "restricted"}


def test_that_of_somebody_in_the_register_goes_with_the_file(
    case: Case, complaints: Member, agency: Member, clock: Any
) -> None:
    row = complained(complaints, agency, id_number=ID_NUMBER)
    complaint_withdraw(actor=complaints.actor, complaint_id=row.id, reason="本人撤回")
    later(clock, RESTRICTED + 2)
    assert closings() == {}


def test_one_that_was_linked_since_is_not_restricted_by_itself(
    case: Case, complaints: Member, agency: Member, procurator: Member, clock: Any
) -> None:
    row = complained(complaints, agency)
    complaint_withdraw(actor=complaints.actor, complaint_id=row.id, reason="本人撤回")
    later(clock, 1)
    complaint_link(actor=procurator.actor, complaint_id=row.id, subject_id=case.subject.id)
    later(clock, RESTRICTED + 2)
    assert closings() == {row.id: "open"}


def test_what_is_restricted_is_linked_to_nobody(
    withdrawn: Complaint, case: Case, procurator: Member, clock: Any
) -> None:
    later(clock, RESTRICTED + 1)
    with pytest.raises(Problem, match="not_found"):
        complaint_link(actor=procurator.actor, complaint_id=withdrawn.id, subject_id=case.subject.id)
