from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from audit import services as audit
from disputes.models import Dispute
from edge.locks import advisory, try_advisory
from escalation.clocks import ClockDue, Profile, after_pause, clock_due, days_paused, extended
from escalation.facts import attended, suspended
from escalation.models import ClockEnd, Extension, ExtensionState, LevelClock, Pause
from escalation.services.firing import LOCK, event_evaluate
from escalation.services.profiles import InForce, begun_under, profile_in_force
from escalation.vocabulary import CLOCK_EVENT
from kernel import calendar, clock
from kernel.actor import SYSTEM
from kernel.deadlines import ran_out
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
    _pause_of_the_case(dispute, at)
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


def _pause_of_the_case(dispute: Dispute, at: datetime) -> None:
    """A pause begins and ends with the case's own suspension, whether a clock runs or not."""
    open_one = Pause.objects.filter(dispute=dispute, resumed_at=None).first()
    if suspended(dispute) and open_one is None:
        Pause.objects.create(dispute=dispute, paused_at=at)
    elif open_one is not None and not suspended(dispute):
        open_one.resumed_at = max(at, open_one.paused_at)
        open_one.save(update_fields=["resumed_at"])


def paused_days(dispute_id: UUID) -> int:
    """How many local days the case has stood still, in pauses that are over."""
    rows = Pause.objects.filter(dispute_id=dispute_id, resumed_at__isnull=False)
    return sum(days_paused(row.paused_at, row.resumed_at) for row in rows if row.resumed_at)


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
    version = profile_in_force()
    due = _due(version, dispute, begun_on)
    if due is None:
        return None
    begun = LevelClock(
        dispute=dispute,
        ordinal=(last.ordinal if last else 0) + 1,
        level=dispute.level,
        profile=version.profile,
        profile_version=version.row,
        begun_at=at,
        begun_on=begun_on,
    )
    _set_due(begun, due)
    begun.save(force_insert=True)
    return begun


def _due(version: InForce, dispute: Dispute, begun_on: date) -> ClockDue | None:
    return clock_due(
        version.profile,
        version.days,
        dispute.level,
        begun_on=begun_on,
        registered_on=clock.local_day(dispute.opened_at),
        calendar=calendar.current(),
        paused_days=paused_days(dispute.pk),
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
        detail={
            "level": running.level,
            "ordinal": running.ordinal,
            "due_at": running.due_at.astimezone(clock.TZ).isoformat(),
        },
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
    rows = LevelClock.objects.select_for_update(skip_locked=True, of=("self",))
    rows = rows.filter(provisional=True, ended_at=None, paused_at=None)
    moved = 0
    for running in rows.select_related("dispute", "profile_version").order_by("due_at")[:limit]:
        if not known.knows(running.last_day):
            continue
        due = _recomputed(running)
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


def _recomputed(running: LevelClock) -> ClockDue | None:
    """The end by the version that the clock began under, with the time that was approved since."""
    version = begun_under(running.profile_version, running.profile)
    due = _due(version, running.dispute, running.begun_on)
    stood = Pause.objects.filter(dispute=running.dispute_id, paused_at__gte=running.begun_at)
    for pause in stood.filter(resumed_at__isnull=False).order_by("paused_at"):
        if due and pause.resumed_at and version.profile is Profile.FAST:
            due = after_pause(
                version.profile, due.last_day, paused_at=pause.paused_at, resumed_at=pause.resumed_at,
                calendar=calendar.current(),
            )  # fmt: skip
    for more in Extension.objects.filter(clock=running, state=ExtensionState.APPROVED).order_by("decided_at"):
        due = due and extended(version.profile, due.last_day, more.days, calendar=calendar.current())
    return due
