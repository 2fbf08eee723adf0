"""Keys of data subjects: made, destroyed, wrapped again."""

from collections.abc import Sequence
from uuid import UUID

import orjson
from django.db import transaction

from audit.services import record
from edge import encryption, sqlfile
from edge.driver import raw_cursor
from edge.rows import existing
from kernel import clock, crypto
from kernel.actor import Actor
from kernel.ids import uuid7s
from kernel.problems import Problem
from privacy import keys
from privacy.models import SubjectKey
from privacy.services.tombstones import Closed, tombstone_leave

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
    row = existing(SubjectKey.objects.select_for_update().filter(id=key_id))
    if row.destroyed_at is not None:
        return
    if not reason:
        raise Problem("reason_required")
    keys_empty([key_id])
    record(
        actor=actor,
        event="subject_key.destroyed",
        subject_kind="subject_key",
        subject_id=key_id,
        reason=reason,
    )
    tombstone_leave(Closed("destroyed", "subject_key", key_id, [{"id": str(key_id)}]))


def keys_empty(key_ids: Sequence[UUID]) -> list[UUID]:
    """Empty the keys, in every form in which they stand; those that were not yet. Inside a transaction."""
    rows = SubjectKey.objects.filter(id__in=key_ids, destroyed_at__isnull=True)
    ids = list(rows.select_for_update().order_by("id").values_list("id", flat=True))
    SubjectKey.objects.filter(id__in=ids).update(
        wrapped_key=b"", sealed_key=None, seal_key_id=None, opened_until=None, destroyed_at=clock.now()
    )
    keys_forgotten(ids)
    return ids


def keys_forgotten(key_ids: Sequence[UUID]) -> None:
    """This process opens nothing by them any more, now and after the commit."""
    keys.forget(key_ids)
    transaction.on_commit(lambda: keys.forget(key_ids))


def subject_keys_rewrap() -> int:
    """Wrap every key again that stands under an older key of the ring; how many. Committed batch by batch."""
    current = encryption.ring()["wrapping"].current
    done, after = 0, UUID(int=0)
    while True:
        with transaction.atomic():
            rows = list(
                SubjectKey.objects.select_for_update()
                .filter(id__gt=after, destroyed_at__isnull=True)
                .exclude(wrapped_key=b"")
                .order_by("id")[:REWRAP_BATCH]
            )
            stale = [row for row in rows if crypto.envelope_key_id(bytes(row.wrapped_key)) != current]
            for row in stale:
                row.wrapped_key = keys.wrap(row.id, keys.unwrap(row.id, bytes(row.wrapped_key)))
            SubjectKey.objects.bulk_update(stale, ["wrapped_key"])
        if not rows:
            return done
        done, after = done + len(stale), rows[-1].id
