"""Proofs of a ground: found on the person and standing; and what happens the same day when one falls."""

from collections.abc import Iterable
from uuid import UUID

from corrections.models import Decision, Finding, PositioningOrder, PositioningProof, Subject
from corrections.positioning import BEFORE, ORDER, RUNNING, ProofKind, proof_of, review_due
from corrections.services.acts import Said, move
from corrections.services.spans import span_close
from edge.conf import setting
from kernel import clock
from kernel.actor import SYSTEM
from kernel.law import law
from kernel.problems import Problem


@law("CCL-29a")
def proofs_found(
    subject: Subject, findings: Iterable[UUID], decisions: Iterable[UUID]
) -> list[PositioningProof]:
    """Rows, unsaved, of the records that are named: on this person, standing, and proving something. Problem
    `proof_not_standing` for any other."""
    wanted_findings, wanted_decisions = set(findings), set(decisions)
    rows = [
        PositioningProof(kind=ProofKind(finding.kind), finding=finding)
        for finding in Finding.objects.filter(id__in=wanted_findings, subject=subject, state="stands")
    ]
    for decision in Decision.objects.filter(id__in=wanted_decisions, subject=subject):
        kind = proof_of(decision.kind, decision.state, decision.result)
        if kind is not None:
            rows.append(PositioningProof(kind=kind, decision=decision))
    if len(rows) != len(wanted_findings) + len(wanted_decisions):
        raise Problem("proof_not_standing")
    return rows


@law("CCL-29a", "CCL-29c")
def proof_fell(subject: Subject, record_id: UUID) -> None:
    """A record was annulled, changed, refused, or was about another person: every order that rests on it is
    to be reviewed the same day, no point is kept any more, and unanswered it is lifted."""
    now = clock.now()
    proofs = PositioningProof.objects.filter(order__subject=subject, fell_at=None)
    fallen = proofs.filter(finding_id=record_id) | proofs.filter(decision_id=record_id)
    order_ids = sorted(set(fallen.values_list("order_id", flat=True)))
    PositioningProof.objects.filter(id__in=list(fallen.values_list("id", flat=True))).update(fell_at=now)
    due_at = review_due(clock.today(), setting("POSITIONING_REVIEW_DAYS"))
    rows = PositioningOrder.objects.select_for_update().filter(id__in=order_ids)
    for order in rows.filter(state__in=[*BEFORE, *RUNNING]).order_by("id"):
        span_close(order, now)
        move(SYSTEM, order, ORDER, "proof_fell", Said(), review_due_at=due_at)
