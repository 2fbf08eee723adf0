"""More time for a level: asked for by who holds it, decided by somebody else, each with a reason."""

from uuid import UUID

from django.db import transaction

from audit import services as audit
from disputes.machine import ACTS_AT
from edge.conf import setting
from edge.locks import advisory
from edge.rows import existing
from escalation.clocks import ClockDue, Profile, extended, within_limit
from escalation.models import Extension, ExtensionState, LevelClock
from escalation.services.firing import LOCK
from escalation.services.level_clocks import paused_days
from kernel import calendar, clock
from kernel.actor import Actor
from kernel.codes.law import HandlingLevel
from kernel.codes.roles import Role
from kernel.law import law
from kernel.problems import Problem
from kernel.signing import Signing


@law("EF-5")
@transaction.atomic
def extension_ask(*, actor: Actor, clock_id: UUID, days: int, reason: str) -> tuple[Extension, bool]:
    """Ask for `days` more of a running clock. The second value: the same was asked for already."""
    running = _running(clock_id)
    if actor.role not in ACTS_AT[HandlingLevel(running.level)]:
        raise Problem("level_not_yours")
    open_one = Extension.objects.filter(clock=running, state=ExtensionState.ASKED).first()
    if open_one is not None:
        if (open_one.asked_by_id, open_one.days) == (actor.user_id, days):
            return open_one, True
        raise Problem("extension_open_already")
    if not reason.strip():
        raise Problem("reason_required")
    _due_if(running, days)
    asked = Extension.objects.create(
        clock=running, days=days, reason=reason, asked_by_id=actor.person, asked_role=str(actor.role),
        asked_at=clock.now(),
    )  # fmt: skip
    _record(actor, "escalation.extension_asked", running, asked, reason)
    return asked, False


@law("EF-5")
@transaction.atomic
def extension_decide(
    *, actor: Actor, extension_id: UUID, approve: bool, reason: str
) -> tuple[Extension, bool]:
    """The director approves or refuses, never the own request. Approved, the clock has its new end; one that
    ran out meanwhile is not brought back. The second value: it was decided so before."""
    asked = existing(Extension.objects.select_related("clock").filter(pk=extension_id))
    advisory(LOCK, [asked.clock.dispute_id])
    asked = Extension.objects.select_for_update(of=("self",)).get(pk=extension_id)
    wanted = ExtensionState.APPROVED if approve else ExtensionState.REFUSED
    if asked.state != ExtensionState.ASKED:
        if asked.state == wanted:
            return asked, True
        raise Problem("extension_decided")
    if actor.role != Role.CENTRE_DIRECTOR:
        raise Problem("role_not_allowed")
    actor.sign(Signing.CENTRE)
    if actor.user_id == asked.asked_by_id:
        raise Problem("own_extension")
    if not reason.strip():
        raise Problem("reason_required")
    running = _running(asked.clock_id) if approve else asked.clock
    if approve:
        due = _due_if(running, asked.days)
        asked.last_day_before = running.last_day
        running.last_day, running.due_at, running.provisional = due.last_day, due.due_at, due.provisional
        running.save(update_fields=["last_day", "due_at", "provisional"])
    asked.state, asked.decided_by_id, asked.decided_at = wanted, actor.person, clock.now()
    asked.decision = reason
    asked.save(update_fields=["state", "decided_by", "decided_at", "decision", "last_day_before"])
    _record(actor, f"escalation.extension_{wanted}", running, asked, reason)
    return asked, False


def _running(clock_id: UUID) -> LevelClock:
    dispute_id = existing(LevelClock.objects.filter(pk=clock_id).values_list("dispute_id", flat=True))
    advisory(LOCK, [dispute_id])
    running = LevelClock.objects.select_for_update(of=("self",)).select_related("dispute").get(pk=clock_id)
    if running.ended_at is not None:
        raise Problem("clock_not_running")
    return running


def _due_if(running: LevelClock, days: int) -> ClockDue:
    """The end that the clock would have. Problem `extension_too_long`."""
    most, profile = setting("CLOCK_EXTENSION_DAYS"), Profile(running.profile)
    if not 1 <= days <= most:
        raise Problem("extension_too_long", maximum=most)
    due = extended(profile, running.last_day, days, calendar=calendar.current())
    inside = within_limit(
        profile, due.last_day, registered_on=clock.local_day(running.dispute.opened_at),
        paused_days=paused_days(running.dispute_id), most=setting("CLOCK_EVENT_MOST"),
    )  # fmt: skip
    if not inside:
        raise Problem("extension_too_long", maximum=setting("CLOCK_EVENT_MOST"))
    return due


def _record(actor: Actor, event: str, running: LevelClock, asked: Extension, reason: str) -> None:
    audit.record(
        actor=actor, event=event, subject_kind="dispute", subject_id=running.dispute_id, fields=["due_at"],
        reason=reason, detail={"extension": str(asked.pk), "days": asked.days, "level": running.level},
    )  # fmt: skip
