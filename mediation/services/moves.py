"""One step of a machine: asked of the table, written by compare-and-set under the row's lock, with its
row."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from audit import services as audit
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from kernel.signing import Signing
from kernel.transitions import Transition
from mediation import access
from mediation.machine import CASE, DIRECTOR, ENDED_WITHOUT, INTAKE, CaseState
from mediation.models import Case, CaseParty, CaseTransition, IntakeItem, IntakeTransition
from mediation.services.clearing import table_clear
from mediation.services.said import Step
from mediation.table_selectors import may_call

__all__ = ["Step", "locked_case", "locked_item", "move_case", "move_item"]


def locked_item(actor: Actor, item_id: UUID) -> IntakeItem:
    """The item under its row lock. Problem `not_found` when the actor does not see it."""
    item = existing(access.visible_intake(actor).select_for_update(of=("self",)).filter(pk=item_id))
    return item


def locked_case(actor: Actor, case_id: UUID) -> Case:
    """The case under its row lock. Problem `not_found` when the actor does not see it."""
    case = existing(access.visible_cases(actor).select_for_update(of=("self",)).filter(pk=case_id))
    return case


def require_open(case: Case, event: str) -> None:
    """Problem `transition_not_allowed` where the case has come to its end."""
    if not CASE.events(case.state):
        raise Problem("transition_not_allowed", current=case.state, event=event)


@law("DV-23")
def require_may_call(case: Case, parties: Iterable[CaseParty]) -> None:
    """What reaches a party asks here first. Problem `wish_required`."""
    if not all(may_call(case, party) for party in parties):
        raise Problem("wish_required")


def done_before(case: Case, event: str) -> bool:
    """Whether the last step of a locked case was this one and cannot be taken again from where it led: the
    second of two equal commands."""
    last = CaseTransition.objects.filter(case=case).order_by("-at", "-id").first()
    if last is None or (last.event, last.target) != (event, case.state):
        return False
    return event not in CASE.events(case.state)


def move_item(actor: Actor, item: IntakeItem, event: str, step: Step, **columns: Any) -> None:
    """Apply `event` to a locked item."""
    role = actor.role.value if actor.role else None
    row = INTAKE.apply(item.state, event, role=role, facts=step.facts)
    _head_signs(actor, row)
    changed = IntakeItem.objects.filter(pk=item.pk, state=row.source).update(state=row.target, **columns)
    if changed != 1:
        raise Problem("conflict")
    IntakeTransition.objects.create(item=item, **_said(actor, event, row.source, row.target, step))
    item.refresh_from_db()


def move_case(actor: Actor, case: Case, event: str, step: Step, **columns: Any) -> None:
    """Apply `event` to a locked case and record it as `mediation.<event>`."""
    role = actor.role.value if actor.role else None
    row = CASE.apply(case.state, event, role=role, facts=step.facts)
    _head_signs(actor, row)
    changed = Case.objects.filter(pk=case.pk, state=row.source).update(state=row.target, **columns)
    if changed != 1:
        raise Problem("conflict")
    CaseTransition.objects.create(case=case, **_said(actor, event, row.source, row.target, step))
    audit.record(
        actor=actor,
        event=f"mediation.{event}",
        subject_kind="mediation_case",
        subject_id=case.pk,
        fields=["state", *sorted(columns)],
        detail={"dispute": str(case.dispute_id), "from": row.source, "to": row.target},
    )
    case.refresh_from_db()
    if case.state in (*ENDED_WITHOUT, CaseState.SET_ASIDE):
        table_clear(case)


def _head_signs(actor: Actor, row: Transition) -> None:
    """What nobody but the centre's head may do is the head's signature: a deputy needs it in the document.
    Problem `acting_not_given`."""
    if row.roles == DIRECTOR:
        actor.sign(Signing.CENTRE)


def _said(actor: Actor, event: str, source: str, target: str, step: Step) -> dict[str, Any]:
    return {
        "event": event,
        "source": source,
        "target": target,
        "actor_id": actor.user_id,
        "role": actor.role.value if actor.role else "",
        "reason": step.reason,
        "stated_at": step.stated_at,
        "at": clock.now(),
    }
