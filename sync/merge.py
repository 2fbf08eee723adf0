"""Where an edit made offline belongs: after which version of its record, and beside whose changes.

An edit says the revision it was made from; the edits that its own device made before it and has not seen
answered count as one each (1, 2, 3 for three edits of a new record). A conflict is only where somebody else
wrote between that revision and now: an earlier or later edit of the same device never is one.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any
from uuid import UUID


class Place(StrEnum):
    """What is to be done with an edit."""

    APPLY = "apply"
    LATE = "late"  # the device's own later edit stands already: this one goes into the history
    HOLD = "hold"  # something that the device made before it has not arrived, or waits itself
    CLASH = "clash"


@dataclass(frozen=True, slots=True)
class Version:
    """An edit that stands. `rev` is what the record became by it, `base_rev` what its device said."""

    rev: int
    device: UUID
    seq: int
    base_rev: int


@dataclass(frozen=True, slots=True)
class Edit:
    """An edit to be placed. `forced`: it has waited long enough."""

    device: UUID
    seq: int
    base_rev: int
    forced: bool = False


def place(
    edit: Edit, *, rev: int | None, versions: Iterable[Version], waiting: Iterable[tuple[UUID, int]]
) -> Place:
    """Where `edit` belongs. `rev` is that of the record (None: there is none yet); `waiting` names (device,
    seq) of edits of this record that are held, in conflict or before a person."""
    known = list(versions)
    own = [version for version in known if version.device == edit.device]
    if any(version.seq > edit.seq for version in own):
        return Place.LATE
    blocked = any(device == edit.device and seq < edit.seq for device, seq in waiting)
    base = _base(edit, rev, own)
    if not edit.forced and (blocked or base is None):
        return Place.HOLD
    if base is None:
        base = rev or 0
    others = any(version.rev > base and version.device != edit.device for version in known)
    return Place.CLASH if others else Place.APPLY


def _base(edit: Edit, rev: int | None, own: list[Version]) -> int | None:
    """The revision that the edit was really made from; None when that has not arrived."""
    if rev is None:
        return None
    before = [version.rev for version in own if version.base_rev + 1 == edit.base_rev]
    if before:
        return max(before)
    return edit.base_rev if edit.base_rev <= rev else None


@dataclass(frozen=True, slots=True)
class Change:
    """The latest change of one field of a record: the value now, since which revision, by whose device."""

    field: str
    value: Any
    rev: int
    device: UUID | None


@dataclass(frozen=True, slots=True)
class Merged:
    """`apply`: to be written. `same`: stands already. `clashes`: changed by somebody else meanwhile."""

    apply: dict[str, Any] = field(default_factory=dict)
    same: tuple[str, ...] = ()
    clashes: tuple[str, ...] = ()


def merge(
    proposed: Mapping[str, Any], *, base_rev: int, device: UUID | None, changes: Iterable[Change]
) -> Merged:
    """Field by field: what nobody else changed since `base_rev` is applied, an equal value is no conflict,
    and where somebody else changed the same field theirs stays."""
    latest = {change.field: change for change in changes}
    apply: dict[str, Any] = {}
    same, clashes = [], []
    for name, value in proposed.items():
        change = latest.get(name)
        if change is not None and change.value == value:
            same.append(name)
        elif change is not None and change.rev > base_rev and (device is None or change.device != device):
            clashes.append(name)
        else:
            apply[name] = value
    return Merged(apply, tuple(same), tuple(clashes))
