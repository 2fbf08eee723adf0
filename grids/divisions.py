"""The yearly change of division codes (GR-6): a table old → new, and what it does to the tree. Plain rules.

| the table says | what happens |
|---|---|
| one old, one new code | the division goes on under the new code (`recoded`; below another one: `moved`) |
| the same code, another name | it is `renamed` |
| several old, one new | they are `merged`: one that keeps its code goes on, the others end |
| one old, several new | it is `split`: what keeps the code goes on, the other parts are new |
| no old code | a new division |

What lies below a division that goes on follows with its digits, unless the table has a row of its own for it.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from grids import codes
from grids.sheets import Fault, SheetRefusedError, read_sheet
from kernel.law import law

COLUMNS = {"old": ("old", "旧代码"), "new": ("new", "新代码"), "name": ("name", "名称")}
NEEDED = ("old", "new")
NAME_MAX = 100
_NAMELESS = "新区划须有名称 a new one has a name"


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """`old` and `new` are 12-digit codes; `old` is empty for a division that is new."""

    row: int
    old: str
    new: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A division in force: its code, name, level and the code of the one above."""

    code: str
    name: str
    level: str
    parent: str | None


@dataclass(frozen=True, slots=True)
class Change:
    """One line of history. `kind` is one of `recoded renamed moved merged split`; `row` 0: it followed."""

    row: int
    kind: str
    old: Known
    new: str
    name: str

    @property
    def goes_on(self) -> bool:
        """Whether it is still the same division afterwards."""
        return self.kind in ("recoded", "renamed", "moved")


@dataclass(slots=True)
class Plan:
    """`changes` in the order of the table, then what followed; `created` by code; `ended` are codes; `rows`:
    new code → row of the table."""

    changes: list[Change] = field(default_factory=list)
    created: dict[str, Known] = field(default_factory=dict)
    ended: list[str] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)

    @property
    def goes_on(self) -> dict[str, Change]:
        """Old code → change, of the divisions that are still the same ones afterwards."""
        return {one.old.code: one for one in self.changes if one.goes_on}


@dataclass(slots=True)
class _Table:
    """The rows by what they name, so that each is looked at once: five thousand rows name each other."""

    rows: Sequence[ChangeRow]
    known: Mapping[str, Known]
    olds: dict[str, set[str]] = field(default_factory=dict)
    news: dict[str, dict[str, None]] = field(default_factory=dict)
    leaving: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for row in self.rows:
            olds = self.olds.setdefault(row.new, set())
            if row.old:
                olds.add(row.old)
            self.news.setdefault(row.old, {})[row.new] = None
            if row.old != row.new:
                self.leaving.add(row.old)


def read(text: str, *, most: int) -> list[ChangeRow]:
    """The rows of a CSV text. Raises `SheetRefusedError`."""
    sheet = read_sheet(text, COLUMNS, needed=NEEDED, most=most)
    long = [
        Fault(row, f"名称过长 a name has at most {NAME_MAX} characters")
        for row, cells in sheet
        if len(cells.get("name", "")) > NAME_MAX
    ]
    if long:
        raise SheetRefusedError(long)
    return [ChangeRow(row, cells["old"], cells["new"], cells.get("name", "")) for row, cells in sheet]


def level_of(code: str) -> str:
    """The level that a 12-digit code names by its zeros."""
    for level, own in codes.AREA_DIGITS.items():
        if not code[own:].strip("0"):
            return level
    return "community"


@law("GR-6")
def plan(rows: Sequence[ChangeRow], known: Mapping[str, Known]) -> Plan:
    """What the table does to the divisions in force (by code). Raises `SheetRefusedError`."""
    table = _Table(rows, known)
    faults = [*_twice(rows), *(fault for row in rows for fault in _faults(row, table))]
    if faults:
        raise SheetRefusedError(sorted(faults, key=lambda fault: fault.row))
    made = Plan(rows={row.new: row.row for row in rows})
    for row in rows:
        _take(made, row, table)
    made.ended = sorted(
        {row.old for row in rows if row.old}
        - made.goes_on.keys()
        - {row.new for row in rows if row.old == row.new}
    )
    _follow(made, known)
    faults = _faults_of_the_tree(made, rows, known)
    if faults:
        raise SheetRefusedError(faults)
    return made


