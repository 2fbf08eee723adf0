"""Bulk moves of assignments: a CSV table → rows, and rows → what ends and what begins. Plain rules.

A row says who is in charge of a grid from a day on. The primary 主 of that grid ends by itself on that day,
a backup 备 only when the row names it in `instead_of`; what the worker held in the same grid ends as well. A
row without a worker only ends. Every fault names its row; with one fault nothing is moved.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from grids.sheets import Fault, SheetRefusedError, read_sheet

COLUMNS = {
    "grid": ("grid", "网格编码"),
    "worker": ("worker", "网格员账号"),
    "kind": ("kind", "主备"),
    "day": ("from", "起始日期"),
    "until": ("to", "结束日期"),
    "instead_of": ("instead_of", "替换账号"),
    "note": ("note", "交接说明"),
}
NEEDED = ("grid", "worker", "day")
KINDS = {"": "primary", "primary": "primary", "主": "primary", "backup": "backup", "备": "backup"}
NOTE_MAX = 2000


@dataclass(frozen=True, slots=True)
class MoveRow:
    """One row of the table, as it stands there: code of the grid, user names."""

    row: int
    grid: str
    worker: str
    kind: str
    day: date
    until: date | None = None
    instead_of: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Held:
    """Who is in charge of a grid from a day to the day before `until`. `assignment` is None while it is only
    planned."""

    assignment: UUID | None
    worker: str
    kind: str
    day: date
    until: date | None

    def overlaps(self, other: "Held") -> bool:
        ends_later = self.until is None or self.until > other.day
        return ends_later and (other.until is None or other.until > self.day)


@dataclass(frozen=True, slots=True)
class Planned:
    """What one row does: assignments that end on its day, and the one that begins (None: none, or it stands
    already)."""

    row: MoveRow
    ends: tuple[Held, ...] = ()
    begins: Held | None = None


def read(text: str, *, most: int) -> list[MoveRow]:
    """The rows of a CSV text. Raises `SheetRefusedError`."""
    rows, faults = [], []
    for number, cells in read_sheet(text, COLUMNS, needed=NEEDED, most=most):
        found = _row(number, cells)
        if isinstance(found, str):
            faults.append(Fault(number, found))
        else:
            rows.append(found)
    if faults:
        raise SheetRefusedError(faults)
    return rows


def _row(number: int, values: Mapping[str, str]) -> MoveRow | str:
    kind = KINDS.get(values.get("kind", "").lower())
    if kind is None:
        return "类型应为主或备 kind is primary 主 or backup 备"
    try:
        day = date.fromisoformat(values["day"])
        until = date.fromisoformat(values["until"]) if values.get("until") else None
    except ValueError:
        return "日期格式有误 dates are written 2026-01-31"
    if until is not None and until <= day:
        return "结束须晚于起始 the end is not after the beginning"
    if len(values.get("note", "")) > NOTE_MAX:
        return f"交接说明过长 the note has more than {NOTE_MAX} characters"
    instead = values.get("instead_of", "")
    if not values["worker"] and kind == "backup" and not instead:
        return "无人开始也无人结束 nobody begins and nobody ends"
    return MoveRow(
        number, values["grid"], values["worker"], kind, day, until, instead, values.get("note", "")
    )


def plan(rows: Sequence[MoveRow], held: Mapping[str, Sequence[Held]], today: date) -> list[Planned]:
    """What the rows do, one after another, to who holds the grids (by code). Raises `SheetRefusedError`."""
    now = {code: list(entries) for code, entries in held.items()}
    planned: list[Planned] = []
    faults = []
    for row in rows:
        found = _planned(row, now.get(row.grid, []), today)
        if isinstance(found, str):
            faults.append(Fault(row.row, found))
            continue
        planned = [_cut_short(one, found) for one in planned]
        stored = tuple(entry for entry in found.ends if entry.assignment)
        planned.append(replace(found, ends=stored))
        now[row.grid] = _after(now.get(row.grid, []), found)
    if faults:
        raise SheetRefusedError(faults)
    return planned


def _cut_short(earlier: Planned, later: Planned) -> Planned:
    """An assignment that a row begins and a later row of the same table ends was never without that end."""
    if earlier.row.grid != later.row.grid or earlier.begins not in later.ends or earlier.begins is None:
        return earlier
    return replace(earlier, begins=replace(earlier.begins, until=later.row.day))


def _planned(row: MoveRow, held: Sequence[Held], today: date) -> Planned | str:
    if row.day < today:
        return "日期已过 the day is past"
    begins = Held(None, row.worker, row.kind, row.day, row.until) if row.worker else None
    if begins and any(_stands(entry, begins) for entry in held):
        return Planned(row)
    leaving = [entry for entry in held if _leaves(entry, row)]
    if row.instead_of and not any(entry.worker == row.instead_of for entry in leaving):
        return f"届时并不负责该网格 {row.instead_of} is not in charge of the grid then"
    if later := next((entry for entry in leaving if entry.day >= row.day), None):
        return f"请先结束之后的安排 {later.worker} is to begin there on {later.day}: end that first"
    staying = [entry for entry in held if entry not in leaving]
    if begins and any(_clashes(entry, begins) for entry in staying):
        return "与该网格另一安排重叠 another assignment of the grid overlaps"
    if not (begins or leaving):
        return "无人开始也无人结束 nobody begins and nobody ends"
    return Planned(row, tuple(leaving), begins)


def _stands(entry: Held, begins: Held) -> bool:
    same = (entry.worker, entry.kind, entry.until) == (begins.worker, begins.kind, begins.until)
    return same and entry.day <= begins.day


def _leaves(entry: Held, row: MoveRow) -> bool:
    """Whom the row replaces: of those still there the primary, the worker's own other one, or the named."""
    if entry.until is not None and entry.until <= row.day:
        return False
    if row.until is not None and entry.day >= row.until:
        return False
    primary = row.kind == "primary" and entry.kind == "primary" and not row.instead_of
    return primary or entry.worker in (row.worker, row.instead_of)


def _clashes(entry: Held, begins: Held) -> bool:
    both_primary = entry.kind == begins.kind == "primary"
    return entry.overlaps(begins) and (both_primary or entry.worker == begins.worker)


def _after(held: Sequence[Held], done: Planned) -> list[Held]:
    day = done.row.day
    after = [replace(entry, until=day) if entry in done.ends else entry for entry in held]
    return after + ([done.begins] if done.begins else [])
