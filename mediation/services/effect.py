"""When an agreement takes effect, and everything that counts from that day. The case's row is locked."""

from collections.abc import Iterable
from datetime import date, datetime

from edge.conf import setting
from kernel import calendar, clock
from kernel.actor import SYSTEM
from kernel.law import law
from mediation import deadlines, dispute_side
from mediation.agreed import follow_up_choices, in_force
from mediation.agreement import day_of_effect, facts_of, written_effect
from mediation.confirmation import RUNNING, ConfirmationState, reminder_from
from mediation.follow_up import FollowUpChoice, FollowUpState
from mediation.machine import CaseState
from mediation.models import (
    Agreement,
    AgreementMark,
    CaseParty,
    Confirmation,
    ConfirmationReminder,
    FollowUp,
    Obligation,
)
from mediation.services.after import move, tell
from mediation.services.moves import Step, move_case
from mediation.services.notices import call_hours


@law("PM-29", "PM-30")
def effect_settle(agreement: Agreement) -> None:
    """Put the days of effect where the stated dates and their review lead, and move every clock with them."""
    parties = CaseParty.objects.filter(case_id=agreement.case_id).values_list("pk", flat=True)
    marks = [facts_of(mark) for mark in AgreementMark.objects.filter(agreement=agreement)]
    before = agreement.effective_on
    written = agreement.written_at is not None
    agreement.written_on = written_effect(parties, marks) if written else None
    agreement.effective_on = day_of_effect(agreement.oral_on, agreement.written_on)
    agreement.save(update_fields=["written_on", "effective_on"])
    if agreement.effective_on is None or agreement.effective_on == before:
        return
    tell(SYSTEM, "agreement_in_effect", agreement, agreement, ["effective_on"])
    if before is None:
        _begin(agreement, agreement.effective_on)
    if in_force(agreement.case_id) != agreement:
        return  # another has taken its place: nothing of it counts any more
    window_set(agreement, agreement.effective_on)
    follow_ups_plan(agreement)


def _begin(agreement: Agreement, day: date) -> None:
    case = agreement.case
    move_case(SYSTEM, case, "take_effect", Step({}, stated_at=clock.day_start(day)))
    if agreement.amends is not None:
        retire(agreement.amends, "replace")
    arm(Obligation.objects.filter(agreement=agreement, state="open"))
    performance_begin(agreement)
    dispute_side.settled(case.dispute_id)


def performance_begin(agreement: Agreement) -> None:
    """Where something is to be performed, performance begins with the effect."""
    if agreement.case.state == CaseState.IN_EFFECT and agreement.obligations.exists():
        move_case(SYSTEM, agreement.case, "begin_performance", Step({}))


@law("PM-31")
def arm(obligations: Iterable[Obligation]) -> None:
    """Let the days of performance count, once the agreement is in effect."""
    for row in obligations:
        if row.due_on is not None:
            row.falls_due_at, row.due_at = deadlines.performance_due(row.due_on)
            row.save(update_fields=["falls_due_at", "due_at"])


def retire(agreement: Agreement, event: str, reason: str = "") -> None:
    """An agreement that another replaces, or that a court has set aside: nothing of it counts any more."""
    for row in Obligation.objects.filter(agreement=agreement, state__in=("open", "breached")):
        move(SYSTEM, row, event, Step({}, reason), due_at=None, falls_due_at=None)
    for owed in FollowUp.objects.filter(agreement=agreement, state=FollowUpState.OWED):
        move(SYSTEM, owed, "cancel", Step({}, reason), due_at=None, closed_at=clock.now())
    window = Confirmation.objects.filter(agreement=agreement)
    window.update(due_at=None, closes_at=None)
    ConfirmationReminder.objects.filter(confirmation__in=window, reminded_at=None).update(due_at=None)


@law("PM-33")
def window_set(agreement: Agreement, day: date) -> Confirmation:
    """The thirty days from the stated day of effect. A corrected day moves them, also back to life."""
    window = deadlines.confirmation_window(day, calendar=calendar.current())
    row = Confirmation.objects.filter(agreement=agreement).first() or Confirmation(agreement=agreement)
    row.last_day, row.moved_day, row.provisional = window.last_day, window.moved_day, window.provisional
    if row.state == ConfirmationState.EXPIRED and window.closes_at > clock.now():
        move(SYSTEM, row, "reopen", Step({}), expired_at=None)
        row.last_day, row.moved_day, row.provisional = window.last_day, window.moved_day, window.provisional
    if row.state in RUNNING:
        row.due_at, row.closes_at = window.due_at, window.closes_at
        row.over_at = row.over_at if window.due_at <= clock.now() else None
    row.save()
    _remind(row, day)
    return row


def _remind(row: Confirmation, day: date) -> None:
    """The days of reminding that are still to come, in the allowed hours."""
    ConfirmationReminder.objects.filter(confirmation=row, reminded_at=None).delete()
    if row.state not in RUNNING:
        return
    numbers = [int(number) for number in str(setting("CONFIRMATION_REMINDER_DAYS")).split()]
    known = set(ConfirmationReminder.objects.filter(confirmation=row).values_list("day", flat=True))
    days = [
        when
        for when in deadlines.reminder_days(day, numbers)
        if clock.today() <= when <= row.last_day and when not in known
    ]
    ConfirmationReminder.objects.bulk_create(
        ConfirmationReminder(confirmation=row, day=when, due_at=reminder_at(clock.day_start(when)))
        for when in days
    )


def reminder_at(at: datetime) -> datetime:
    """`at`, or the first instant after it at which somebody may be reminded."""
    return reminder_from(at, call_hours(), calendar.current())


@law("PM-FU")
def follow_ups_plan(agreement: Agreement) -> None:
    """The follow-ups that are owed to each party: those owed no more are cancelled, new ones made. Nobody who
    has declined is followed up again."""
    if agreement.effective_on is None:
        return
    obligations = Obligation.objects.filter(agreement=agreement, due_on__isnull=False)
    after = [int(number) for number in str(setting("FOLLOW_UP_DAYS")).split()]
    days = deadlines.follow_up_days(
        agreement.effective_on, [row.due_on for row in obligations if row.due_on], after=after,
        nothing_due=setting("FOLLOW_UP_NOTHING_DUE_DAYS"),
    )  # fmt: skip
    choices = follow_up_choices(agreement.case_id)
    parties = [party for party, choice in choices.items() if choice != FollowUpChoice.DECLINED]
    stale = FollowUp.objects.filter(agreement=agreement, state=FollowUpState.OWED).exclude(due_on__in=days)
    for row in stale:
        move(SYSTEM, row, "cancel", Step({}), due_at=None, closed_at=clock.now())
    known = FollowUp.objects.filter(agreement=agreement).exclude(state=FollowUpState.CANCELLED)
    given = set(known.values_list("party_id", "due_on"))
    FollowUp.objects.bulk_create(
        FollowUp(agreement=agreement, party_id=party, due_on=day, due_at=clock.day_end(day))
        for party in parties
        for day in days
        if (party, day) not in given
    )
