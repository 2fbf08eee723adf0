"""A longer term for a health or review report (CCM-24b): proposed here, decided by who is competent,
told to the procuratorate."""

from datetime import date
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections import access
from corrections.complaints import Burden
from corrections.machine import AGENCY
from corrections.medical import DUE, LENGTHENING, PROPOSED, LengthenLevel, lengthen_level
from corrections.models import MedicalReport, ReportLengthening
from corrections.services.acts import Said, move, not_after_today, sealed
from corrections.services.found import require_staff, row_locked
from corrections.services.giving import LENGTHENING_ASKED, LENGTHENING_TOLD, given_out
from corrections.services.guarding import burden_guard
from corrections.services.medical import medical_locked
from corrections.services.reading import revealed
from edge.conf import setting
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from kernel.signing import Signing
from tasks.codes import TaskKind
from tasks.services import About, task_create, tasks_done_for

KIND = "report_lengthening"


@law("CCM-24b")
@transaction.atomic
def lengthening_propose(*, actor: Actor, report_id: UUID, until: date, reason: str) -> ReportLengthening:
    """Propose a later day for one report; the answer names who decides. While one to that day is open, it
    comes back; problem `already_exists` for another day."""
    user_id, report = require_staff(actor), medical_locked(actor, report_id)
    standing = ReportLengthening.objects.filter(report=report, state=PROPOSED).first()
    if standing is not None:
        if standing.until != until:
            raise Problem("already_exists", fields={"until": ["a lengthening to another day is open"]})
        return standing
    last = report.subject.ends_on
    if report.state != DUE or until <= report.due_on or (last is not None and until > last):
        raise Problem("lengthening_not_fit", fields={"until": ["not after the due day, or after the term"]})
    level = lengthen_level(
        report.regular_on, until, city_months=setting("LENGTHEN_CITY_MONTHS"),
        province_months=setting("LENGTHEN_PROVINCE_MONTHS"),
    )  # fmt: skip
    pk = uuid7()
    row = ReportLengthening.objects.create(
        id=pk, subject=report.subject, report=report, level=level, until=until, proposed_by_id=user_id,
        proposed_at=clock.now(),
        reason=sealed(ReportLengthening, "reason", pk, reason, report.subject.key_id),
    )  # fmt: skip
    record(actor=actor, event="report_lengthening.propose", subject_kind=KIND, subject_id=pk)
    return row


def _locked(actor: Actor, lengthening_id: UUID) -> tuple[ReportLengthening, MedicalReport]:
    row = row_locked(actor, access.lengthenings_visible_to(actor), lengthening_id)
    report = MedicalReport.objects.select_for_update().get(id=row.report_id)
    report.subject = row.subject
    return row, report


@law("CCM-24b")
@transaction.atomic
def lengthening_record(
    *, actor: Actor, lengthening_id: UUID, document_no: str, decided_on: date
) -> ReportLengthening:
    """What the city or the province has decided, by its document. It takes effect when another officer has
    compared it (`lengthening_grant`)."""
    if actor.role not in AGENCY:
        raise Problem("role_not_allowed")
    actor.sign(Signing.MEDICAL)
    row, _report = _locked(actor, lengthening_id)
    if row.state != PROPOSED or row.level == LengthenLevel.AGENCY:
        raise Problem("transition_not_allowed", current=row.state)
    if row.document_no and row.recorded_by_id != actor.user_id:
        raise Problem("already_exists", fields={"document_no": ["recorded; another officer compares it"]})
    if not row.document_no:
        given_out(actor, row.id, LENGTHENING_ASKED, LengthenLevel(row.level).zh)
    row.document_no, row.decided_on = document_no, not_after_today("decided_on", decided_on)
    row.recorded_by_id = require_staff(actor)
    row.save(update_fields=["document_no", "decided_on", "recorded_by"])
    record(
        actor=actor, event="report_lengthening.record", subject_kind=KIND, subject_id=row.id,
        fields=["document_no", "decided_on"],
    )  # fmt: skip
    return row


