"""The brief 简要情况 of a dispute: several may word it, and nobody's words are lost."""

from uuid import UUID

from django.db import transaction

from audit.services import record
from disputes.models import Dispute, DisputeChange
from disputes.services.moving import locked
from disputes.services.telling import dispute_stored
from edge.encryption import open_value, seal_value
from kernel import clock, text
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.problems import Problem
from privacy.services import subject_keys_create
from sync.merge import Change, Merged, merge

BRIEF = "brief"


@transaction.atomic
def brief_set(*, actor: Actor, dispute_id: UUID, brief: str, base_rev: int | None = None) -> Merged:
    """Word the brief anew, from what stood at `base_rev` (default: what stands now). What somebody else
    worded since then stays (`clashes`). Every wording is kept, sealed. Numbers of people are masked."""
    dispute = locked(dispute_id)
    if dispute.restricted or dispute.protected:
        raise Problem("brief_of_hidden_dispute")
    worded, _ = text.mask_numbers(text.clean(brief) or "")
    if not worded.strip():
        raise Problem("invalid", fields={BRIEF: ["required"]})
    found = merge(
        {BRIEF: worded},
        base_rev=dispute.rev if base_rev is None else base_rev,
        device=actor.device_id,
        changes=changes_of(dispute),
    )
    if found.apply:
        _write(actor, dispute, worded)
    return found


def changes_of(dispute: Dispute) -> list[Change]:
    """The latest change of the brief, as the merge looks at it."""
    last = DisputeChange.objects.filter(dispute=dispute, field=BRIEF).order_by("-rev").first()
    return [] if last is None else [Change(BRIEF, dispute.brief, last.rev, last.device_id)]


def _write(actor: Actor, dispute: Dispute, worded: str) -> None:
    pk, (key_id,) = uuid7(), subject_keys_create(1)
    DisputeChange.objects.create(
        id=pk, dispute=dispute, field=BRIEF, rev=dispute.rev + 1, key_id=key_id,
        value=seal_value(DisputeChange, "value", pk, worded, key_id), actor_id=actor.person,
        role=str(actor.role), device_id=actor.device_id, at=clock.now(),
    )  # fmt: skip
    dispute.brief = worded
    dispute_stored(dispute)
    record(
        actor=actor, event="dispute.brief_set", subject_kind="dispute", subject_id=dispute.id, fields=[BRIEF]
    )


def wording_of(change: DisputeChange) -> str | None:
    """The words of one change. The read log is the caller's matter."""
    return open_value(DisputeChange, "value", change.id, change.value)
