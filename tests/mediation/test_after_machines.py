"""The machines from the agreement on: every step taken on real rows, and none that the tables do not have."""

from contextlib import suppress
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kernel.actor import SYSTEM, Actor
from kernel.codes.roles import Role
from kernel.problems import Problem
from kernel.transitions import Transition
from mediation.agreement import OBLIGATION, AgreementState, state_of
from mediation.confirmation import CONFIRMATION, RUNNING
from mediation.follow_up import FOLLOW_UP
from mediation.machine import CASE, CaseState
from mediation.models import Case, CaseTransition, Confirmation, FollowUp, Obligation
from mediation.services.after import move
from mediation.services.moves import Step, move_case
from tests.cast import Member
from tests.mediation.agreed import instalments, signed

Cast = dict[str, Member]
BEFORE = {"intake", "asking", "unreachable", "accepted", "suspended"}
AFTER = [row for row in CASE.transitions if row.source not in BEFORE]
FACTS: dict[str, Any] = {"court_document": "（2026）民初1号", "document_no": "（2026）民特1号"}
TABLES = (CASE, OBLIGATION, CONFIRMATION, FOLLOW_UP)
COLUMNS: dict[str, dict[str, Any]] = {
    "mediation_obligation": {"due_at": None, "falls_due_at": None},
    "mediation_confirmation": {"due_at": None, "closes_at": None, "filed_on": date(2026, 3, 2)},
    "mediation_follow_up": {"due_at": None, "done_on": date(2026, 3, 2), "form": "phone", "result": "partly"},
}


def taker(row: Transition, who: Member) -> Actor:
    return Actor(user_id=who.user.pk, role=Role(min(row.roles))) if row.roles else SYSTEM


def facts_for(row: Transition) -> dict[str, Any]:
    ending = {"ways_notice": ["10"]} if row.event == "fail" else {"former": row.event == "keep_former"}
    return {**FACTS, **ending}


@pytest.mark.django_db
@pytest.mark.law("PM-31", "PM-32")
@pytest.mark.parametrize("row", AFTER, ids=lambda row: f"{row.source}-{row.event}")
def test_every_step_of_a_case_is_taken_and_leaves_its_row(
    row: Transition, at_table: Case, cast: Cast
) -> None:
    Case.objects.filter(pk=at_table.pk).update(
        state=row.source, mediation_due_at=None, acceptance_due_at=None
    )
    at_table.refresh_from_db()
    move_case(taker(row, cast["director"]), at_table, row.event, Step(facts_for(row)))
    left = CaseTransition.objects.filter(case=at_table).latest("id")
    assert (at_table.state, left.event, left.source) == (row.target, row.event, row.source)


@pytest.mark.django_db
@pytest.mark.law("PM-33", "PM-FU")
def test_every_step_of_what_follows_is_taken_and_leaves_its_row(at_table: Case, cast: Cast) -> None:
    agreement = signed(at_table, cast, obligations=[instalments(at_table, (date(2026, 4, 1), "9.00"))])
    for model, table in ((Obligation, OBLIGATION), (Confirmation, CONFIRMATION), (FollowUp, FOLLOW_UP)):
        one: Any = model.objects.filter(agreement=agreement)[0]
        for row in table.transitions:
            columns = COLUMNS[one._meta.db_table]
            model.objects.filter(pk=one.pk).update(state=row.source, **columns)
            one.refresh_from_db()
            done = move(taker(row, cast["director"]), one, row.event, Step(FACTS))
            assert (done.state, done.transitions.latest("id").event) == (row.target, row.event)


@given(
    table=st.sampled_from(TABLES), role=st.sampled_from(list(Role)), data=st.data(),
)  # fmt: skip
@settings(max_examples=1500, deadline=None)
def test_what_the_tables_do_not_have_is_refused_for_every_role(table: Any, role: Role, data: Any) -> None:
    state = data.draw(st.sampled_from(sorted(table.states)))
    event = data.draw(st.sampled_from([*sorted({row.event for row in table.transitions}), "sanction"]))
    rows = [row for row in table.transitions if (row.source, row.event) == (state, event)]
    if not rows or role not in rows[0].roles:
        with pytest.raises(Problem, match=r"transition_not_allowed|role_not_allowed"):
            table.apply(state, event, role=role, facts=FACTS)
        return
    with suppress(Problem):  # the guard's own refusal
        assert table.apply(state, event, role=role, facts=FACTS) == rows[0]


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_nobody_outside_the_centre_takes_a_step(table: Any) -> None:
    centre = {Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR, Role.MEDIATOR}
    assert {role for row in table.transitions for role in row.roles} <= centre


@pytest.mark.parametrize(
    ("case_state", "expected"),
    [
        ("agreed", AgreementState.WRITTEN), ("in_effect", AgreementState.EFFECTIVE),
        ("performing", AgreementState.PERFORMING), ("performed", AgreementState.PERFORMED),
        ("breached", AgreementState.BREACHED), ("set_aside", AgreementState.SET_ASIDE),
    ],
)  # fmt: skip
def test_an_agreement_follows_its_case(case_state: str, expected: AgreementState) -> None:
    assert state_of(case_state, form="written", replaced=False, dropped=False) == expected


def test_one_that_was_replaced_or_never_concluded_does_not() -> None:
    assert state_of(CaseState.PERFORMING, form="oral", replaced=True, dropped=False) == AgreementState.AMENDED
    dropped = state_of(CaseState.PERFORMING, form="written", replaced=False, dropped=True)
    assert dropped == AgreementState.NOT_CONCLUDED


@pytest.mark.law("PM-33")
def test_only_what_runs_can_expire() -> None:
    assert {row.source for row in CONFIRMATION.transitions if row.event == "expire"} == set(RUNNING)
