"""Every route, every role, own, foreign and absent: what each role is shown of a story."""

import pytest

from tests.access import matrix
from tests.access.records import NOTHING, kinds, listed, nobody, refused, shown
from tests.access.stock import Stock, everything

pytestmark = pytest.mark.django_db
CIVIL = {"screenings", "disputes", "mediation/intake", "mediation/cases", "escalation/firings"}


@pytest.fixture
def table(stock: Stock) -> matrix.Table:
    return matrix.observed(stock)


def test_the_matrix_is_the_one_that_was_agreed_on(table: matrix.Table) -> None:
    """After a change that is meant: GRIDGOV_WRITE_DOCS=1 pytest tests/access, then read the difference."""
    assert matrix.in_document(matrix.page(table)) == matrix.page(table)


def test_list_and_details_show_the_same(stock: Stock) -> None:
    different = []
    for kind in kinds():
        pks = [row.pk for row in everything(kind.model())]
        for name, member in stock.people.items():
            in_list, by_id = listed(kind, member) & set(pks), shown(kind, member, pks)
            if in_list - by_id or (by_id - in_list and kind.name not in matrix.LISTS_LESS):
                different.append((kind.name, name, len(in_list), len(by_id)))
    assert different == []


def test_a_foreign_record_is_answered_like_one_that_never_was(stock: Stock) -> None:
    different = []
    for kind in kinds():
        pks = [row.pk for row in everything(kind.model())]
        for name, member in stock.people.items():
            hidden = sorted(set(pks) - shown(kind, member, pks))[:1]
            different += [
                (kind.name, name)
                for pk in hidden
                if refused(kind, member, pk) != refused(kind, member, nobody())
            ]
    assert different == []


def test_a_liaison_officer_is_shown_no_case_at_all(table: matrix.Table) -> None:
    cases = {kind for kind in table if kind in CIVIL or kind.startswith("corrections/")}
    assert cases
    assert {table[kind]["liaison_officer"] for kind in cases} == {NOTHING}


def test_nobody_in_a_street_is_shown_the_other_street_s_civil_cases(table: matrix.Table) -> None:
    roles = [
        "grid_worker",
        "community_coordinator",
        "centre_clerk",
        "mediator",
        "centre_director",
        "duty_officer",
    ]
    seen = {table[kind][role] for kind in CIVIL & table.keys() for role in roles}
    assert not any("B" in cell or "b" in cell for cell in seen)


def test_civil_disputes_and_corrections_do_not_know_each_other(table: matrix.Table) -> None:
    corrections = [kind for kind in table if kind.startswith("corrections/")]
    civil_roles = ["community_coordinator", "centre_clerk", "mediator", "centre_director", "committee_keeper"]
    correction_roles = ["station_officer", "agency_officer", "agency_head", "bureau_head", "procurator"]
    seen = [table[kind][role] for kind in corrections for role in civil_roles]
    seen += [table[kind][role] for kind in CIVIL & table.keys() for role in correction_roles]
    assert set(seen) == {NOTHING}


def test_auditor_and_administrator_are_shown_no_case(table: matrix.Table) -> None:
    cases = [kind for kind in table if kind in CIVIL or kind.startswith("corrections/")]
    assert {table[kind][role] for kind in cases for role in ("auditor", "district_admin", "analyst")} == {
        NOTHING
    }