def _twice(rows: Sequence[ChangeRow]) -> Iterable[Fault]:
    seen: set[tuple[str, str]] = set()
    for row in rows:
        if (row.old, row.new) in seen:
            yield Fault(row.row, "重复的行 the same row twice")
        seen.add((row.old, row.new))


def _faults(row: ChangeRow, table: _Table) -> Iterable[Fault]:
    known = table.known
    level = level_of(row.new)
    if fault := codes.area_code_fault(row.new, level):
        yield Fault(row.row, f"新代码有误 {row.new}: {fault}")
    if row.old and row.old not in known:
        yield Fault(row.row, f"旧代码未生效 {row.old} is not in force")
    elif row.old and known[row.old].level != level:
        yield Fault(
            row.row, f"层级不同 {row.old} is a {known[row.old].level}, {row.new} the code of a {level}"
        )
    if not row.old and (row.new in known or not row.name):
        yield Fault(
            row.row, _NAMELESS if row.new not in known else f"代码已在用 {row.new} is in force already"
        )
    news, olds = len(table.news[row.old]), len(table.olds[row.new])
    alone = news == olds == 1
    if row.old in known and row.old == row.new and alone and row.name in ("", known[row.old].name):
        yield Fault(row.row, "没有变更 nothing changes")
    if row.old and news > 1 and olds > 1:
        yield Fault(row.row, "同时拆分又合并，请分两张表 split and merged at once: make it two tables")


def _take(made: Plan, row: ChangeRow, table: _Table) -> None:
    known = table.known
    level = level_of(row.new)
    there = known.get(row.new) or made.created.get(row.new)
    if not row.old:
        made.created[row.new] = Known(row.new, row.name, level, codes.parent_code(row.new, level))
        return
    old, kind = known[row.old], _kind(row, table)
    name = row.name or old.name
    if kind in ("merged", "split"):
        if row.old == row.new:
            kind = "renamed"
        elif there is None:
            made.created[row.new] = Known(row.new, name, level, codes.parent_code(row.new, level))
        else:
            name = there.name
    if kind != "renamed" or name != old.name:
        made.changes.append(Change(row.row, kind, old, row.new, name))


def _kind(row: ChangeRow, table: _Table) -> str:
    if len(table.news[row.old]) > 1:
        return "split"
    stays = row.new in table.known and row.new not in table.leaving
    if len(table.olds[row.new]) > 1 or (row.new != row.old and stays):
        return "merged"
    if row.old == row.new:
        return "renamed"
    parent = table.known[row.old].parent or ""
    parent_now = next(iter(table.news.get(parent, {parent: None})))
    return "recoded" if parent_now == (codes.parent_code(row.new, level_of(row.new)) or "") else "moved"


def _follow(made: Plan, known: Mapping[str, Known]) -> None:
    """What lies below takes over the new digits, level by level."""
    said = {one.old.code for one in made.changes} | set(made.ended)
    moving = {one.old.code: one.new for one in made.changes if one.kind in ("recoded", "moved")}
    for level in list(codes.AREA_DIGITS)[1:]:
        for area in [one for one in known.values() if one.level == level and one.code not in said]:
            if area.parent in moving:
                own = codes.AREA_DIGITS[level_of(area.parent)]
                new = moving[area.parent][:own] + area.code[own:]
                made.changes.append(Change(0, "recoded", area, new, area.name))
                moving[area.code] = new


def _faults_of_the_tree(made: Plan, rows: Sequence[ChangeRow], known: Mapping[str, Known]) -> list[Fault]:
    row_of = {row.old: row.row for row in rows if row.old} | {row.new: row.row for row in rows}
    moved = {code: one.new for code, one in made.goes_on.items()}
    ended = set(made.ended)
    after = [moved.get(code, code) for code in known if code not in ended] + list(made.created)
    twice = [code for code, times in Counter(after).items() if times > 1]
    faults = [
        Fault(row_of.get(code, 0), f"两个区划同一代码 {code} would be the code of two divisions")
        for code in sorted(twice)
    ]
    standing = set(after)
    for code in sorted({*moved.values(), *made.created}):
        above = codes.parent_code(code, level_of(code))
        if above is not None and above not in standing:
            faults.append(Fault(row_of.get(code, 0), f"缺少上级区划 {code}: no division {above} above it"))
    for one in known.values():
        if one.parent in ended and one.code not in ended and one.code not in moved:
            faults.append(
                Fault(row_of.get(one.parent, 0), f"仍有下级区划 {one.code} still lies in {one.parent}")
            )
    return faults
