"""What the calendar does: members come and go by their dates, a term ends at 24:00 of its last day
(CCL-44).
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections.ends import EndReason
from corrections.machine import GROUP, PLAN
from corrections.models import DueContact, Group, Member, Plan, Subject, Visit
from corrections.models.groups import MemberState
from corrections.models.people import SubjectState
from corrections.positioning import LiftReason
from corrections.services.contacts import contacts_trim
from corrections.services.ending import ending_open
from corrections.services.entries import entries_lapse
from corrections.services.found import in_term
from corrections.services.leave.course import leaves_end
from corrections.services.medical import medical_stop
from corrections.services.phones import phones_update
from corrections.services.positioning import positioning_stop
from corrections.services.searches import searches_end
from kernel import clock
from kernel.actor import SYSTEM
from kernel.law import law
from sync.services import publish


@transaction.atomic
def member_turn(member_id: UUID) -> int:
    """Bring a member's state to today: in force from the first day, out on the day after the last."""
    member = Member.objects.select_for_update(skip_locked=True).filter(id=member_id).first()
    if member is None or member.state == MemberState.ENDED:
        return 0
    today = clock.today()
    if member.valid_to is not None and member.valid_to <= today:
        member.state = MemberState.ENDED
    elif member.state == MemberState.PLANNED and member.valid_from <= today:
        member.state = MemberState.IN_FORCE
    else:
        return 0
    member.save(update_fields=["state"])
    group = Group.objects.get(id=member.group_id)
    record(actor=SYSTEM, event=f"group.member_{member.state}", subject_kind="group", subject_id=group.id)
    phones_update([group.subject_id])
    return 1


@law("CCL-44")
@transaction.atomic
def subject_end(subject_id: UUID) -> int:
    """Everything that burdens the person has stopped with the last day; this writes it down, without
    anybody's act, and makes the tasks of certificate and notices.
    """
    subject = Subject.objects.select_for_update(skip_locked=True).filter(id=subject_id).first()
    if subject is None or subject.state != SubjectState.IN_CORRECTION or in_term(subject):
        return 0
    assert subject.ends_on is not None  # noqa: S101  because a term without an end runs on
    burdens_stop(subject, SubjectState.ENDED, LiftReason.TERM_OVER, clock.day_end(subject.ends_on))
    record(actor=SYSTEM, event="subject.term_ended", subject_kind="subject", subject_id=subject.id)
    ending_open(subject, EndReason.TERM_OVER, subject.ends_on)
    return 1


@law("CCL-44")
def burdens_stop(subject: Subject, state: SubjectState, why: LiftReason, at: datetime) -> None:
    """Due contacts fall away, group and plan end, leave and positioning too, phones lose what they hold.
    What was missed stays as a fact. Under the person's lock."""
    held = DueContact.objects.filter(subject=subject, on_phone=True).values_list("id", flat=True)
    contacts = list(held)
    if subject.ends_on is None or in_term(subject):
        subject.ends_on = clock.local_day(at) - timedelta(days=1)
    contacts_trim(actor=SYSTEM, subject=subject)
    subject.state = state
    subject.save(update_fields=["state"])
    group_close(subject)
    _plan_close(subject)
    leaves_end(subject)
    entries_lapse(subject)
    searches_end(subject)
    medical_stop(subject)
    positioning_stop(subject, why, at)
    DueContact.objects.filter(subject=subject).update(on_phone=False, next_at=None)
    own = Visit.objects.filter(subject=subject, phone_until__isnull=False)
    visits = list(own.values_list("id", flat=True))
    own.update(phone_until=None)
    publish("visit", visits)
    publish("visit_due", contacts)


def group_close(subject: Subject) -> None:
    """The group ends with all who are in it. Under the person's lock."""
    for group in Group.objects.filter(subject=subject).exclude(state="ended"):
        group.state = GROUP.apply(group.state, "end", role=None).target
        group.save(update_fields=["state"])
        group.members.exclude(state=MemberState.ENDED).update(state=MemberState.ENDED, ended_at=clock.now())


def _plan_close(subject: Subject) -> None:
    for plan in Plan.objects.filter(subject=subject, state="in_force"):
        plan.state = PLAN.apply(plan.state, "end", role=None).target
        plan.save(update_fields=["state"])


@transaction.atomic
def visit_off_phone(visit_id: UUID) -> int:
    """A visit has been on its author's phone long enough."""
    changed = Visit.objects.filter(id=visit_id, phone_until__lte=clock.now()).update(phone_until=None)
    if changed:
        publish("visit", [visit_id])
    return changed
