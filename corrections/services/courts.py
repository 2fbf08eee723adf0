"""The course of a proposal at the court, by its papers. Its clocks are the court's (CCL-33, 46 to 49)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections.court import CourtClock, CourtFactKind, court_clocks, court_gap
from corrections.decisions import STANDING, DecisionKind
from corrections.machine import AGENCY
from corrections.models import CourtFact, Decision
from corrections.services.acts import sealed
from corrections.services.decisions import decision_locked
from corrections.services.found import require_staff
from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class AtCourt:
    """What happened at the court and when, as its paper has it. `lawyer` only of a hearing."""

    kind: CourtFactKind
    at: datetime
    organ: str
    document_no: str = ""
    lawyer: str = ""


@law("CCL-46/48", "CCL-47")
@transaction.atomic
def court_fact_record(*, actor: Actor, decision_id: UUID, fact: AtCourt) -> CourtFact:
    """Write one fact down. The newest of a kind holds; the same one twice is no fault."""
    if actor.role not in AGENCY:
        raise Problem("role_not_allowed")
    row = decision_locked(actor, decision_id)
    if gap := court_gap(row.kind, row.state in STANDING, fact.kind):
        raise Problem(gap)
    if fact.at > clock.now():
        raise Problem("invalid", fields={"at": ["in the future"]})
    if fact.lawyer and fact.kind != CourtFactKind.HEARD:
        raise Problem("invalid", fields={"lawyer": ["belongs to the hearing"]})
    newest = CourtFact.objects.filter(decision=row, kind=fact.kind).order_by("recorded_at", "id").last()
    if newest is not None and (newest.at, newest.document_no) == (fact.at, fact.document_no):
        return newest
    return _written(actor, row, fact)


def _written(actor: Actor, decision: Decision, fact: AtCourt) -> CourtFact:
    pk = uuid7()
    written = CourtFact.objects.create(
        id=pk, decision=decision, kind=fact.kind, at=fact.at, organ=fact.organ, document_no=fact.document_no,
        lawyer=sealed(CourtFact, "lawyer", pk, fact.lawyer, decision.subject.key_id),
        recorded_by_id=require_staff(actor), recorded_at=clock.now(),
    )  # fmt: skip
    record(
        actor=actor, event="correction_decision.at_court", subject_kind="correction_decision",
        subject_id=decision.id, reason=fact.kind,
    )  # fmt: skip
    return written


def clocks_of(decision: Decision) -> list[CourtClock]:
    """The clocks of a proposal that lies with the court; none of any other decision."""
    rows = CourtFact.objects.filter(decision=decision)
    facts = [(CourtFactKind(row.kind), row.at) for row in rows]
    return court_clocks(DecisionKind(decision.kind), facts)
