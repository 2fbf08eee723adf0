"""Level clocks on the worklist of whoever holds the level: what runs out today, and the district's that ran
out."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from escalation import access
from escalation.models import ClockEnd, ExtensionState, LevelClock
from kernel import clock
from kernel.actor import Actor
from kernel.codes.law import HandlingLevel
from kernel.codes.roles import Role
from tasks.worklist import Section, SectionKind, WorklistItem, register

HELD: Mapping[Role, tuple[str, ...]] = {
    Role.GRID_WORKER: (HandlingLevel.GRID,),
    Role.COMMUNITY_COORDINATOR: (HandlingLevel.COMMUNITY,),
    Role.CENTRE_CLERK: (HandlingLevel.STREET,),
    Role.CENTRE_DIRECTOR: (HandlingLevel.STREET, HandlingLevel.DISTRICT),
}


def _held(actor: Actor) -> QuerySet[LevelClock]:
    levels = HELD.get(actor.role, ()) if actor.role else ()
    return access.visible_clocks(actor).filter(level__in=levels).select_related("dispute")


def _line(running: LevelClock) -> WorklistItem:
    level = HandlingLevel(running.level)
    code = running.dispute.code
    return WorklistItem(
        "dispute",
        running.dispute_id,
        f"{code} {level.zh}时限",
        f"{code} {level.en} level clock",
        due_at=running.due_at,
        since=running.begun_at,
        marks=("provisional",) if running.provisional else (),
    )


def due_today(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """The level's attention ends by 24:00 of today; then the dispute goes one level up by itself."""
    end = clock.day_end(clock.local_day(now))
    return [_line(row) for row in _held(actor).filter(ended_at=None, paused_at=None, due_at__lte=end)]


def ran_out(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    """Clocks that ran out with no level above to go to: the dispute still is where it was."""
    last = LevelClock.objects.filter(dispute=OuterRef("dispute")).order_by("-ordinal").values("pk")[:1]
    rows = _held(actor).filter(end=ClockEnd.RAN_OUT, pk=Subquery(last))
    return [_line(row) for row in rows if row.dispute.level == row.level]


def extensions_asked(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    """Requests for more time that wait for a decision, but for the own."""
    rows = access.visible_extensions(actor).filter(state=ExtensionState.ASKED, clock__ended_at=None)
    rows = rows.exclude(asked_by=actor.user_id)
    return [
        WorklistItem(
            "clock_extension", row.pk, f"{row.clock.dispute.code} 申请延长 {row.days} 天",
            f"{row.clock.dispute.code} asks for {row.days} more days", due_at=row.clock.due_at,
            since=row.asked_at,
        )
        for row in rows.select_related("clock__dispute")
    ]  # fmt: skip


def connect() -> None:
    """Enter the sections (once, when the app is ready)."""
    held = frozenset(HELD)
    register(
        Section(
            "level_today",
            SectionKind.DUE_TODAY,
            "层级时限今日到期",
            "level clock ends today",
            held,
            due_today,
        )
    )
    register(Section("level_over", SectionKind.OVERDUE, "层级时限已到", "level clock ran out", held, ran_out))
    register(
        Section(
            "extensions_asked",
            SectionKind.WAITING,
            "待批的延长申请",
            "extensions asked for",
            access.DIRECTOR,
            extensions_asked,
        )
    )
