"""Every route, every role, own, foreign and absent: what each role is shown of a story told twice."""

from tests.access import matrix
from tests.access.observed import Seen
from tests.access.records import NOTHING

CIVIL = {
    "screenings",
    "disputes",
    "mediation/intake",
    "mediation/cases",
    "mediation/agreements",
    "mediation/obligations",
    "mediation/confirmations",
    "mediation/follow-ups",
    "escalation/firings",
    "escalation/clocks",
}
STREET_ROLES = (
    "grid_worker", "community_coordinator", "centre_clerk", "mediator", "centre_director", "duty_officer",
    "station_officer", "committee_keeper",
)  # fmt: skip
CIVIL_ROLES = ("community_coordinator", "centre_clerk", "mediator", "centre_director", "committee_keeper")
CORRECTION_ROLES = ("station_officer", "agency_officer", "agency_head", "bureau_head", "procurator")


def cells(seen: Seen, kinds: set[str], *roles: str) -> set[str]:
    return {seen.table[kind][role] for kind in kinds & seen.table.keys() for role in roles}


def cases(seen: Seen) -> set[str]:
    return (CIVIL & seen.table.keys()) | corrections(seen)


def corrections(seen: Seen) -> set[str]:
    return {kind for kind in seen.table if kind.startswith("corrections/")}


def test_the_matrix_is_the_one_that_was_agreed_on(seen: Seen) -> None:
    """After a change that is meant: GRIDGOV_WRITE_DOCS=1 pytest tests/access, then read the difference."""
    assert matrix.in_document(matrix.page(seen.table)) == matrix.page(seen.table)


def test_what_stands_in_a_list_can_be_opened(seen: Seen) -> None:
    assert seen.listed_but_refused == []


def test_what_can_be_opened_stands_in_the_list(seen: Seen) -> None:
    assert [at for at in seen.shown_but_not_listed if at[0] not in matrix.LISTS_LESS] == []


def test_a_foreign_record_is_answered_like_one_that_never_was(seen: Seen) -> None:
    assert seen.tells_foreign_from_absent == []


def test_a_liaison_officer_is_shown_no_case_at_all(seen: Seen) -> None:
    assert cells(seen, cases(seen), "liaison_officer") == {NOTHING}


def test_nobody_in_a_street_is_shown_the_other_street_s_cases(seen: Seen) -> None:
    assert not any("b" in cell.lower() for cell in cells(seen, cases(seen), *STREET_ROLES))


def test_civil_disputes_and_corrections_do_not_know_each_other(seen: Seen) -> None:
    assert cells(seen, CIVIL, *CORRECTION_ROLES) == {NOTHING}
    assert cells(seen, corrections(seen), *CIVIL_ROLES) <= {NOTHING}


def test_auditor_administrator_and_analyst_are_shown_no_case(seen: Seen) -> None:
    assert cells(seen, cases(seen), "auditor", "district_admin", "analyst") == {NOTHING}


def test_every_time_in_an_answer_is_local_with_its_offset(seen: Seen) -> None:
    assert len(seen.times) > 100
    ours = {found for found in seen.times if not found.startswith("api/v1/ogc/")}  # OGC's own documents: UTC
    elsewhere = sorted(found for found in ours if not found.endswith("+08:00"))
    assert not elsewhere, "; ".join(elsewhere)
