"""Due contacts as officers handle them: excused, added above the plan, a worker named for one."""

from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.selectors import memberships_in_force
from audit.services import Fact, record, record_many
from corrections.codes import ContactState, ExcuseCode
from corrections.complaints import Burden
from corrections.machine import CONTACT, WAITING
from corrections.models import ContactStep, DueContact, Naming, Plan, Subject
from corrections.schedule import over_cap, window_between
from corrections.services.found import in_term, require_staff, row_locked, subject_locked
from corrections.services.guarding import burden_guard
from corrections.services.rows import contact_row, contacts_insert, frame_of, frequency_of
from corrections.services.steps import Change, advance, move, move_in_memory, save_moved
from edge.encryption import seal_value
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.codes.law import ContactForm
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from sync.services import publish

WINDOW_DAYS = 62


def contact_locked(actor: Actor, contact_id: UUID) -> DueContact:
    return row_locked(actor, DueContact.objects.all(), contact_id)


@transaction.atomic
def contact_excuse(*, actor: Actor, contact_id: UUID, code: ExcuseCode, text: str = "") -> DueContact:
    """Excuse a contact, also one that stands as missed. Only an officer does; the reason is kept sealed."""
    contact, now = contact_locked(actor, contact_id), clock.now()
    if CONTACT.already_done(contact.state, "excuse"):
        return contact
    step_id = uuid7()
    sealed = seal_value(ContactStep, "reason_text", step_id, text, contact.subject.key_id) if text else None
    contact.excuse = code
    move(contact, Change("excuse", now, actor, code, sealed, step_id), now)
    record(actor=actor, event="contact.excused", subject_kind="contact", subject_id=contact.id, reason=code)
    publish("visit_due", [contact.id])
    return contact


@law("CCL-34a", "CCL-61")
@transaction.atomic
def contact_add(
    *, actor: Actor, subject_id: UUID, form: ContactForm, open_day: date, due_day: date, note: str = ""
) -> DueContact:
    """Add one contact of a form that the plan knows. Above the plan's most only with a note of why that is
    proportionate."""
    subject = subject_locked(actor, subject_id)
    plan = Plan.objects.filter(subject=subject, state="in_force").first()
    line = plan.lines.filter(form=form).first() if plan else None
    if plan is None or line is None or not in_term(subject):
        raise Problem("invalid", fields={"form": ["the plan in force does not know it"]})
    if due_day < clock.today() or not 0 <= (due_day - open_day).days <= WINDOW_DAYS:
        raise Problem("invalid", fields={"due_day": ["not before today and not before open_day"]})
    frame = frame_of(plan, subject)
    window = window_between(form, frame, 0, open_day, due_day)
    if window.due_day > frame.ends_on:
        raise Problem("term_over", fields={"due_day": ["after the last day of the term"]})
    counted = line.contacts.exclude(state__in=["cancelled", "excused"]).values_list("due_day", flat=True)
    above = over_cap(frequency_of(line), plan.starts_on, window.due_day, list(counted))
    if above and not note:
        raise Problem("above_plan_needs_note", fields={"note": ["required"]})
    if above:
        burden_guard(actor, subject, Burden.CONTACT_LIMIT)
    pk = uuid7()
    contact = contact_row(line, plan, window, pk=pk, created_by=actor.user_id, now=clock.now())
    contact.slot = None
    if note:
        contact.above_plan_note = seal_value(DueContact, "above_plan_note", pk, note, subject.key_id)
    contacts_insert([contact])
    record(actor=actor, event="contact.added", subject_kind="contact", subject_id=pk)
    return contact


@law("CCL-54")
@transaction.atomic
def worker_name(*, actor: Actor, contact_id: UUID, user_id: UUID) -> Naming:
    """Name a grid worker for one visit. Minors are visited by members of their group only."""
    contact = contact_locked(actor, contact_id)
    if contact.subject.minors_rules:
        raise Problem("minor_needs_group_member")
    if contact.state not in (*WAITING, ContactState.MISSED):
        raise Problem("transition_not_allowed", current=contact.state)
    if not memberships_in_force().filter(user_id=user_id, role=Role.GRID_WORKER).exists():
        raise Problem("group_member_not_worker", fields={"user": ["an account that holds the role"]})
    naming = Naming.objects.filter(contact=contact, user_id=user_id, ended_at__isnull=True).first()
    if naming is not None:
        return naming
    naming = Naming.objects.create(
        contact=contact, user_id=user_id, named_by_id=require_staff(actor), named_at=clock.now()
    )
    record(actor=actor, event="contact.worker_named", subject_kind="contact", subject_id=contact.id)
    publish("visit_due", [contact.id])
    return naming


@transaction.atomic
def naming_end(*, actor: Actor, contact_id: UUID, user_id: UUID) -> None:
    """The worker is not named any more; the next pull takes the visit off the phone. Twice is no fault."""
    contact = contact_locked(actor, contact_id)
    ended = Naming.objects.filter(contact=contact, user_id=user_id, ended_at__isnull=True).update(
        ended_at=clock.now()
    )
    if ended:
        record(actor=actor, event="contact.naming_ended", subject_kind="contact", subject_id=contact.id)
        publish("visit", list(contact.visits.filter(author_id=user_id).values_list("id", flat=True)))
        publish("visit_due", [contact.id])


def contacts_trim(*, actor: Actor, subject: Subject) -> None:
    """Cancel what is due beyond the term's new end, or everything that waits when the term is over."""
    assert subject.ends_on is not None  # noqa: S101  because callers have just written it
    rows = DueContact.objects.select_for_update().filter(subject=subject, state__in=WAITING)
    over = not in_term(subject)
    cancelled = [row for row in rows.order_by("id") if over or row.due_day > subject.ends_on]
    _cancel(actor, cancelled, "term_end")


def contacts_replan(*, actor: Actor, subject: Subject, from_day: date) -> None:
    """Cancel what an older plan had planned to open from `from_day` on; what is open stays."""
    rows = DueContact.objects.select_for_update().filter(
        subject=subject, state="planned", slot__isnull=False, open_day__gte=from_day
    )
    now = clock.now()
    _cancel(actor, [row for row in rows.order_by("id") if row.opens_at > now], "replan")


def _cancel(actor: Actor, rows: list[DueContact], event: str) -> None:
    """The machine cancels, whoever caused it: an officer has no act of this name. What was missed by now
    stays a fact, also when nobody had written it down yet."""
    now = clock.now()
    for row in rows:
        before, steps = row.state, advance(row, now)
        if row.state in WAITING:
            steps.append(move_in_memory(row, Change(event, now, SYSTEM), now))
        save_moved(row, before, steps)
    ids = [row.id for row in rows if row.state == ContactState.CANCELLED]
    facts = [Fact(contact_id) for contact_id in ids]
    record_many(actor=actor, event="contact.cancelled", subject_kind="contact", facts=facts)
    publish("visit_due", [row.id for row in rows])
