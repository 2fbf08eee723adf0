"""The mark that a file is to be sealed: on which rows of the law, and how a wrong one is taken back."""

from typing import Any

import pytest

from audit.models import AuditEvent
from corrections.closing import KIND
from corrections.services.sealing import subject_not_to_be_sealed
from kernel.law_rows import LAW_ROWS
from kernel.problems import Problem
from privacy import jobs
from privacy.machine import SEAL_BASES, MarkFault
from privacy.models import Closing
from privacy.services import closing_unmark
from tests.cast import Member
from tests.corrections.test_closing import Shelf, shelf

pytestmark = pytest.mark.usefixtures("db")
__all__ = ["shelf"]


def sent(who: Member, shelf: Shelf, act: str = "", **body: str) -> Any:
    url = f"/api/v1/corrections/subjects/{shelf.id}/to-be-sealed{act}"
    return who.client.post(url, body, format="json")


def back(who: Member, shelf: Shelf, fault: str = "age") -> tuple[int, str]:
    answer = sent(who, shelf, "/take-back", fault=fault)
    return answer.status_code, answer.json().get("code", "")


def unmarked(who: Member, shelf: Shelf) -> Closing:
    return subject_not_to_be_sealed(actor=who.actor, subject_id=shelf.id, fault=MarkFault.AGE)


@pytest.mark.law("MI-59", "MI-SEAL")
@pytest.mark.parametrize("basis", SEAL_BASES)
def test_a_file_is_marked_on_a_row_about_sealing(shelf: Shelf, basis: str) -> None:
    assert basis in LAW_ROWS
    assert sent(shelf.officer, shelf, basis=basis).json() == {"to_be_sealed": True, "mark_basis": basis}


@pytest.mark.law("MI-SEAL", refused=True)
@pytest.mark.parametrize("basis", ["CCL-58", "PM-29", "of-no-law"])
def test_no_other_row_is_a_ground_of_a_seal(shelf: Shelf, basis: str) -> None:
    answer = sent(shelf.officer, shelf, basis=basis)
    assert (answer.status_code, answer.json()["code"]) == (400, "seal_basis_unknown")


@pytest.mark.law("MI-SEAL", "MI-59")
def test_a_wrong_mark_is_taken_back_and_the_file_is_not_sealed(shelf: Shelf) -> None:
    shelf.with_key().marked()
    assert back(shelf.officer, shelf, "sentence") == (200, "")
    event = AuditEvent.objects.get(event="closing.unmarked")
    assert event.detail == {"basis": "MI-59", "fault": "sentence"}
    row = shelf.over().row
    shelf.clock.to(row.seal_due_at)
    jobs.due(shelf.clock.at)
    assert (shelf.row.state, shelf.row.marked_by) == ("restricted", None)


@pytest.mark.law("MI-SEAL")
def test_a_mark_is_set_anew_after_it_was_taken_back(shelf: Shelf) -> None:
    shelf.marked()
    assert back(shelf.officer, shelf, "basis") == (200, "")
    assert sent(shelf.officer, shelf, basis="MI-SEAL").json()["mark_basis"] == "MI-SEAL"


@pytest.mark.law("MI-SEAL")
def test_between_the_end_and_the_seal_the_agencys_head_takes_it_back(
    shelf: Shelf, agency_head: Member
) -> None:
    shelf.marked().over()
    with pytest.raises(Problem, match="not_found"):
        unmarked(shelf.officer, shelf)
    assert not unmarked(agency_head, shelf).to_be_sealed


@pytest.mark.law("MI-SEAL", refused=True)
def test_a_mark_is_never_taken_back_after_the_seal(shelf: Shelf, agency_head: Member) -> None:
    shelf.with_key().sealed()
    for who in (shelf.officer, agency_head):
        with pytest.raises(Problem, match="not_found"):
            unmarked(who, shelf)
    with pytest.raises(Problem, match="not_to_be_sealed"):
        closing_unmark(actor=agency_head.actor, kind=KIND, subject_id=shelf.id, fault=MarkFault.AGE)
    assert shelf.row.to_be_sealed


@pytest.mark.law("MI-SEAL", refused=True)
def test_no_mark_is_taken_back_where_none_stands_without_a_fault_or_by_others(
    shelf: Shelf, other_officer: Member, mediator: Member
) -> None:
    assert back(shelf.officer, shelf) == (409, "not_to_be_sealed")
    shelf.marked()
    others = [back(who, shelf)[0] for who in (other_officer, mediator)]
    assert (others, back(shelf.officer, shelf, "")[0], shelf.row.to_be_sealed) == ([404, 403], 400, True)
