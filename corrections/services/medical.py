"""Health and review reports (CCM-24b): opened ahead, handed in with the paper's date, excused, read in clear.

What is late stays `due` and is shown with its days; no service of this file begins anything against anybody.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections import access
from corrections.medical import (
    DUE,
    EXCUSED,
    HANDED_IN,
    MEDICAL,
    Counted,
    Frame,
    MedicalExcuse,
    MedicalKind,
    kinds_of,
    next_report,
)
from corrections.models import MedicalReport, Subject
from corrections.services.acts import Said, move, not_after_today, sealed
from corrections.services.found import in_term, require_staff, row_locked
from corrections.services.reading import revealed
from edge.conf import setting
from edge.rows import existing
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.codes.law import CorrectionCategory
from kernel.law import law
from kernel.problems import Problem

FIELDS = ("hospital", "finding")
MONTHS = {MedicalKind.HEALTH: "HEALTH_REPORT_MONTHS", MedicalKind.REVIEW: "REVIEW_REPORT_MONTHS"}


@dataclass(frozen=True, slots=True)
class Handed:
    """A report as it lies on the desk: the paper's date, the day it came, where the original is kept."""

    handed_on: date
    dated_on: date
    original_at: str
    hospital: str = ""
    finding: str = ""


@law("CCM-24b")
@transaction.atomic
def medical_open(subject_id: UUID) -> int:
    """Open the reports that lie ahead of a person on 暂予监外执行, one of each kind; how many."""
    subject = Subject.objects.select_for_update(skip_locked=True).filter(id=subject_id).first()
    if subject is None or subject.state != "in_correction" or not in_term(subject):
        return 0
    orders = list(subject.orders.values_list("category", "ground"))
    opened = 0
    for kind in kinds_of(orders):
        while (wanted := _next(subject, kind)) is not None:
            _opened(subject, kind, wanted)
            opened += 1
    return opened


def _next(subject: Subject, kind: MedicalKind) -> Counted | None:
    last = MedicalReport.objects.filter(subject=subject, kind=kind).order_by("nth").last()
    stood = Counted(last.counted_from, last.step, last.regular_on, last.due_on) if last else None
    outside = subject.orders.filter(category=CorrectionCategory.TEMPORARY_OUTSIDE_PRISON)
    known = clock.local_day(outside.earliest("created_at").created_at)
    frame = Frame(subject.received_on, known, subject.ends_on)
    return next_report(stood, frame, months=setting(MONTHS[kind]), today=clock.today())


def _opened(subject: Subject, kind: MedicalKind, wanted: Counted) -> None:
    row = MedicalReport.objects.create(
        subject=subject, kind=kind, counted_from=wanted.counted_from, step=wanted.step,
        nth=MedicalReport.objects.filter(subject=subject, kind=kind).count() + 1,
        regular_on=wanted.regular_on, due_on=wanted.due_on, due_at=clock.day_end(wanted.due_on),
        created_at=clock.now(),
    )  # fmt: skip
    record(actor=SYSTEM, event="medical_report.opened", subject_kind="medical_report", subject_id=row.id)


def medical_to_open(today: date) -> list[UUID]:
    """People on 暂予监外执行 for whom no report of some kind lies ahead, and one may still be due."""
    rows = Subject.objects.filter(
        state="in_correction", orders__category=CorrectionCategory.TEMPORARY_OUTSIDE_PRISON
    )
    people = rows.exclude(ends_on__lt=today).distinct().prefetch_related("orders")
    last: dict[tuple[UUID, str], MedicalReport] = {}
    for report in MedicalReport.objects.filter(subject__in=people).order_by("nth"):
        last[report.subject_id, report.kind] = report
    return [subject.id for subject in people if _wanting(subject, last, today)]


def _wanting(subject: Subject, last: dict[tuple[UUID, str], MedicalReport], today: date) -> bool:
    orders = list(subject.orders.all())
    known = [
        clock.local_day(row.created_at)
        for row in orders
        if row.category == CorrectionCategory.TEMPORARY_OUTSIDE_PRISON
    ]
    frame = Frame(subject.received_on, min(known), subject.ends_on)
    for kind in kinds_of([(row.category, row.ground) for row in orders]):
        row = last.get((subject.id, kind))
        stood = Counted(row.counted_from, row.step, row.regular_on, row.due_on) if row else None
        if next_report(stood, frame, months=setting(MONTHS[kind]), today=today) is not None:
            return True
    return False


def medical_locked(actor: Actor, report_id: UUID) -> MedicalReport:
    """The report under lock, after its person. Problem `not_found` for a foreign one."""
    return row_locked(actor, access.medical_visible_to(actor), report_id)


@law("CCM-24b")
@transaction.atomic
def medical_hand_in(*, actor: Actor, report_id: UUID, handed: Handed) -> MedicalReport:
    """It came on `handed_on`, which alone says whether it was late; entering it later makes nobody late.
    Twice is no fault. Problem `review_needs_hospital`."""
    user_id, row = require_staff(actor), medical_locked(actor, report_id)
    if row.state == HANDED_IN:
        return row
    received = row.subject.received_on
    if not received <= handed.dated_on <= not_after_today("handed_on", handed.handed_on):
        raise Problem("invalid", fields={"dated_on": ["before reception, or after the day it came"]})
    key_id = row.subject.key_id
    texts = {name: sealed(MedicalReport, name, row.id, getattr(handed, name), key_id) for name in FIELDS}
    said = Said(on=handed.handed_on, facts={"kind": row.kind, "hospital": handed.hospital})
    move(
        actor, row, MEDICAL, "hand_in", said, handed_on=handed.handed_on,
        dated_on=handed.dated_on, original_at=handed.original_at, taken_by=user_id, taken_at=clock.now(),
        excuse="", **texts,
    )  # fmt: skip
    return row


@transaction.atomic
def medical_excuse(*, actor: Actor, report_id: UUID, code: MedicalExcuse, text: str = "") -> MedicalReport:
    """It is not asked for this time. Twice is no fault."""
    row = medical_locked(actor, report_id)
    if row.state != EXCUSED:
        move(actor, row, MEDICAL, "excuse", Said(text), excuse=code)
    return row


@law("CCM-41")
def medical_excuse_held(subject: Subject, since: date, until: date | None) -> int:
    """Excuse what was due while the person was held. Under the person's lock."""
    last = min(until or clock.today(), clock.today())
    rows = MedicalReport.objects.select_for_update().filter(
        subject=subject, state=DUE, due_on__gte=since, due_on__lte=last
    )
    held = list(rows.order_by("id"))
    for row in held:
        row.subject = subject
        move(SYSTEM, row, MEDICAL, "excuse", Said(), excuse=MedicalExcuse.DETAINED)
    return len(held)


@law("CCL-44")
def medical_stop(subject: Subject) -> None:
    """Nothing is asked for any more. Under the person's lock."""
    for row in MedicalReport.objects.select_for_update().filter(subject=subject, state=DUE).order_by("id"):
        row.subject = subject
        move(SYSTEM, row, MEDICAL, "term_end", Said())


@law("CCL-54", "CCL-61")
@transaction.atomic
def medical_read(*, actor: Actor, report_id: UUID, purpose: str, reason: str) -> dict[str, Any]:
    """Hospital and finding in clear, for a purpose and with a reason."""
    row = existing(MedicalReport.objects.filter(id=report_id, subject__in=access.readable_by(actor)))
    return revealed(
        actor=actor, row=row, kind="medical_report", fields=FIELDS, purpose=purpose, reason=reason
    )  # fmt: skip
