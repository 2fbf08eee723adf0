from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from audit import services as audit
from disputes.models import Dispute
from edge.conf import setting
from edge.locks import advisory, try_advisory
from escalation.clocks import ClockDue, Profile, after_pause, clock_due, ran_out, read_profile
from escalation.facts import attended, suspended
from escalation.models import ClockEnd, LevelClock
from escalation.services.firing import LOCK, event_evaluate
from escalation.vocabulary import CLOCK_EVENT
from kernel import calendar, clock
from kernel.actor import SYSTEM
from kernel.law import law


@law("EF-4", "PM-17")
@transaction.atomic
def clock_follow(*, dispute_id: UUID, at: datetime, begun_on: date | None = None) -> LevelClock | None:
    """Bring the level clock to where the dispute is: run for its level, stand still while it is suspended,
    end when it is no longer handled at a level. Looks only at the present state, so that order and doubling
    do not matter. `begun_on`: the day from which a new clock counts when it is not the day of `at`.
    """
    advisory(LOCK, [dispute_id])
    dispute = Dispute.objects.get(pk=dispute_id)
    running = LevelClock.objects.select_for_update().filter(dispute_id=dispute_id, ended_at=None).first()
    end = _end_of(running, dispute) if running else None
    if running is not None and end is None:
        _pause_or_resume(running, suspended(dispute), at)
        return running
    if running is not None and end is not None:
        _stop(running, end, at)
    if not attended(dispute) or suspended(dispute):
        return None
    return _begun(dispute, at, begun_on or clock.local_day(at))


def _end_of(running: LevelClock, dispute: Dispute) -> ClockEnd | None:
    """Why the clock must end, None when it still is the right one."""
    if dispute.mediation_refused:
        return ClockEnd.REFUSED
    if not attended(dispute):
        return ClockEnd.LEFT
    return ClockEnd.MOVED if running.level != dispute.level else None


def _stop(running: LevelClock, end: ClockEnd, at: datetime) -> None:
    running.ended_at, running.end = at, end
    running.save(update_fields=["ended_at", "end"])


def _pause_or_resume(running: LevelClock, stands_still: bool, at: datetime) -> None:
    if stands_still and running.paused_at is None:
        running.paused_at = at
        running.save(update_fields=["paused_at"])
    if not stands_still and running.paused_at is not None:
        _resume(running, running.paused_at, at)


def _resume(running: LevelClock, paused_at: datetime, at: datetime) -> None:
    due = after_pause(
        Profile(running.profile),
        running.last_day,
        paused_at=paused_at,
        resumed_at=at,
        calendar=calendar.current(),
    )
    running.paused_at = None
    _set_due(running, due)
    running.save(update_fields=["paused_at", "last_day", "due_at", "provisional"])


def _set_due(running: LevelClock, due: ClockDue) -> None:
    running.last_day, running.due_at, running.provisional = due.last_day, due.due_at, due.provisional


def _begun(dispute: Dispute, at: datetime, begun_on: date) -> LevelClock | None:
    last = LevelClock.objects.filter(dispute=dispute).order_by("-ordinal").first()
    if last is not None and last.level == dispute.level and last.end == ClockEnd.RAN_OUT:
        return None
    profile = Profile(setting("CLOCK_PROFILE"))
    due = _due(profile, dispute, begun_on)
    if due is None:
        return None
    begun = LevelClock(
        dispute=dispute,
        ordinal=(last.ordinal if last else 0) + 1,
        level=dispute.level,
        profile=profile,
        begun_at=at,
        begun_on=begun_on,
    )
    _set_due(begun, due)
    begun.save(force_insert=True)
    return begun


def _due(profile: Profile, dispute: Dispute, begun_on: date) -> ClockDue | None:
    days = read_profile(setting(f"CLOCK_{profile.name}"))
    return clock_due(
        profile,
        days,
        dispute.level,
        begun_on=begun_on,
        registered_on=clock.local_day(dispute.opened_at),
        calendar=calendar.current(),
    )


@transaction.atomic
def clock_run_out(*, clock_id: UUID, now: datetime) -> bool:
    """Work off one clock that ran out: once, whoever else tries. False when another is at it or it no longer
    runs.

    The next level's clock begins at the true time at which this one ended, not when the machine got to it.
    """
    dispute_id = LevelClock.objects.values_list("dispute_id", flat=True).get(pk=clock_id)
    if not try_advisory(LOCK, dispute_id):
        return False
    running = LevelClock.objects.select_for_update().get(pk=clock_id)
    if running.ended_at is not None or running.paused_at is not None or not ran_out(running.due_at, now):
        return False
    dispute = Dispute.objects.get(pk=dispute_id)
    if _end_of(running, dispute) is not None or suspended(dispute):
        clock_follow(dispute_id=dispute_id, at=now)
        return True
    _stop(running, ClockEnd.RAN_OUT, running.due_at)
    audit.record(
        actor=SYSTEM,
        event=CLOCK_EVENT,
        subject_kind="dispute",
        subject_id=dispute_id,
        detail={"level": running.level, "ordinal": running.ordinal, "due_at": running.due_at.isoformat()},
    )
    event_evaluate(
        dispute_id=dispute_id,
        event=CLOCK_EVENT,
        event_id=running.pk,
        due_at=running.due_at,
        level_clock=running,
    )
    clock_follow(dispute_id=dispute_id, at=running.due_at, begun_on=running.last_day)
    return True


@transaction.atomic
def clocks_recompute(*, limit: int = 200) -> int:
    """Compute again what rested on a year whose holidays were not known, now that they are; each with its
    audit row."""
    known = calendar.current()
    rows = LevelClock.objects.select_for_update(skip_locked=True).filter(provisional=True, ended_at=None)
    moved = 0
    for running in rows.filter(paused_at=None).select_related("dispute").order_by("due_at")[:limit]:
        if not known.knows(running.last_day):
            continue
        due = _due(Profile(running.profile), running.dispute, running.begun_on)
        if due is None or due.provisional:
            continue
        before = running.last_day
        _set_due(running, due)
        running.save(update_fields=["last_day", "due_at", "provisional"])
        audit.record(
            actor=SYSTEM,
            event="escalation.clock_recomputed",
            subject_kind="dispute",
            subject_id=running.dispute_id,
            fields=["due_at"],
            detail={"level": running.level, "before": before.isoformat(), "after": due.last_day.isoformat()},
        )
        moved += 1
    return moved
