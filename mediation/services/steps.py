"""One step of a session or an offer: asked of its table, written by compare-and-set, with its row."""

from typing import Any, TypeVar

from django.db.models import Model

from audit import services as audit
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem
from kernel.transitions import StateTable
from mediation.models import Case, Document, Note, Offer, OfferTransition, Session, SessionTransition
from mediation.offer_rules import OFFER
from mediation.services.said import Step
from mediation.session_rules import SESSION

Row = TypeVar("Row", Session, Offer)
OfCase = Session | Offer | Note | Document
_MACHINES: dict[type[Model], tuple[StateTable, type[Model], str]] = {
    Session: (SESSION, SessionTransition, "session"),
    Offer: (OFFER, OfferTransition, "offer"),
}


def move(actor: Actor, row: Row, event: str, step: Step, **columns: Any) -> Row:
    """Apply `event` to a row whose case is locked, and record it as `mediation.<session|offer>_<event>`."""
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
    tell(actor, f"{link}_{event}", row, "state", *sorted(columns))
    row.refresh_from_db()
    return row


def tell(actor: Actor, event: str, row: Case | OfCase, *fields: str, **detail: Any) -> None:
    """The fact of something at the table of a case, as `mediation.<event>`; never a word of what was said."""
    case = row if isinstance(row, Case) else row.case
    audit.record(
        actor=actor, event=f"mediation.{event}", subject_kind=row._meta.db_table, subject_id=row.pk,
        fields=fields, detail={"dispute": str(case.dispute_id), "case": str(case.pk), **detail},
    )  # fmt: skip
