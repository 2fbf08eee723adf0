"""Closing a record: restricted, sealed, opened again with its ground, destroyed. The keys close every copy;
the record's own package does what lies outside them (`privacy.closing`).
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.services import record
from edge.conf import setting
from edge.rows import existing
from kernel import clock, crypto, sealing
from kernel.actor import SYSTEM, Actor
from kernel.law import law
from kernel.problems import Problem
from privacy import closing, keys, terms
from privacy.machine import CLOSING, SEAL_BASES, ClosingState, MarkFault
from privacy.models import Closing, SealKey, SubjectKey
from privacy.services.holding import queries_open
from privacy.services.keys import keys_empty, keys_forgotten
from privacy.services.tombstones import Closed, tombstone_leave


@law("MI-SEAL", "MI-59")
@transaction.atomic
def closing_mark(*, actor: Actor, kind: str, subject_id: UUID, basis: str) -> Closing:
    """An officer's word that the record is to be sealed at its end, with the row of the law it rests on.
    Whether the actor may see the record has been asked before. Twice is no fault. Problem
    `seal_basis_unknown` for a row that is no ground of a seal.
    """
    if basis not in SEAL_BASES:
        raise Problem("seal_basis_unknown", basis=basis, bases=list(SEAL_BASES))
    row, _ = Closing.objects.select_for_update().get_or_create(subject_kind=kind, subject_id=subject_id)
    if not row.to_be_sealed:
        row.to_be_sealed, row.marked_by, row.mark_basis = True, actor.person, basis
        row.save(update_fields=["to_be_sealed", "marked_by", "mark_basis"])
        _told(actor, row, "marked", detail={"basis": basis})
    return row


@law("MI-SEAL", "MI-59")
@transaction.atomic
def closing_unmark(*, actor: Actor, kind: str, subject_id: UUID, fault: MarkFault) -> Closing:
    """Take a wrong mark back, before the seal and never after it; the record may be marked again. Problem
    `not_to_be_sealed` where no mark stands."""
    rows = Closing.objects.select_for_update().filter(subject_kind=kind, subject_id=subject_id)
    row = rows.filter(state__in=(ClosingState.OPEN, ClosingState.RESTRICTED)).first()
    if row is None or not row.to_be_sealed:
        raise Problem("not_to_be_sealed")
    basis = row.mark_basis
    row.to_be_sealed, row.marked_by, row.mark_basis = False, None, ""
    row.save(update_fields=["to_be_sealed", "marked_by", "mark_basis"])
    _told(actor, row, "unmarked", detail={"basis": basis, "fault": fault})
    return row


@law("PI-19/47")
@transaction.atomic
def closings_note(kind: str) -> int:
    """A row with its days for every record of the kind that has ended since; how many."""
    entry = closing.classes()[kind]
    known = Closing.objects.filter(subject_kind=kind, ended_on__isnull=False).values("subject_id")
    ended = list(entry.ended(known))
    kept, usual = entry.kept([subject_id for subject_id, _ in ended]), setting(entry.keep_days)
    for subject_id, ended_on in ended:
        days = _days(entry, ended_on, kept.get(subject_id, usual))
        Closing.objects.update_or_create(subject_kind=kind, subject_id=subject_id, defaults=days)
    return len(ended)


def _days(entry: closing.RecordClass, ended_on: date, keep_days: int) -> dict[str, Any]:
    later = setting(entry.restrict_days) if entry.restrict_days else 0
    return {
        "ended_on": ended_on,
        "restrict_on": terms.restrict_on(ended_on, days=later),
        "seal_due_at": terms.seal_due(ended_on, days=setting("SEAL_DAYS")),
        "retention_until": terms.retention_until(ended_on, days=keep_days),
    }


@law("PI-19/47", "CCL-54")
@transaction.atomic
def record_restrict(*, actor: Actor, closing_id: UUID) -> Closing:
    """限制: out of every list, search, count and phone. What began again only loses its days."""
    row = _locked(closing_id)
    if not closing.classes()[row.subject_kind].is_over(row.subject_id):
        row.ended_on = row.restrict_on = row.seal_due_at = row.retention_until = None
        row.save(update_fields=["ended_on", "restrict_on", "seal_due_at", "retention_until"])
        return row
    _move(actor, row, "restrict", restricted_at=clock.now())
    closing.classes()[row.subject_kind].restrict(actor, [row.subject_id])
    tombstone_leave(Closed("restricted", row.subject_kind, row.subject_id))
    return row


@law("MI-SEAL", "MI-59")
@transaction.atomic
def record_seal(*, actor: Actor, closing_id: UUID, seal_number: str = "") -> Closing:
    """封存: the keys are closed for the seal key, and the running system answers as if there had been
    nothing.

    Problems `not_to_be_sealed`, `seal_key_missing`.
    """
    row = _locked(closing_id)
    if not row.to_be_sealed:
        raise Problem("not_to_be_sealed")
    seal_key = SealKey.objects.filter(retired_at__isnull=True).first()
    if seal_key is None:
        raise Problem("seal_key_missing")
    number = seal_number or f"F{clock.today():%Y%m%d}-{row.pk.hex[-8:].upper()}"
    _move(actor, row, "seal", sealed_at=clock.now(), seal_number=number)
    entry = closing.classes()[row.subject_kind]
    entry.seal(actor, [row.subject_id])
    sealed = _seal_keys(entry.keys_of([row.subject_id]), seal_key)
    tombstone_leave(Closed("sealed", row.subject_kind, row.subject_id, sealed, number))
    return row


def _seal_keys(key_ids: Sequence[UUID], seal_key: SealKey) -> list[dict[str, str]]:
    """Close each key that stands open; what stands in their place, for the list of closings."""
    rows = SubjectKey.objects.select_for_update().filter(id__in=key_ids, destroyed_at__isnull=True)
    sealed = []
    for row in rows.exclude(wrapped_key=b"").order_by("id"):
        data_key = keys.unwrap(row.id, bytes(row.wrapped_key))
        row.sealed_key = sealing.seal_to(bytes(seal_key.public_key), data_key, keys.place(row.id))
        row.wrapped_key, row.seal_key_id = b"", seal_key.pk
        row.save(update_fields=["wrapped_key", "sealed_key", "seal_key_id"])
        key = {"id": str(row.id), "sealed": row.sealed_key.hex(), "seal_key": str(seal_key.pk)}
        sealed.append(key)
    keys_forgotten([UUID(key["id"]) for key in sealed])
    return sealed


@law("MI-SEAL")
@transaction.atomic
def seal_lift(
    *, actor: Actor, closing_id: UUID, head_half: str, keeper_half: str, reason: str, document_no: str
) -> Closing:
    """解除封存 with its ground and document, by both halves: restricted again, and no more than that.
    Problem `seal_query_open` while it stands open for a lawful query, which is answered first."""
    row = _locked(closing_id)
    if queries_open(row.seal_number):
        raise Problem("seal_query_open")
    opened = keys_unsealed(row, head_half, keeper_half)
    _move(
        actor, row, "lift", lifted_because=reason, lifted_document=document_no, opened_until=None,
        to_be_sealed=False,
    )  # fmt: skip
    for key_id, data_key in opened.items():
        SubjectKey.objects.filter(pk=key_id).update(
            wrapped_key=keys.wrap(key_id, data_key), sealed_key=None, seal_key_id=None, opened_until=None
        )
    closing.classes()[row.subject_kind].lift(actor, [row.subject_id])
    tombstone_leave(Closed("lifted", row.subject_kind, row.subject_id))
    return row


def keys_unsealed(row: Closing, head_half: str, keeper_half: str) -> dict[UUID, bytes]:
    """The data keys of a sealed record, opened by both halves; nothing is written.

    Problems `seal_half_unreadable`, `seal_halves_wrong`. The halves and what they make leave with the call.
    """
    private = seal_halves_check(head_half, keeper_half)
    ids = closing.classes()[row.subject_kind].keys_of([row.subject_id])
    rows = SubjectKey.objects.filter(id__in=ids, sealed_key__isnull=False)
    try:
        return {
            key.id: sealing.unseal(private, bytes(key.sealed_key or b""), keys.place(key.id)) for key in rows
        }
    except crypto.CannotOpenError as error:
        raise Problem("seal_halves_wrong") from error


def seal_halves_check(head_half: str, keeper_half: str) -> bytes:
    """The private key that two halves make; halves that make none in use are refused alike whether anything
    is sealed or not."""
    try:
        private = sealing.joined(sealing.read_printed(head_half), sealing.read_printed(keeper_half))
    except sealing.BadHalfError as error:
        raise Problem("seal_half_unreadable") from error
    public = sealing.public_of(private)
    if not SealKey.objects.filter(public_key=public).exists():
        raise Problem("seal_halves_wrong")
    return private


@law("PI-19/47")
def record_destroy(*, actor: Actor, row: Closing) -> None:
    """销毁, for the list with two signatures only: the keys are emptied. Inside a transaction, on a locked
    row."""
    entry = closing.classes()[row.subject_kind]
    key_ids = list(entry.keys_of([row.subject_id]))
    _move(SYSTEM, row, "destroy", destroyed_at=clock.now(), opened_until=None)
    entry.destroy(actor, [row.subject_id])
    keys_empty(key_ids)
    ids = [{"id": str(key_id)} for key_id in key_ids]
    tombstone_leave(Closed("destroyed", row.subject_kind, row.subject_id, ids))


def _locked(closing_id: UUID) -> Closing:
    row = existing(Closing.objects.select_for_update().filter(pk=closing_id))
    return row


def _move(actor: Actor, row: Closing, event: str, **columns: Any) -> None:
    role = actor.role.value if actor.role else None
    step = CLOSING.apply(row.state, event, role=role)
    changed = Closing.objects.filter(pk=row.pk, state=step.source).update(state=step.target, **columns)
    if changed != 1:
        raise Problem("conflict")
    row.refresh_from_db()
    _told(actor, row, event, reason=columns.get("lifted_because", ""))


def _told(
    actor: Actor, row: Closing, event: str, *, reason: str = "", detail: Mapping[str, Any] | None = None
) -> None:
    record(
        actor=actor, event=f"closing.{event}", subject_kind=row.subject_kind, subject_id=row.subject_id,
        reason=reason, detail=detail,
    )  # fmt: skip
