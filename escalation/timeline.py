"""What escalation adds to a dispute's timeline: what fired, and how a level's time ended."""

from collections.abc import Iterable

from disputes.models import Dispute
from disputes.timeline import Entry, register
from escalation import access
from escalation.models import ClockEnd
from kernel.actor import Actor
from kernel.codes.law import HandlingLevel


def firings(actor: Actor, dispute: Dispute) -> Iterable[Entry]:
    rows = access.visible_to(actor).filter(dispute=dispute).select_related("version", "rule")
    for row in rows:
        marks = (f"rule={row.rule.code}", f"version={row.version.number}", f"due={row.due_at.isoformat()}")
        yield Entry(
            "firing", row.pk, row.fired_at, row.version.body["zh"], row.version.body["en"], marks=marks
        )


def clocks(actor: Actor, dispute: Dispute) -> Iterable[Entry]:
    rows = access.visible_clocks(actor).filter(dispute=dispute, end=ClockEnd.RAN_OUT)
    for row in rows:
        level = HandlingLevel(row.level)
        yield Entry(
            "level_clock", row.pk, row.due_at, f"{level.zh}时限已到", f"{level.en} level clock ran out",
            marks=(f"last_day={row.last_day.isoformat()}",),
        )  # fmt: skip


def connect() -> None:
    """Enter the sources (once, when the app is ready)."""
    register("firings", firings)
    register("level_clocks", clocks)
