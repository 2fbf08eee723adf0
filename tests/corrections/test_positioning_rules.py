"""Positioning as rules: proofs by ground, the term, which point may be kept. No database."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest

from corrections.positioning import (
    ORDER,
    PositioningGround,
    ProofKind,
    Span,
    last_day,
    may_keep,
    proof_of,
    proofs_missing,
    standing,
    step_due,
)
from kernel.codes.roles import Role
from kernel.problems import Problem

T0 = datetime(2026, 3, 2, 1, tzinfo=UTC)
HOUR = timedelta(hours=1)
G, P = PositioningGround, ProofKind


@dataclass
class Row:
    state: str
    ends_at: datetime | None = None
    execute_due_at: datetime | None = None
    review_due_at: datetime | None = None


@pytest.mark.law("CCL-29a")
def test_there_are_five_grounds_and_no_other() -> None:
    assert [ground.value for ground in G] == ["EM1", "EM2", "EM3", "EM4", "EM5"]


@pytest.mark.law("CCL-29a")
@pytest.mark.parametrize(
    ("ground", "proofs"),
    [
        (G.INJUNCTION, {P.INJUNCTION_BREACH}),
        (G.LEFT, {P.LEFT_WITHOUT_LEAVE}),
        (G.REFUSED, {P.REFUSED_TO_REPORT, P.WARNING}),
        (G.PENALTY, {P.PENALTY_GRANTED}),
        (G.PROPOSAL, {P.PROPOSAL_DRAFT}),
    ],
)
def test_each_ground_is_proved_by_its_own_records_alone(ground: G, proofs: set[P]) -> None:
    assert proofs_missing(ground, proofs) == []
    assert proofs_missing(ground, set(P) - proofs) == sorted(proofs)


@pytest.mark.parametrize(
    ("kind", "state", "result", "proved"),
    [
        ("warning", "served", "", P.WARNING),
        ("warning", "annulled", "", None),
        ("warning", "heard", "", None),
        ("admonition", "served", "", None),
        ("penalty", "served", "granted", P.PENALTY_GRANTED),
        ("penalty", "served", "", None),
        ("revoke_suspension", "drafted", "", P.PROPOSAL_DRAFT),
        ("imprison", "served", "refused", None),
    ],
)
def test_a_decision_proves_what_it_is_while_it_stands(
    kind: str, state: str, result: str, proved: P | None
) -> None:
    assert proof_of(kind, state, result) == proved


@pytest.mark.law("CCL-29c")
@pytest.mark.parametrize(
    ("approved", "last"),
    [("2026-03-02", "2026-06-01"), ("2026-11-30", "2027-02-27"), ("2026-01-31", "2026-04-29")],
)
def test_three_months_from_approval_are_the_most(approved: str, last: str) -> None:
    assert last_day(date.fromisoformat(approved)) == date.fromisoformat(last)


@pytest.mark.law("CCL-29a", "CCL-29c")
def test_a_point_is_kept_by_the_time_of_its_fix() -> None:
    spans, over = [Span(T0, T0 + 2 * HOUR), Span(T0 + 4 * HOUR, None)], T0 + 10 * HOUR
    kept = [hour for hour in range(-1, 12) if may_keep(T0 + hour * HOUR, T0 + 20 * HOUR, spans, over)]
    assert kept == [0, 1, 4, 5, 6, 7, 8, 9]


@pytest.mark.law("CCL-29a", "CCL-29c")
def test_what_comes_more_than_a_day_after_the_end_or_from_the_future_is_not() -> None:
    spans, over = [Span(T0, None)], T0 + 10 * HOUR
    assert may_keep(T0 + 9 * HOUR, over + 24 * HOUR - timedelta(seconds=1), spans, over)
    assert not may_keep(T0 + 9 * HOUR, over + 24 * HOUR, spans, over)
    assert not may_keep(T0 + 9 * HOUR, T0 + 8 * HOUR, spans, over)


@pytest.mark.law("CCL-29c")
def test_an_order_is_over_at_its_end_whatever_was_written_down() -> None:
    row = Row("in_force", ends_at=T0)
    assert (standing(row, T0 - HOUR), standing(row, T0)) == ("in_force", "ended")


def test_the_earliest_limit_comes_first() -> None:
    row = Row("told", ends_at=T0 + 9 * HOUR, execute_due_at=T0)
    assert step_due(row, T0 + 20 * HOUR) == ("not_execute", T0)
    assert standing(Row("to_be_reviewed", T0 + 9 * HOUR, None, T0), T0) == "lifted"


@pytest.mark.law("CCL-29b", "MN-1", refused=True)
def test_who_applied_does_not_approve_whatever_the_role() -> None:
    same = {"applied_by": 1, "actor": 1}
    with pytest.raises(Problem, match="approver_is_applicant"):
        ORDER.apply("applied", "approve", role=Role.BUREAU_HEAD, facts=same)
    assert ORDER.apply("applied", "approve", role=Role.BUREAU_HEAD, facts=same | {"actor": 2}).target


@pytest.mark.law("CCL-29b")
@pytest.mark.parametrize("role", sorted(set(Role) - {Role.BUREAU_HEAD}))
def test_nobody_but_the_bureaus_head_approves(role: Role) -> None:
    with pytest.raises(Problem, match="role_not_allowed"):
        ORDER.apply("applied", "approve", role=role, facts={"applied_by": 1, "actor": 2})
