"""The grids of a worker are owned: whoever leaves hands them over first."""

from datetime import timedelta

import pytest

from accounts.ownership import Owner
from accounts.services import membership_end
from grids.models import Assignment
from grids.owned import assignments
from grids.services import assignment_end
from kernel import clock as kernel_clock
from kernel.codes.roles import Role
from kernel.problems import Problem
from tests.cast import District, Member, Worker, join

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def owner(member: Member) -> Owner:
    return Owner(member.user.id, member.membership.role, member.membership.organisation_id)


def test_a_grid_is_one_line_until_another_is_in_charge(worker: Worker, coordinator: Member) -> None:
    held = Assignment.objects.get(worker=worker.user)
    (line,) = assignments(owner(worker))
    assert (line.subject_id, held.grid.code in line.title) == (held.id, True)
    said = {"actor": coordinator.actor, "assignment_id": held.id, "reason": "调离"}
    assignment_end(day=kernel_clock.today() + timedelta(days=1), **said)
    assert len(list(assignments(owner(worker)))) == 1
    assignment_end(day=kernel_clock.today(), **said)
    assert list(assignments(owner(worker))) == []


def test_nobody_leaves_who_is_in_charge_of_a_grid(worker: Worker, coordinator: Member, admin: Member) -> None:
    said = {"actor": admin.actor, "membership_id": worker.membership.id, "reason": "离职"}
    with pytest.raises(Problem) as refusal:
        membership_end(**said)
    assert (refusal.value.code, refusal.value.extra) == ("owns_open_items", {"counts": {"assignments": 1}})
    held = Assignment.objects.get(worker=worker.user)
    assignment_end(actor=coordinator.actor, assignment_id=held.id, day=kernel_clock.today(), reason="离职")
    assert membership_end(**said).state == "ended"


def test_a_worker_of_two_communities_has_each_grid_in_its_own(district: District, worker: Worker) -> None:
    other = Member(worker.user, join(district, "twice", Role.GRID_WORKER, "A2")[1])
    other.membership.user = worker.user
    other.membership.save(update_fields=["user"])
    assert len(list(assignments(owner(worker)))) == 1
    assert list(assignments(owner(other))) == []


def test_a_coordinator_owns_no_grid(coordinator: Member) -> None:
    assert list(assignments(owner(coordinator))) == []
