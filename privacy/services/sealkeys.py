"""封存密钥: made once, its private key cut in two for two people and kept by nobody else."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from audit.services import record
from edge.locks import advisory
from kernel import clock, sealing
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from privacy.models import SealKey
from privacy.services.tombstones import Closed, tombstone_leave


@dataclass(frozen=True, slots=True)
class Halves:
    """What is printed, once: one text for each holder, and nowhere else."""

    seal_key: UUID
    head: str
    keeper: str


@law("MI-SEAL")
@transaction.atomic
def seal_key_make(*, actor: Actor, head_id: UUID, keeper_id: UUID, replace: bool = False) -> Halves:
    """A new seal key for these two. Problems `second_person_same`, `seal_key_exists` (unless it replaces
    one: what was sealed before still needs the halves of before).
    """
    if head_id == keeper_id:
        raise Problem("second_person_same")
    advisory("privacy.seal_key", ["seal_key"])
    current = SealKey.objects.filter(retired_at__isnull=True)
    if current.exists() and not replace:
        raise Problem("seal_key_exists")
    now = clock.now()
    current.update(retired_at=now)
    private, public = sealing.new_pair()
    row = SealKey.objects.create(public_key=public, made_at=now, head_id=head_id, keeper_id=keeper_id)
    held = {"public": public.hex(), "head": str(head_id), "keeper": str(keeper_id)}
    tombstone_leave(Closed("seal_key", "seal_key", row.pk, [held]))
    record(actor=actor, event="seal_key.made", subject_kind="seal_key", subject_id=row.pk)
    head, keeper = sealing.halves(private)
    return Halves(row.pk, sealing.printed(head), sealing.printed(keeper))