@law("CCM-24b")
@transaction.atomic
def lengthening_grant(*, actor: Actor, lengthening_id: UUID) -> ReportLengthening:
    """The report is due on the later day, and the procuratorate is to be told. Twice is no fault.

    Problems `lengthening_needs_another`, `lengthening_needs_document`, `lengthening_not_fit` when the report
    has come meanwhile.
    """
    row, report = _locked(actor, lengthening_id)
    if LENGTHENING.already_done(row.state, "grant"):
        return row
    if row.state == PROPOSED and report.state != DUE:
        raise Problem("lengthening_not_fit")
    facts = {
        "level": row.level, "by": actor.user_id, "proposed_by": row.proposed_by_id,
        "document_no": row.document_no, "recorded_by": row.recorded_by_id,
    }  # fmt: skip
    move(
        actor, row, LENGTHENING, "grant", Said(on=row.decided_on, facts=facts),
        granted_by=actor.user_id, granted_at=clock.now(), decided_on=row.decided_on or clock.today(),
    )  # fmt: skip
    report.due_on, report.due_at = row.until, clock.day_end(row.until)
    report.save(update_fields=["due_on", "due_at"])
    record(
        actor=actor, event="medical_report.lengthened", subject_kind="medical_report", subject_id=report.id,
        fields=["due_on"],
    )  # fmt: skip
    task_create(
        actor=actor, kind=TaskKind.NOTIFY, about=About(KIND, row.id), role=Role.AGENCY_OFFICER,
        organisation_id=row.subject.agency_id,
    )  # fmt: skip
    return row


@law("CCM-24b", "CCL-61")
@transaction.atomic
def lengthening_refuse(*, actor: Actor, lengthening_id: UUID, reason: str) -> ReportLengthening:
    """Not granted, with the reason that the person is told. Twice is no fault."""
    row, _report = _locked(actor, lengthening_id)
    if not LENGTHENING.already_done(row.state, "refuse"):
        burden_guard(actor, row.subject, Burden.LENGTHENING_REFUSED)
        move(actor, row, LENGTHENING, "refuse", Said(reason))
    return row


@transaction.atomic
def lengthening_withdraw(*, actor: Actor, lengthening_id: UUID, reason: str) -> ReportLengthening:
    row, _report = _locked(actor, lengthening_id)
    if not LENGTHENING.already_done(row.state, "withdraw"):
        move(actor, row, LENGTHENING, "withdraw", Said(reason))
    return row


@law("CCM-24b")
@transaction.atomic
def lengthening_told(*, actor: Actor, lengthening_id: UUID, told_on: date) -> ReportLengthening:
    """The procuratorate was told of a lengthening in force. Twice is no fault, on another day it is."""
    if actor.role not in AGENCY:
        raise Problem("role_not_allowed")
    row, _report = _locked(actor, lengthening_id)
    if row.state != "in_force":
        raise Problem("transition_not_allowed", current=row.state)
    if row.told_on not in (None, told_on):
        raise Problem("already_exists", fields={"told_on": ["told on another day"]})
    if row.told_on is None:
        row.told_on = not_after_today("told_on", told_on)
        row.save(update_fields=["told_on"])
        record(
            actor=actor, event="report_lengthening.told", subject_kind=KIND, subject_id=row.id,
            fields=["told_on"],
        )  # fmt: skip
        tasks_done_for(actor=actor, subject_kind=KIND, subject_id=row.id)
        given_out(actor, row.id, LENGTHENING_TOLD)
    return row


@law("CCL-61")
@transaction.atomic
def lengthening_read(
    *, actor: Actor, lengthening_id: UUID, purpose: str, reason: str
) -> dict[str, str | None]:
    rows = ReportLengthening.objects.filter(subject__in=access.readable_by(actor))
    row = existing(rows.filter(id=lengthening_id))
    return revealed(actor=actor, row=row, kind=KIND, fields=("reason",), purpose=purpose, reason=reason)
