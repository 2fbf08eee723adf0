"""Where a second person is asked for, one who is the first in another role, or of the same house, is none."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from corrections.jobs import due
from corrections.models import Subject
from corrections.selectors import clear_values
from corrections.services import complaint_assign
from kernel import clock as clocks
from kernel.codes.roles import Role
from kernel.problems import Problem
from privacy import jobs, services
from privacy.models import Closing, DestructionList
from tests.cast import District, Member, join
from tests.corrections.decided import complained
from tests.corrections.stage import Case

pytestmark = pytest.mark.usefixtures("db")


@pytest.mark.law("CCL-34b", refused=True)
def test_a_colleague_in_the_house_of_the_officer_handles_no_complaint(
    case: Case, district: District, complaints: Member, bureau_head: Member, procurator: Member
) -> None:
    place = bureau_head.membership.organisation.name.removeprefix("测试")
    colleague = Member(*join(district, "second head", Role.BUREAU_HEAD, place))
    said = {"actor": complaints.actor, "complaint_id": complained(complaints, bureau_head).id}
    with pytest.raises(Problem, match="complaint_needs_outsider"):
        complaint_assign(**said, user_id=colleague.user.id)
    assert complaint_assign(**said, user_id=procurator.user.id).assigned_to_id == procurator.user.id


@pytest.fixture
def listed(case: Case, clock: Any, archivist: Member) -> DestructionList:
    """The term and the retention are over; the night has drafted the list, and the keeper has signed."""
    last = Subject.objects.get().ends_on
    assert last is not None
    clock.to(clocks.day_end(last) + timedelta(days=1))
    due(clock.at)
    jobs.due(clock.at)
    until = Closing.objects.get().retention_until
    assert until is not None
    clock.to(clocks.day_end(until) + timedelta(days=1))
    services.lists_draft()
    made = DestructionList.objects.get()
    return services.destruction_sign(actor=archivist.actor, list_id=made.pk, document_no="销毁 1 号")


def _name() -> str | None:
    return clear_values(Subject.objects.get(), ["name"])["name"]


@pytest.mark.law("PI-19/47", refused=True)
def test_who_signed_a_list_does_not_sign_it_again_as_the_head(
    listed: DestructionList, archivist: Member, bureau_head: Member
) -> None:
    same = replace(bureau_head.actor, user_id=archivist.user.id)
    with pytest.raises(Problem, match="second_person_same"):
        services.destruction_countersign(actor=same, list_id=listed.pk)
    assert _name() is not None


@pytest.mark.law("PI-19/47", refused=True)
def test_what_is_kept_longer_since_the_list_was_drafted_is_not_destroyed(
    listed: DestructionList, bureau_head: Member
) -> None:
    Closing.objects.update(retention_until=clocks.today())
    with pytest.raises(Problem, match="retention_running"):
        services.destruction_countersign(actor=bureau_head.actor, list_id=listed.pk)
    listed.refresh_from_db()
    assert (listed.state, _name() is not None) == ("signed", True)


@pytest.mark.law("PI-51", refused=True)
def test_nobody_says_of_the_own_emergency_that_it_was_one(
    case: Case, officer: Member, agency_head: Member
) -> None:
    said = {"subject_kind": "subject", "subject_id": case.subject.id, "reason": "人身危险"}
    row = services.glass_break(actor=officer.actor, **said)
    same = replace(agency_head.actor, user_id=officer.user.id)
    with pytest.raises(Problem, match="own_glass"):
        services.glass_review(actor=same, glass_id=row.pk, justified=True)
