"""Keys of data subjects: made, destroyed, wrapped again."""

from uuid import UUID

import orjson
from django.db import transaction

from audit.services import record
from edge import encryption, sqlfile
from edge.driver import raw_cursor
from kernel import clock, crypto
from kernel.actor import Actor
from kernel.ids import uuid7s
from kernel.problems import Problem
from privacy import keys
from privacy.models import SubjectKey

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
