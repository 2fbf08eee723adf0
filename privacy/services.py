"""Writes of privacy: keys of data subjects, and the log of who read what."""

from collections.abc import Sequence
from uuid import UUID

import orjson
from django.db import transaction

from audit.services import record
from edge import encryption, sqlfile
from edge.driver import raw_cursor
from kernel import clock, crypto
from kernel.actor import Actor
from kernel.codes.purposes import Purpose
from kernel.ids import uuid7s
from kernel.problems import Problem
from kernel.text import mask_numbers
from privacy import keys
from privacy.models import ReadLog, SubjectKey

REWRAP_BATCH = 1000


def subject_keys_create(n: int) -> list[UUID]:
    """`n` new keys in one statement; their ids. Called in the transaction of a person's first record."""
    now = clock.now()
    fresh = {key_id: crypto.new_key() for key_id in uuid7s(n)}
    wrapped = zip(fresh, keys.wrap_many(fresh), strict=True)
    rows = [{"id": key_id, "wrapped": envelope.hex()} for key_id, envelope in wrapped]
    raw_cursor().execute(
        sqlfile.load("privacy", "insert_keys"), {"keys": orjson.dumps(rows).decode(), "now": now}
    )
    # Kept at once: a key whose transaction is rolled back seals nothing that stays.
    keys.remember(fresh)
    return list(fresh)


@transaction.atomic
def subject_key_destroy(*, actor: Actor, key_id: UUID, reason: str) -> None:
    """Destroy a key: what was sealed under it cannot be read again, in no copy. Twice is no fault."""
    row = SubjectKey.objects.select_for_update().filter(id=key_id).first()
    if row is None:
        raise Problem("not_found")
    if row.destroyed_at is not None:
        return
    if not reason:
        raise Problem("reason_required")
    row.wrapped_key, row.destroyed_at = b"", clock.now()
    row.save(update_fields=["wrapped_key", "destroyed_at"])
    record(
        actor=actor,
        event="subject_key.destroyed",
        subject_kind="subject_key",
        subject_id=key_id,
        reason=reason,
    )
    keys.forget([key_id])
    transaction.on_commit(lambda: keys.forget([key_id]))


def subject_keys_rewrap() -> int:
    """Wrap every key again that stands under an older key of the ring; how many. Committed batch by batch."""
    current = encryption.ring()["wrapping"].current
    done, after = 0, UUID(int=0)
    while True:
        with transaction.atomic():
            rows = list(
                SubjectKey.objects.select_for_update()
                .filter(id__gt=after, destroyed_at__isnull=True)
                .order_by("id")[:REWRAP_BATCH]
            )
            stale = [row for row in rows if crypto.envelope_key_id(bytes(row.wrapped_key)) != current]
            for row in stale:
                row.wrapped_key = keys.wrap(row.id, keys.unwrap(row.id, bytes(row.wrapped_key)))
            SubjectKey.objects.bulk_update(stale, ["wrapped_key"])
        if not rows:
            return done
        done, after = done + len(stale), rows[-1].id


def read_logged(
    *,
    actor: Actor,
    subject_kind: str,
    subject_id: UUID,
    fields: Sequence[str],
    purpose: str,
    reason: str,
) -> UUID:
    """Leave the row without which a sensitive part is not shown; call it before the values are read.

    Problem `purpose_required` when the purpose is not one of the closed list or the reason is empty.
    """
    if purpose not in Purpose.values() or not reason.strip():
        raise Problem("purpose_required", purposes=Purpose.values())
    if actor.user_id is None:
        raise ValueError("the machine reads no sensitive part on its own")
    row = ReadLog.objects.create(
        read_at=clock.now(),
        reader_id=actor.user_id,
        role=actor.role or "",
        organisation_id=actor.organisation_id,
        device_id=actor.device_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        fields=list(fields),
        purpose=purpose,
        reason=mask_numbers(reason.strip())[0],
        request_id=actor.request_id,
    )
    return row.id
