"""Two codes for one quarrel: merged by a person, undone by a person. The older code stays as an alias."""

from uuid import UUID

from django.db import transaction

from disputes.codes import DisputeState
from disputes.machine import OPEN_STATES
from disputes.models import Dispute, DisputeParty, DisputeScreening
from disputes.services.moving import Step, locked, take
from kernel.actor import Actor
from kernel.problems import Problem
from sync.services import publish


@transaction.atomic
def dispute_merge(*, actor: Actor, dispute_id: UUID, into_id: UUID, reason: str) -> Dispute:
    """Merge a registered dispute into an open one. Its records move there and remember where they came
    from, so that late ones land right and it can be undone. What is protected or restricted is not merged:
    it would be told."""
    if dispute_id == into_id:
        raise Problem("cannot_merge_self")
    first, second = (locked(entry) for entry in sorted((dispute_id, into_id)))
    dispute, into = (first, second) if first.id == dispute_id else (second, first)
    if any(entry.protected or entry.restricted for entry in (dispute, into)):
        raise Problem("protected_no_joint")
    if into.state not in OPEN_STATES or Dispute.objects.filter(merged_into=dispute).exists():
        raise Problem("transition_not_allowed", current=into.state, event="merge")
    dispute.merged_into = into
    take(dispute, Step(actor, "merge", reason, facts={"into": str(into.id)}))
    rows = DisputeScreening.objects.filter(dispute=dispute)
    moved = list(rows.values_list("screening_id", flat=True))
    rows.update(dispute=into, via=dispute)
    DisputeParty.objects.filter(dispute=dispute).update(dispute=into)
    return _told(dispute, into, moved)


@transaction.atomic
def dispute_unmerge(*, actor: Actor, dispute_id: UUID, reason: str) -> Dispute:
    """Undo: the records that came with it go back."""
    dispute = locked(dispute_id)
    if dispute.state != DisputeState.MERGED or dispute.merged_into_id is None:
        raise Problem("transition_not_allowed", current=dispute.state, event="unmerge")
    into = locked(dispute.merged_into_id)
    dispute.merged_into = None
    take(dispute, Step(actor, "unmerge", reason))
    rows = DisputeScreening.objects.filter(dispute=into, via=dispute)
    moved = list(rows.values_list("screening_id", flat=True))
    rows.update(dispute=dispute, via=None)
    DisputeParty.objects.filter(dispute=into, source__screening_id__in=moved).update(dispute=dispute)
    return _told(dispute, into, moved)


def _told(dispute: Dispute, into: Dispute, moved: list[UUID]) -> Dispute:
    dispute.store()
    publish("dispute", [dispute.id, into.id])
    publish("screening", moved)
    return dispute
