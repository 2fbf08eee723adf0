"""Trying to reach a party, and standing still while it cannot come."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from audit import services as audit
from edge.repeats import made_before
from kernel import calendar, clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from mediation import deadlines
from mediation.machine import OPEN_STATES, CaseState
from mediation.models import Case, ReachAttempt, Suspension
from mediation.reached import tried_enough
from mediation.services.consents import party_of
from mediation.services.moves import Step, done_before, locked_case, move_case
from mediation.services.words import stated_day
from mediation.table_selectors import may_call


@law("DV-23")
@transaction.atomic
def reach_attempt(
    *,
    actor: Actor,
    case_id: UUID,
    party_id: UUID,
    way: str,
    result: str,
    tried_at: datetime,
    id: UUID | None = None,
) -> ReachAttempt:
    """A try to reach a party: it says nothing about what the party wants. On the protected track only when
    the person at risk wished that the other side be contacted; she herself is reached by her safe channel."""
    case = locked_case(actor, case_id)
    if known := made_before(
        ReachAttempt,
        id,
        party_id=party_id,
        recorded_by_id=actor.person,
        way=way,
        result=result,
        tried_at=tried_at,
    ):
        return known
    if case.state not in OPEN_STATES:
        raise Problem("transition_not_allowed", current=case.state, event="reach_attempt")
    if tried_at > clock.now():
        raise Problem("date_in_future")
    party = party_of(case, party_id)
    if not may_call(case, party):
        raise Problem("contact_not_wished")
    row = ReachAttempt.objects.create(
        id=id or uuid7(), party=party, way=way, result=result, tried_at=tried_at, recorded_at=clock.now(),
        recorded_by_id=actor.person,
    )  # fmt: skip
    _recorded(actor, case, "mediation.reach_attempted", {"way": way, "result": result})
    return row


@transaction.atomic
def case_cannot_reach(*, actor: Actor, case_id: UUID, party_id: UUID, review_on: date, reason: str) -> Case:
    """联系不上: two ways on two days and a slip by post. Neither a refusal nor a consent, and it counts
    against nobody; on `review_on` somebody looks again."""
    case = locked_case(actor, case_id)
    if done_before(case, "cannot_reach"):
        return case
    require_tried(case, party_id)
    _check_review(review_on)
    move_case(actor, case, "cannot_reach", Step({"reason": reason}, reason), review_on=review_on)
    return case


def require_tried(case: Case, party_id: UUID) -> None:
    """Problem `not_tried_enough` with what is left to be tried."""
    rows = ReachAttempt.objects.filter(party=party_of(case, party_id)).values_list(
        "way", "tried_at", "result"
    )
    left = tried_enough([(way, clock.local_day(at), result) for way, at, result in rows])
    if left:
        raise Problem("not_tried_enough", left=left)


def _check_review(review_on: date) -> None:
    if review_on <= clock.today():
        raise Problem("review_not_ahead")


@transaction.atomic
def case_ask_again(*, actor: Actor, case_id: UUID) -> Case:
    """The party can be reached again; after a refusal this does not exist."""
    case = locked_case(actor, case_id)
    if not done_before(case, "ask_again"):
        move_case(actor, case, "ask_again", Step({}), review_on=None)
    return case


@law("PM-T3", "PM-T5")
@transaction.atomic
def case_suspend(
    *,
    actor: Actor,
    case_id: UUID,
    reason: str,
    review_on: date,
    asked_by: UUID | None = None,
    from_day: date | None = None,
    unreached: UUID | None = None,
) -> Case:
    """中止: the clock stands still from `from_day` on (the paper's date), until somebody lets it run again.
    When the party could not be reached (`unreached`), it has been looked for as before acceptance."""
    case = locked_case(actor, case_id)
    if done_before(case, "suspend"):
        return case
    day = stated_day(from_day)
    if case.accepted_on is not None and day < case.accepted_on:
        raise Problem("accepted_before_receipt")
    if Suspension.objects.filter(case=case, to_day__gt=day).exists():
        raise Problem("invalid", fields={"from_day": ["within an earlier suspension"]})
    _check_review(review_on)
    who = party_of(case, asked_by) if asked_by else None
    if unreached is not None:
        require_tried(case, unreached)
    step = Step({"reason": reason}, reason, clock.day_start(day))
    still = {"review_on": review_on, "mediation_due_at": None, "extension_asked_at": None}
    move_case(actor, case, "suspend", step, **still)
    Suspension.objects.create(
        case=case, reason=reason, asked_by=who, from_day=day, review_on=review_on, recorded_at=clock.now(),
        recorded_by_id=actor.person,
    )  # fmt: skip
    return case


@law("PM-T1", "PM-T3")
@transaction.atomic
def case_resume(*, actor: Actor, case_id: UUID, to_day: date | None = None) -> Case:
    """The clock runs again, with the days that were left when it stopped (medical: working days)."""
    case = locked_case(actor, case_id)
    if case.state == CaseState.ACCEPTED:
        return case
    pause = Suspension.objects.select_for_update().filter(case=case, to_day=None).first()
    if pause is None or case.mediation_last_day is None:
        raise Problem("transition_not_allowed", current=case.state, event="resume")
    day = stated_day(to_day)
    if day < pause.from_day:
        raise Problem("resumed_before_pause")
    before = deadlines.due_of(case.mediation_last_day, case.mediation_law, provisional=case.provisional)
    again = deadlines.resumed(before, paused_on=pause.from_day, resumed_on=day, calendar=calendar.current())
    pause.to_day = day
    pause.save(update_fields=["to_day"])
    over = case.mediation_over_at if again.due_at <= clock.now() else None
    move_case(
        actor, case, "resume", Step({}, "", clock.day_start(day)), review_on=None,
        mediation_last_day=again.last_day, mediation_due_at=again.due_at, mediation_over_at=over,
        provisional=again.provisional,
    )  # fmt: skip
    return case


@transaction.atomic
def review_put_off(*, actor: Actor, case_id: UUID, review_on: date) -> Case:
    """Somebody has looked at a case that waits, and will look again on another day."""
    case = locked_case(actor, case_id)
    if case.state not in (CaseState.SUSPENDED, CaseState.UNREACHABLE):
        raise Problem("transition_not_allowed", current=case.state, event="review")
    _check_review(review_on)
    if case.review_on != review_on:
        case.review_on = review_on
        case.save(update_fields=["review_on"])
        Suspension.objects.filter(case=case, to_day=None).update(review_on=review_on)
        _recorded(actor, case, "mediation.review_put_off", {})
    return case


def _recorded(actor: Actor, case: Case, event: str, what: dict[str, str]) -> None:
    audit.record(
        actor=actor,
        event=event,
        subject_kind="mediation_case",
        subject_id=case.pk,
        detail={"dispute": str(case.dispute_id), **what},
    )
