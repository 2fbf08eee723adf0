"""From the rule's windows to rows of the table, and from rows of a plan to what the rules take."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from corrections.codes import ContactState, Period
from corrections.machine import PHONE_FORMS
from corrections.models import ContactStep, DueContact, Plan, PlanLine, Subject
from corrections.schedule import DueWindow, Frame, Frequency, Quiet
from corrections.services.steps import advance
from kernel import calendar, clock
from kernel.codes.law import ContactForm
from sync.services import publish


def frequency_of(line: PlanLine) -> Frequency:
    return Frequency(ContactForm(line.form), Period(line.period), line.least, line.most, line.window_days)


def frame_of(plan: Plan, subject: Subject) -> Frame:
    """What the lines of the plan share. A plan stands only where there is a term."""
    assert subject.ends_on is not None  # noqa: S101  because a plan is refused without an order
    quiet = Quiet(plan.quiet_from, plan.quiet_to)
    return Frame(plan.starts_on, subject.ends_on, quiet, plan.grace_days, calendar.current())


def contact_row(
    line: PlanLine, plan: Plan, window: DueWindow, *, pk: UUID, created_by: UUID | None, now: datetime
) -> DueContact:
    """A due contact as it is planned; nothing is saved."""
    return DueContact(
        id=pk, subject_id=plan.subject_id, line=line, slot=window.slot, form=line.form,
        open_day=window.open_day, due_day=window.due_day, opens_at=window.opens_at, due_at=window.due_at,
        grace_until=window.grace_until, provisional=window.provisional, quiet_from=plan.quiet_from,
        quiet_to=plan.quiet_to,
        state=ContactState.PLANNED, next_at=window.opens_at, on_phone=line.form in PHONE_FORMS,
        created_by_id=created_by, created_at=now,
    )  # fmt: skip


def contacts_insert(rows: Sequence[DueContact]) -> None:
    """Insert planned contacts with what time has done to them already, and put them on the phones."""
    now = clock.now()
    steps = [step for row in rows for step in advance(row, now)]
    DueContact.objects.bulk_create(rows)
    ContactStep.objects.bulk_create(steps)
    publish("visit_due", [row.id for row in rows if row.on_phone])
