"""Follow-up 回访 as each party wants it, or not at all."""

from datetime import date
from uuid import UUID

from django.db import transaction

from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from mediation import agreed_access, dispute_side
from mediation.agreed import follow_up_choices, in_force
from mediation.follow_up import FollowUpChoice, FollowUpState, contact_refused
from mediation.machine import ENDED_WITHOUT
from mediation.models import Case, CaseParty, FollowUp, FollowUpWish
from mediation.services.after import locked_agreement, move, sealed, tell_case
from mediation.services.effect import follow_ups_plan
from mediation.services.grounds import call_ground, require_call
from mediation.services.moves import Step, locked_case, require_may_call


@law("PM-FU")
@transaction.atomic
def follow_up_wish(
    *, actor: Actor, case_id: UUID, party_id: UUID, choice: str, said_on: date | None = None
) -> tuple[Case, bool]:
    """By phone, by a visit, or not at all. A decline ends every follow-up of that party at the word; when all
    have declined the dispute owes none either."""
    case = locked_case(actor, case_id)
    if not CaseParty.objects.filter(pk=party_id, case=case).exists():
        raise Problem("party_not_of_case")
    if case.state in ENDED_WITHOUT:
        raise Problem("follow_up_not_owed")
    day = said_on or clock.today()
    if day > clock.today():
        raise Problem("date_in_future")
    before = follow_up_choices(case.pk)[party_id]
    if before == choice:
        return case, True
    FollowUpWish.objects.create(
        party_id=party_id, choice=choice, said_on=day, recorded_by_id=actor.person, recorded_at=clock.now()
    )
    tell_case(actor, "follow_up_wish", case, ["follow_up_wishes"])
    call_ground(actor, case, party_id, wanted=choice != FollowUpChoice.DECLINED, day=day)
    if choice == FollowUpChoice.DECLINED:
        _end_all(actor, case, party_id, day)
    elif before == FollowUpChoice.DECLINED and (agreement := in_force(case.pk)) is not None:
        follow_ups_plan(agreement)
    return case, False


def _end_all(actor: Actor, case: Case, party_id: UUID, day: date) -> None:
    owed = FollowUp.objects.filter(agreement__case=case, party=party_id, state=FollowUpState.OWED)
    for row in owed.select_related("agreement"):
        step = Step({}, stated_at=clock.day_start(day))
        move(actor, row, "decline", step, due_at=None, closed_at=clock.now())
    choices = follow_up_choices(case.pk)
    if all(choice == FollowUpChoice.DECLINED for choice in choices.values()):
        dispute_side.follow_up_declined(actor, case.dispute_id)


@law("PM-FU")
@transaction.atomic
def follow_up_do(
    *,
    actor: Actor,
    follow_up_id: UUID,
    form: str,
    done_on: date,
    result: str,
    satisfied: bool | None = None,
    note: str = "",
) -> tuple[FollowUp, bool]:
    """A follow-up was made, in the way that the party chose: performance, satisfaction, hidden trouble and
    what is done about it."""
    seen = agreed_access.visible_follow_ups(actor).filter(pk=follow_up_id)
    agreement_id = existing(seen.values_list("agreement_id", flat=True))
    agreement = locked_agreement(actor, agreement_id)
    row = FollowUp.objects.get(pk=follow_up_id)
    row.agreement = agreement
    if row.state == FollowUpState.DONE:
        return row, True
    require_may_call(agreement.case, [row.party])
    refusal = contact_refused(follow_up_choices(agreement.case_id)[row.party_id], form)
    if refusal is not None:
        raise Problem(refusal)
    require_call(row.party_id)
    if done_on > clock.today():
        raise Problem("date_in_future")
    said = {"form": form, "done_on": done_on, "result": result, "satisfied": satisfied}
    said |= {"note": sealed(FollowUp, "note", row.pk, note, agreement.key_id), "done_by_id": actor.person}
    step = Step({}, stated_at=clock.day_start(done_on))
    move(actor, row, "do", step, **said, due_at=None, closed_at=clock.now())
    dispute_side.followed_up(agreement.case.dispute_id)
    return row, False
