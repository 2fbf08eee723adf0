"""What was agreed on the spot, and notes: words of people, sealed."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from audit.services import record
from disputes.machine import TO_HANDLING
from disputes.models import Dispute, DisputeNote, Settlement
from disputes.services.acts import from_paper
from disputes.services.moving import dispute_walk, done_before, locked
from edge.encryption import seal_value
from edge.repeats import made_before
from kernel import clock, text
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from privacy.services import subject_keys_create
from tasks.services import Paper


@law("GR-12")
@transaction.atomic
def dispute_settle(
    *,
    actor: Actor,
    dispute_id: UUID,
    terms: str,
    by_whom: str,
    agreed_on: date,
    device_at: datetime | None = None,
    paper: Paper | None = None,
) -> tuple[Dispute, bool]:
    """Settled on the spot by who answers for the level, with what was agreed and by whom. Not after a
    refusal, and nobody brings two sides together on the protected track."""
    dispute = locked(dispute_id)
    if done_before(dispute, actor, "settle", {}):
        return dispute, True
    _check_settling(dispute, terms, by_whom, agreed_on)
    settled = dispute_walk(
        actor=actor, dispute_id=dispute_id, event="settle", reason="当场化解 settled on the spot",
        device_at=device_at,
    )  # fmt: skip
    pk, (key_id,) = uuid7(), subject_keys_create(1)
    Settlement.objects.create(
        id=pk, dispute=settled, key_id=key_id, agreed_on=agreed_on, actor_id=actor.person,
        role=str(actor.role), device_at=device_at, at=clock.now(),
        terms=seal_value(Settlement, "terms", pk, _clean(terms), key_id),
        by_whom=seal_value(Settlement, "by_whom", pk, _clean(by_whom), key_id),
    )  # fmt: skip
    from_paper(actor, settled, "settlement", pk, paper)
    return settled, False


def _check_settling(dispute: Dispute, terms: str, by_whom: str, agreed_on: date) -> None:
    if dispute.state not in TO_HANDLING:
        raise Problem("transition_not_allowed", current=dispute.state, event="settle")
    if dispute.protected:
        raise Problem("no_contact_while_protected")
    if dispute.mediation_refused:
        raise Problem("mediation_refused")
    if agreed_on > clock.today():
        raise Problem("invalid", fields={"agreed_on": ["in_future"]})
    if not terms.strip() or not by_whom.strip():
        raise Problem("settlement_required")


@transaction.atomic
def note_add(
    *,
    actor: Actor,
    dispute_id: UUID,
    id: UUID,
    words: str,
    device_at: datetime | None = None,
    absorbed: bool = False,
) -> tuple[DisputeNote, bool]:
    """Leave a note with the dispute; the second value: it was left before under this id. A grid worker
    leaves none on the protected track: what was told there is a screening of its own. `absorbed`: one that
    comes late stays with the dispute of which it was said, and is read with the one that goes on."""
    dispute = locked(dispute_id, absorbed=absorbed)
    if known := made_before(DisputeNote, id, dispute_id=dispute.id, actor_id=actor.person):
        return known, True
    if dispute.protected and actor.role == Role.GRID_WORKER:
        raise Problem("no_contact_while_protected")
    if not words.strip():
        raise Problem("invalid", fields={"words": ["required"]})
    (key_id,) = subject_keys_create(1)
    note = DisputeNote.objects.create(
        id=id, dispute=dispute, key_id=key_id, actor_id=actor.person, role=str(actor.role),
        device_at=device_at, at=clock.now(),
        words=seal_value(DisputeNote, "words", id, _clean(words), key_id),
    )  # fmt: skip
    record(
        actor=actor, event="dispute.noted", subject_kind="dispute", subject_id=dispute.id,
        device_at=device_at, detail={"note": str(note.id)},
    )  # fmt: skip
    return note, False


def _clean(words: str) -> str:
    cleaned = text.clean(words)
    if cleaned is None:
        raise Problem("invalid", fields={"words": ["control_character"]})
    return cleaned
