"""Positioning orders on the worklist of agency and bureau."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from corrections import access
from corrections.machine import AGENCY
from corrections.positioning import APPLIED, BEFORE, IN_FORCE, REVIEWED, RUNNING, standing
from kernel.actor import Actor
from tasks.worklist import Section, SectionKind, WorklistItem

ENDING_SOON = timedelta(days=7)


def _orders(actor: Actor, now: datetime, states: Iterable[str], due: str) -> list[WorklistItem]:
    """Orders that stand in one of the states now, with the column that says by when."""
    rows = access.positioning_visible_to(actor).filter(state__in=list(states))
    return [
        WorklistItem(
            "positioning_order", row.id, "电子定位", "positioning", due_at=getattr(row, due),
            since=row.applied_at,
        )
        for row in rows
        if standing(row, now) in states
    ]  # fmt: skip


def applied(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _orders(actor, now, [APPLIED], "ends_at")


def to_review(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _orders(actor, now, [REVIEWED], "review_due_at")


def to_fit(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _orders(actor, now, BEFORE, "execute_due_at")


def ending(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    items = _orders(actor, now, RUNNING, "ends_at")
    return [item for item in items if item.due_at is not None and item.due_at - now <= ENDING_SOON]


def needed(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Orders in force for which the question stands open."""
    rows = access.positioning_visible_to(actor).filter(state=IN_FORCE, needs__needed=None)
    return [
        WorklistItem("positioning_order", row.id, "是否仍需电子定位", "still needed?", due_at=row.ask_at)
        for row in rows.filter(needs__isnull=False).distinct()
    ]


SECTIONS = (
    Section(
        "positioning_applied",
        SectionKind.UNREAD,
        "电子定位待审批",
        "positioning to be approved",
        access.BUREAU,
        applied,
    ),
    Section(
        "positioning_review",
        SectionKind.OVERDUE,
        "电子定位事由待复核",
        "positioning whose proof fell",
        AGENCY,
        to_review,
    ),
    Section(
        "positioning_needed",
        SectionKind.DUE_TODAY,
        "是否仍需电子定位",
        "is positioning still needed?",
        AGENCY,
        needed,
    ),
    Section(
        "positioning_to_fit",
        SectionKind.TO_DO,
        "电子定位待告知安装",
        "positioning to be told and fitted",
        AGENCY,
        to_fit,
    ),
    Section(
        "positioning_ending",
        SectionKind.TO_DO,
        "电子定位即将到期",
        "positioning that ends soon",
        AGENCY,
        ending,
    ),
)
