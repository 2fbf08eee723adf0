"""What a person reports (CCM-24a): the periodic report is the contact at which it was made; an event is told,
and an officer looks at it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections import access
from corrections.bodies import VisitBody
from corrections.codes import VisitOutcome
from corrections.models import DueContact, PeriodicReport, Subject, TimelyReport, Visit
from corrections.reports import REPORT_FORMS, TIMELY, ReportMatter, TimelyKind, ToldWay, report_gaps
from corrections.services.acts import Said, move, not_after_today
from corrections.services.found import require_staff, row_locked, subject_locked
from corrections.services.reading import revealed
from corrections.services.visits import visit_record
from edge.encryption import seal_value
from edge.repeats import made_before
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.codes.law import ContactForm
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem

MATTERS = tuple(matter.value for matter in ReportMatter)


@dataclass(frozen=True, slots=True)
class Reported:
    """A periodic report: when it was made, the days it tells of, and the words on each matter."""

    made_at: datetime
    first_day: date
    last_day: date
    told: Mapping[str, str]
    original_at: str = ""


@law("CCM-24a")
@transaction.atomic
def periodic_report_take(*, actor: Actor, contact_id: UUID, report: Reported) -> PeriodicReport:
    """Take a report that a due contact asks for; the contact is settled by it, or was already by the visit at
    which it was told. Taken twice it is the first one. Problems `not_found`, `report_not_asked`,
    `report_incomplete`."""
    contact = _contact(actor, contact_id)
    subject = subject_locked(actor, contact.subject_id)
    if contact.form not in REPORT_FORMS:
        raise Problem("report_not_asked")
    if gaps := report_gaps(report.told):
        raise Problem("report_incomplete", gaps=gaps)
    if not report.first_day <= report.last_day <= clock.local_day(report.made_at):
        raise Problem("invalid", fields={"last_day": ["before first_day, or after the report was made"]})
    standing = PeriodicReport.objects.filter(visit__contact=contact).first()
    return standing or _taken(actor, subject, _visit_of(actor, contact, report), report)


def _contact(actor: Actor, contact_id: UUID) -> DueContact:
    row = existing(access.contacts_visible_to(actor).filter(id=contact_id))
    return row


def _visit_of(actor: Actor, contact: DueContact, report: Reported) -> UUID:
    """The visit at which it was told: one that stands, or the one that is made of it."""
    met = Visit.objects.filter(contact=contact, outcome=VisitOutcome.MET).order_by("made_at", "id").first()
    if met is not None:
        return met.id
    body = VisitBody(VisitOutcome.MET, due=contact.id, form=ContactForm(contact.form))
    return visit_record(actor=actor, contact_id=contact.id, body=body, made_at=report.made_at)


def _taken(actor: Actor, subject: Subject, visit_id: UUID, report: Reported) -> PeriodicReport:
    pk = uuid7()
    words = {
        name: seal_value(PeriodicReport, name, pk, report.told[name].strip(), subject.key_id)
        for name in MATTERS
    }
    row = PeriodicReport.objects.create(
        id=pk, subject=subject, visit_id=visit_id, first_day=report.first_day, last_day=report.last_day,
        original_at=report.original_at, taken_by_id=require_staff(actor), taken_at=clock.now(), **words,
    )  # fmt: skip
    record(actor=actor, event="periodic_report.taken", subject_kind="periodic_report", subject_id=pk)
    return row


@dataclass(frozen=True, slots=True)
class Event:
    """What a person tells of: which of the four kinds, the days, how it was told, the words."""

    kind: TimelyKind
    way: ToldWay
    happened_on: date
    told_on: date
    text: str


@law("CCM-24a")
@transaction.atomic
def timely_report_take(
    *, actor: Actor, subject_id: UUID, event: Event, id: UUID | None = None
) -> TimelyReport:
    """Write down what was told. Nothing follows but that an officer looks at it."""
    subject, pk = subject_locked(actor, subject_id), id or uuid7()
    if known := made_before(TimelyReport, id, subject_id=subject.pk, taken_by_id=actor.person):
        return known
    if event.happened_on > not_after_today("told_on", event.told_on):
        raise Problem("invalid", fields={"happened_on": ["after told_on"]})
    row = TimelyReport.objects.create(
        id=pk, subject=subject, kind=event.kind, way=event.way, happened_on=event.happened_on,
        told_on=event.told_on, text=seal_value(TimelyReport, "text", pk, event.text, subject.key_id),
        taken_by_id=require_staff(actor), taken_at=clock.now(),
    )  # fmt: skip
    record(actor=actor, event="timely_report.taken", subject_kind="timely_report", subject_id=pk)
    return row


def _timely(actor: Actor, report_id: UUID) -> TimelyReport:
    return row_locked(actor, access.timely_reports_visible_to(actor), report_id)


@law("CCM-24a")
@transaction.atomic
def timely_report_look_at(*, actor: Actor, report_id: UUID, text: str) -> TimelyReport:
    """An officer has looked at it, and says what is done about it. Twice is no fault."""
    return _step(actor, _timely(actor, report_id), "look_at", text)


@transaction.atomic
def timely_report_take_back(*, actor: Actor, report_id: UUID, text: str) -> TimelyReport:
    """It was not so, or was entered with the wrong person; it stays, and says why it counts no more."""
    return _step(actor, _timely(actor, report_id), "take_back", text)


def _step(actor: Actor, row: TimelyReport, event: str, text: str) -> TimelyReport:
    if not TIMELY.already_done(row.state, event):
        move(actor, row, TIMELY, event, Said(text))
    return row


@law("CCL-54", "CCL-61")
@transaction.atomic
def periodic_report_read(*, actor: Actor, report_id: UUID, purpose: str, reason: str) -> dict[str, Any]:
    """The five matters in clear, for a purpose and with a reason."""
    row = existing(PeriodicReport.objects.filter(id=report_id, subject__in=access.readable_by(actor)))
    return revealed(
        actor=actor, row=row, kind="periodic_report", fields=MATTERS, purpose=purpose, reason=reason
    )


@law("CCL-54", "CCL-61")
@transaction.atomic
def timely_report_read(*, actor: Actor, report_id: UUID, purpose: str, reason: str) -> dict[str, Any]:
    """The words in clear, for a purpose and with a reason."""
    row = existing(TimelyReport.objects.filter(id=report_id, subject__in=access.readable_by(actor)))
    return revealed(
        actor=actor, row=row, kind="timely_report", fields=("text",), purpose=purpose, reason=reason
    )
