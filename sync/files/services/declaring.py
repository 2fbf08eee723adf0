"""Files as the items of a push declare them. Called around the kind's own service, in its transaction."""

from collections.abc import Sequence
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Count, Sum

from accounts.models import Device
from edge.conf import setting
from edge.encryption import seal_value
from kernel.actor import Actor
from kernel.problems import Problem
from sync import registry
from sync.files.declared import FileDeclared, label
from sync.files.models import File
from sync.items import Outcome, PushItem, State, accepted
from sync.services import restate

log = structlog.get_logger()


def declare(actor: Actor, items: Sequence[PushItem]) -> None:
    """Enter the files of these items before their records are stored; `settle` ends it.

    Problems `file_id_reused`, `file_not_replaceable`, `files_too_many`, `files_too_large`: then none of the
    items may be stored. The same file declared again for the same record is no fault.
    """
    rows = [_row(actor, item, file) for item in items for file in item.files]
    if not rows:
        return
    _supersede(rows)
    File.objects.bulk_create(rows, ignore_conflicts=True)
    stored = File.objects.in_bulk([row.id for row in rows])
    if any(_identity(stored[row.id]) != _identity(row) for row in rows):
        raise Problem("file_id_reused")
    for kind in {row.kind for row in rows}:
        _check_room(kind, {row.record for row in rows if row.kind == kind})


def settle(actor: Actor, items: Sequence[PushItem], outcomes: Sequence[Outcome]) -> None:
    """Keep the files of the items that were accepted, under the record's key, and forget those of others."""
    told = [(item, outcome) for item, outcome in zip(items, outcomes, strict=True) if item.files]
    if not told:
        return
    accepted = {item.id: outcome for item, outcome in told if outcome.state == State.ACCEPTED}
    dropped = File.objects.filter(item__in=[item.id for item, _ in told if item.id not in accepted])
    File.objects.filter(id__in=list(dropped.values_list("replaces_id", flat=True))).update(superseded=False)
    dropped.delete()
    names = {file.id: label(file.name) for item, _ in told for file in item.files}
    kept = list(File.objects.filter(item__in=accepted, key_id__isnull=True))
    device_key = Device.objects.values_list("key_id", flat=True).get(id=actor.device_id) if kept else None
    for row in kept:
        row.key_id = accepted[row.item].key_id or _key_of_record(row) or device_key
        if row.key_id and names[row.id]:
            row.name = seal_value(File, "name", row.id, names[row.id], row.key_id)
    File.objects.bulk_update(kept, ["key_id", "name"])


def declare_late(actor: Actor, items: Sequence[PushItem]) -> None:
    """Files of items whose record stood already when they came: no service was asked about these. What cannot
    be declared is left out; the record is safe."""
    for item in items:
        try:
            with transaction.atomic():
                declare(actor, [item])
                settle(actor, [item], [accepted()])
                restate(item.kind, [item.target])
        except Problem as problem:
            log.warning("late files not declared", item=str(item.id), code=problem.code)


def _row(actor: Actor, item: PushItem, file: FileDeclared) -> File:
    return File(
        id=file.id, kind=item.kind, record=item.target, item=item.id, author_id=actor.user_id,
        role=str(actor.role), device_id=actor.device_id, type=file.type, size=file.size,
        sha256=bytes.fromhex(file.sha256), replaces_id=file.replaces, declared_at=item.received_at,
    )  # fmt: skip


def _identity(row: File) -> tuple[object, ...]:
    return row.author_id, row.kind, row.record, row.type, row.size, bytes(row.sha256), row.replaces_id


def _supersede(rows: Sequence[File]) -> None:
    """Mark what gets a new version. What a person has reviewed keeps its place."""
    known = set(File.objects.filter(id__in=[row.id for row in rows]).values_list("id", flat=True))
    wanted = {row.replaces_id: row for row in rows if row.replaces_id and row.id not in known}
    old = File.objects.select_for_update().filter(
        id__in=wanted, superseded=False, reviewed_at__isnull=True, key_id__isnull=False
    )
    fit = [
        row.id
        for row in old.order_by("id")
        if (row.author_id, row.kind, row.record)
        == (wanted[row.id].author_id, wanted[row.id].kind, wanted[row.id].record)
    ]
    if len(fit) < len([row for row in rows if row.replaces_id and row.id not in known]):
        raise Problem("file_not_replaceable")
    File.objects.filter(id__in=fit).update(superseded=True)


def _check_room(kind: str, records: set[UUID]) -> None:
    sums = File.objects.filter(kind=kind, record__in=records).values("record")
    most, total = registry.kind(kind).takes_files, setting("SYNC_RECORD_FILES_BYTES_MAX")
    for row in sums.annotate(count=Count("id"), bytes=Sum("size")):
        if row["count"] > most:
            raise Problem("files_too_many", fields={"files": str(most)})
        if row["bytes"] > total:
            raise Problem("files_too_large", fields={"files": str(total)})


def _key_of_record(row: File) -> UUID | None:
    """The key of what the record has already: one subject, one key."""
    others = File.objects.filter(kind=row.kind, record=row.record, key_id__isnull=False)
    return others.values_list("key_id", flat=True).first()
