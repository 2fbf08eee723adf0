"""After a restore: what was closed since the backup is closed again, from the list outside the database."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction

from audit.services import record
from edge.locks import longer_statements
from kernel import clock
from kernel.actor import SYSTEM
from kernel.law import law
from privacy import closing, tombstones
from privacy.machine import ClosingState
from privacy.models import Closing, SealKey, SubjectKey
from privacy.services.keys import keys_empty, keys_forgotten

Line = Mapping[str, Any]
RANK = (ClosingState.OPEN, ClosingState.RESTRICTED, ClosingState.SEALED, ClosingState.DESTROYED)
WORK_MS = 600_000


@law("PI-19/47", "MI-SEAL")
@transaction.atomic
def closings_reapply() -> dict[str, int]:
    """Read the list and bring every key and record to where it says; how many of each had come back.

    May be run at any time and twice. BrokenListError when the list itself is not whole; then nothing is done.
    """
    lines = tombstones.read(Path(settings.CLOSINGS)) if settings.CLOSINGS else []
    longer_statements(WORK_MS)
    last = {(line["kind"], line["subject"]): _stands(line) for line in lines}
    done = {"seal_keys": _seal_keys(lines), "sealed": 0, "destroyed": 0, "restricted": 0}
    for line in last.values():
        if line["event"] in done:
            done[line["event"]] += _again(line)
    return done


def _stands(line: Line) -> Line:
    """What was unsealed is restricted since, and is not to be sealed any more."""
    return {**line, "event": "restricted", "lifted": True} if line["event"] == "lifted" else line


def _seal_keys(lines: Sequence[Line]) -> int:
    """A seal key that was made after the backup: its public half stands in the list."""
    made = 0
    for line in lines:
        if line["event"] == "seal_key" and not SealKey.objects.filter(pk=line["subject"]).exists():
            SealKey.objects.filter(retired_at__isnull=True).update(retired_at=clock.now())
            (held,) = line["keys"]
            SealKey.objects.create(
                pk=UUID(line["subject"]), public_key=bytes.fromhex(held["public"]),
                head_id=UUID(held["head"]), keeper_id=UUID(held["keeper"]),
                made_at=datetime.fromisoformat(line["at"]),
            )  # fmt: skip
            made += 1
    return made


def _again(line: Line) -> int:
    """One record; 1 where something of it had come back."""
    came_back = _KEYS[line["event"]](line)
    entry = closing.classes().get(line["kind"])
    if entry is not None:
        came_back = _row(line) or came_back
        if came_back:
            _outside_the_keys(entry, line)
    if came_back:
        record(
            actor=SYSTEM, event="closing.reapplied", subject_kind=line["kind"],
            subject_id=UUID(line["subject"]), detail={"event": line["event"]},
        )  # fmt: skip
    return int(came_back)


def _outside_the_keys(entry: closing.RecordClass, line: Line) -> None:
    """Off phones and lists first: the backup may be older than the restriction as well."""
    acts = {"restricted": (), "sealed": (entry.seal,), "destroyed": (entry.destroy,)}
    for act in (entry.restrict, *acts[line["event"]]):
        act(SYSTEM, [UUID(line["subject"])])


def _row(line: Line) -> bool:
    """The record's own row, made where the backup does not have it; never brought to a weaker closing."""
    state = ClosingState(line["event"])
    row, _ = Closing.objects.select_for_update().get_or_create(
        subject_kind=line["kind"], subject_id=UUID(line["subject"])
    )
    if line.get("lifted") and row.state != ClosingState.SEALED:
        row.to_be_sealed = False
        row.save(update_fields=["to_be_sealed"])
    if RANK.index(ClosingState(row.state)) >= RANK.index(state):
        return False
    at = datetime.fromisoformat(line["at"])
    row.state = state
    row.seal_number = line["number"] or row.seal_number
    row.opened_until = None
    setattr(row, f"{state.value}_at", at)
    row.save()
    return True


def _no_keys(_line: Line) -> bool:
    return False


def _destroyed(line: Line) -> bool:
    return bool(keys_empty([UUID(key["id"]) for key in line["keys"]]))


def _sealed(line: Line) -> bool:
    """Put back what stands in the place of each key; one that stands open leaves with it."""
    open_again = []
    for key in line["keys"]:
        rows = SubjectKey.objects.filter(pk=key["id"], destroyed_at__isnull=True).exclude(wrapped_key=b"")
        sealed = bytes.fromhex(key["sealed"])
        changed = rows.update(
            wrapped_key=b"", sealed_key=sealed, seal_key_id=key["seal_key"], opened_until=None
        )
        open_again += [UUID(key["id"])] * changed
    keys_forgotten(open_again)
    return bool(open_again)


_KEYS = {"restricted": _no_keys, "sealed": _sealed, "destroyed": _destroyed}
