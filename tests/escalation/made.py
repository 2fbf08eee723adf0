"""Disputes that escalation has looked at, for tests."""

from datetime import timedelta
from typing import Any

from audit.models import AuditEvent
from disputes.models import Dispute
from escalation.models import Firing, LevelClock
from escalation.reactions import evaluate
from kernel import clock
from tests.cast import Member
from tests.disputes.made import dispute_of, screened


def evaluated(who: Member, data: dict[str, Any]) -> Dispute:
    """A screening's dispute after the rules were asked about it."""
    dispute = dispute_of(screened(who, data))
    react(dispute)
    dispute.refresh_from_db()
    return dispute


def react(dispute: Dispute) -> None:
    """Let escalation hear of the last thing that happened to the dispute."""
    events = AuditEvent.objects.filter(subject_kind="dispute", subject_id=dispute.pk)
    evaluate(events.filter(event__startswith="dispute.").latest("id"))
    dispute.refresh_from_db()


def fired(dispute: Dispute) -> list[str]:
    """Codes of the rules that fired, in their order."""
    rows = Firing.objects.filter(dispute=dispute).order_by("fired_at", "id")
    return list(rows.values_list("rule__code", flat=True))


def results(dispute: Dispute, rule: str) -> dict[str, str]:
    """Action → result of the last firing of a rule."""
    firing = Firing.objects.filter(dispute=dispute, rule__code=rule).latest("fired_at")
    return {done["action"]: done["result"] for done in firing.actions}


def clocks(dispute: Dispute) -> list[tuple[str, str]]:
    """(level, how it ended) of the level clocks in their order; '' while it runs."""
    return list(LevelClock.objects.filter(dispute=dispute).values_list("level", "end"))


def local(month: int, day: int, hour: int = 9) -> Any:
    """An instant of 2026 by local time."""
    return clock.day_start(clock.today().replace(month=month, day=day)) + timedelta(hours=hour)
