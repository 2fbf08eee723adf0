"""Two codes for one quarrel: merged by a person, undone by a person. The older code stays as an alias."""

from uuid import UUID

from django.db import transaction

from disputes.codes import DisputeState
from disputes.machine import OPEN_STATES
from disputes.models import Dispute, DisputeParty, DisputeScreening, DisputeTransition
from disputes.services.moving import Step, done_before, locked, take
from disputes.services.telling import dispute_stored, readers_changed
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from sync.services import publish


@transaction.atomic
def dispute_merge(*, actor: Actor, dispute_id: UUID, into_id: UUID, reason: str) -> tuple[Dispute, bool]:
    """Merge a registered dispute into an open one. Its records move there and remember where they came
    from, so that late ones land right and it can be undone. What is protected or restricted is not merged:
    it would be told. The second value: it had been merged before, and nothing is written."""
    if dispute_id == into_id:
        raise Problem("cannot_merge_self")
    first, second = (locked(entry, absorbed=True) for entry in sorted((dispute_id, into_id)))
    dispute, into = (first, second) if first.id == dispute_id else (second, first)
    if dispute.merged_into_id == into.id:
        return dispute, True
    if any(entry.protected or entry.restricted for entry in (dispute, into)):
        raise Problem("protected_no_joint")
    if into.state not in OPEN_STATES or Dispute.objects.filter(merged_into=dispute).exists():
        raise Problem("transition_not_allowed", current=into.state, event="merge")
    dispute.merged_into = into
    _refusal_goes_along(dispute, into)
    step = take(dispute, Step(actor, "merge", reason, facts={"into": str(into.id)}))
    rows = DisputeScreening.objects.filter(dispute=dispute)
    moved = list(rows.values_list("screening_id", flat=True))
    rows.update(dispute=into, via=dispute)
    DisputeParty.objects.filter(dispute=dispute).update(dispute=into)
    _told(dispute, into, moved, step)
    return dispute, False


@law("PM-17")
def _refusal_goes_along(dispute: Dispute, into: Dispute) -> None:
    """A party's no to mediation is not undone by another code for the same quarrel."""
    if dispute.mediation_refused and not into.mediation_refused:
        into.mediation_refused_at = dispute.mediation_refused_at
        dispute_stored(into)


def _refusal_goes_back(dispute: Dispute, into: Dispute) -> None:
    """What came along with the other goes back with it; a no that was said since stays."""
    if dispute.mediation_refused_at and into.mediation_refused_at == dispute.mediation_refused_at:
        into.mediation_refused_at = None
        dispute_stored(into)


@transaction.atomic
def dispute_unmerge(*, actor: Actor, dispute_id: UUID, reason: str) -> tuple[Dispute, bool]:
    """Undo: the records that came with it go back. The second value: they were parted before."""
    dispute = locked(dispute_id, absorbed=True)
    if dispute.merged_into_id is None and done_before(dispute, actor, "unmerge", {}):
        return dispute, True
    if dispute.state != DisputeState.MERGED or dispute.merged_into_id is None:
        raise Problem("transition_not_allowed", current=dispute.state, event="unmerge")
    into = locked(dispute.merged_into_id)
    dispute.merged_into = None
    _refusal_goes_back(dispute, into)
    step = take(dispute, Step(actor, "unmerge", reason))
    rows = DisputeScreening.objects.filter(dispute=into, via=dispute)
    moved = list(rows.values_list("screening_id", flat=True))
    rows.update(dispute=dispute, via=None)
    DisputeParty.objects.filter(dispute=into, source__screening_id__in=moved).update(dispute=dispute)
    _told(dispute, into, moved, step)
    return dispute, False


def _told(dispute: Dispute, into: Dispute, moved: list[UUID], step: DisputeTransition) -> None:
    """Phones, and the rules: of the one that goes on, what it has joined is news."""
    dispute_stored(dispute, [step])
    publish("dispute", [into.id])
    readers_changed([dispute.id, into.id], screenings=False)
    publish("screening", moved)
