"""今日待办, the worklist: one for the active role, made of sections that packages register. Nothing is stored
here.

A section is a function of actor and instant; it shows only what `visible_to` of its own package shows.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from kernel.actor import Actor
from kernel.codes import CodeTable
from kernel.codes.roles import Role


class SectionKind(CodeTable, table="worklist_section"):
    """What a section asks of its reader, in the order in which the page prints them."""

    DANGER = "danger", "未读危险情况", "unread danger"
    OVERDUE = "overdue", "已超期", "overdue"
    DUE_TODAY = "due_today", "今日到期", "due today"
    UNREAD = "unread", "待受理未读", "unread"
    CAME_BACK = "came_back", "被退回", "came back"
    MISSING = "missing", "缺少同意或材料", "something is missing"
    WAITING = "waiting", "等待他人", "waiting for somebody"
    TO_DO = "to_do", "待办", "to do"
    DEPUTISED = "deputised", "代理事项", "of whom one stands in for"


_ORDER = {kind: index for index, kind in enumerate(SectionKind)}
SECTION_ROWS_MAX = 200


@dataclass(frozen=True, slots=True)
class WorklistItem:
    """One line: what it is about, since when, by when. `title` holds no name of a party and no address."""

    subject_kind: str
    subject_id: UUID
    title: str
    title_en: str
    due_at: datetime | None = None
    since: datetime | None = None
    waiting_for: str = ""
    marks: tuple[str, ...] = ()


Rows = Callable[[Actor, datetime], Iterable[WorklistItem]]


@dataclass(frozen=True, slots=True)
class Section:
    """`rows` is asked only for the named roles. A code is registered once."""

    code: str
    kind: SectionKind
    zh: str
    en: str
    roles: frozenset[Role]
    rows: Rows


@dataclass(frozen=True, slots=True)
class FilledSection:
    section: Section
    count: int
    items: Sequence[WorklistItem] = field(default_factory=tuple)


_sections: dict[str, Section] = {}


def register(section: Section) -> None:
    if section.code in _sections:
        raise ValueError(f"worklist section {section.code} is registered twice")
    _sections[section.code] = section


def sections() -> list[Section]:
    """Every section in the order of the page."""
    return sorted(_sections.values(), key=lambda section: (_ORDER[section.kind], section.code))


def worklist(actor: Actor, now: datetime) -> list[FilledSection]:
    """The sections of the actor's role that hold something; within each by due time, then by age."""
    of_role = (filled(section, actor, now) for section in sections() if actor.role in section.roles)
    return [section for section in of_role if section.count]


def filled(section: Section, actor: Actor, now: datetime) -> FilledSection:
    items = sorted(section.rows(actor, now), key=_by_time)
    return FilledSection(section, len(items), items[:SECTION_ROWS_MAX])


def _by_time(item: WorklistItem) -> tuple[bool, float, float]:
    due = item.due_at.timestamp() if item.due_at else 0.0
    since = item.since.timestamp() if item.since else 0.0
    return (item.due_at is None, due, since)
