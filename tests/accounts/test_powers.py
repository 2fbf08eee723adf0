from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from accounts import powers
from accounts.models import OrganisationKind
from kernel.codes.roles import GUARDED, Role

DAY = date(2026, 3, 2)
YEAR = timedelta(days=365)


def refusal(role: Role, days: int | None, **more: Any) -> str | None:
    kind = sorted(powers.KINDS_OF_ROLE[role])[0]
    end = None if days is None else DAY + timedelta(days=days)
    return powers.grant_refusal(role, kind, DAY, end, **more)


def test_every_role_has_a_place_among_the_kinds_of_organisation() -> None:
    assert set(powers.KINDS_OF_ROLE) == set(Role)
    assert {kind for kinds in powers.KINDS_OF_ROLE.values() for kind in kinds} <= set(OrganisationKind.values)


@pytest.mark.parametrize("role", sorted(GUARDED))
def test_a_guarded_grant_ends_after_a_year_at_the_latest(role: Role) -> None:
    assert refusal(role, 366) is None
    assert refusal(role, 367) == refusal(role, None) == "grant_too_long"


def test_an_unguarded_grant_may_be_open() -> None:
    assert refusal(Role.GRID_WORKER, None) is None


def test_a_role_is_held_where_it_belongs() -> None:
    wrong = powers.grant_refusal(Role.LIAISON_OFFICER, "agency", DAY, DAY + YEAR)
    assert wrong == "role_not_of_organisation"


def test_dates_go_forward() -> None:
    assert refusal(Role.GRID_WORKER, 0) == "grant_dates_wrong"


def test_only_some_roles_have_deputies_and_only_for_a_time() -> None:
    assert refusal(Role.CENTRE_DIRECTOR, 30, acting=True) is None
    assert refusal(Role.CENTRE_DIRECTOR, None, acting=True) == "acting_not_possible"
    assert refusal(Role.GRID_WORKER, 30, acting=True) == "acting_not_possible"


@pytest.mark.law("DJ-2")
def test_administrator_auditor_and_deciders_are_three_powers() -> None:
    found = {powers.power_of(role) for role in (Role.DISTRICT_ADMIN, Role.AUDITOR, Role.BUREAU_HEAD)}
    assert found == {"administer", "audit", "decide"}
    assert powers.power_of(Role.MEDIATOR) == ""


def test_the_head_confirms_and_nobody_else() -> None:
    head, member, proposer = uuid4(), uuid4(), uuid4()

    def asked(by: object, confirming: object) -> str | None:
        return powers.confirm_refusal(
            confirmer=by, member=member, proposer=proposer, confirming_head=confirming
        )

    assert asked(head, head) is None
    assert asked(head, None) == asked(uuid4(), head) == "not_the_head"
    assert asked(member, member) == asked(proposer, proposer) == "own_membership"
