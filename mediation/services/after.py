"""Steps of what comes after the table: obligations, confirmation, follow-ups. The case's row is locked."""

from collections.abc import Mapping
from typing import Any, TypeVar
from uuid import UUID

from django.db.models import Model

from audit import services as audit
from edge.encryption import Sealed, seal_value
from edge.rows import existing
from kernel import clock, text
from kernel.actor import Actor
from kernel.problems import Problem
from kernel.transitions import StateTable
from mediation import agreed_access
from mediation.agreement import OBLIGATION
from mediation.confirmation import CONFIRMATION
from mediation.follow_up import FOLLOW_UP
from mediation.models import (
    Agreement,
    Case,
    Confirmation,
    ConfirmationTransition,
    FollowUp,
    FollowUpTransition,
    Obligation,
    ObligationTransition,
)
from mediation.services.moves import Step

Row = TypeVar("Row", Obligation, Confirmation, FollowUp)
_MACHINES: Mapping[type[Model], tuple[StateTable, type[Model], str]] = {
    Obligation: (OBLIGATION, ObligationTransition, "obligation"),
    Confirmation: (CONFIRMATION, ConfirmationTransition, "confirmation"),
    FollowUp: (FOLLOW_UP, FollowUpTransition, "follow_up"),
}


def locked_agreement(actor: Actor, agreement_id: UUID) -> Agreement:
    """The agreement with its case's row locked: all that follows from a case is done one after the other.
    Problem `not_found` when the actor does not see it."""
    seen = agreed_access.visible_agreements(actor).filter(pk=agreement_id)
    case_id = existing(seen.values_list("case_id", flat=True))
    case = Case.objects.select_for_update(of=("self",)).get(pk=case_id)
    agreement = Agreement.objects.get(pk=agreement_id)
    agreement.case = case
    return agreement


def move(actor: Actor, row: Row, event: str, step: Step, **columns: Any) -> Row:
    """Apply `event` by compare-and-set, leave its row, record `mediation.<obligation|…>_<event>`."""
    table, transitions, link = _MACHINES[type(row)]
    role = actor.role.value if actor.role else None
    taken = table.apply(row.state, event, role=role, facts=step.facts)
    standing: Any = type(row).objects.filter(pk=row.pk, state=taken.source)
    if standing.update(state=taken.target, **columns) != 1:
        raise Problem("conflict")
    transitions.objects.create(  # type: ignore[attr-defined]  # because every model has its manager
        **{link: row}, event=event, source=taken.source, target=taken.target, actor_id=actor.user_id,
        role=role or "", reason=step.reason, stated_at=step.stated_at, at=clock.now(),
    )  # fmt: skip
    tell(actor, f"{link}_{event}", row.agreement, row, ["state", *sorted(columns)])
    row.refresh_from_db()
    return row


def tell(actor: Actor, event: str, agreement: Agreement, row: Model, fields: list[str], **more: Any) -> None:
    """The fact of something that was done about an agreement; never a word of what was agreed."""
    detail = {"case": str(agreement.case_id), "agreement": str(agreement.pk), **more}
    audit.record(
        actor=actor, event=f"mediation.{event}", subject_kind=row._meta.db_table, subject_id=row.pk,
        fields=fields, detail=detail,
    )  # fmt: skip


def tell_case(actor: Actor, event: str, case: Case, fields: list[str]) -> None:
    """The fact of something that was said about a case."""
    audit.record(
        actor=actor, event=f"mediation.{event}", subject_kind="mediation_case", subject_id=case.pk,
        fields=fields, detail={"dispute": str(case.dispute_id)},
    )  # fmt: skip


def sealed(model: type[Model], field: str, pk: UUID, words: str, key_id: UUID) -> Sealed | None:
    """Words cleaned and sealed; None for none."""
    cleaned = text.clean(words)
    if cleaned is None:
        raise Problem("invalid", fields={field: ["control_character"]})
    return seal_value(model, field, pk, cleaned.strip(), key_id) if cleaned.strip() else None
