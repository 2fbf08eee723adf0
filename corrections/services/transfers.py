"""Change of the place of execution: the agency asks, the new one answers, the file moves, the person
reports."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections import access
from corrections.complaints import Burden
from corrections.leave import COUNTY_DIGITS
from corrections.machine import AGENCY
from corrections.models import Subject, Transfer
from corrections.models.people import SubjectState
from corrections.positioning import LiftReason
from corrections.services.acts import Said, in_course, move, not_after_today, of_term
from corrections.services.endings import burdens_stop
from corrections.services.entries import entries_lapse
from corrections.services.found import row_locked, subject_locked
from corrections.services.giving import TRANSFER_ASKED, TRANSFER_FILE, given_out
from corrections.services.guarding import burden_guard
from corrections.services.leave.course import leaves_end
from corrections.services.positioning import positioning_stop
from corrections.transfers import ASKED, NOT_ARRIVED, REFUSED, TRANSFER, UNDER_WAY, report_due, step_due
from edge.conf import setting
from edge.encryption import seal_value
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from kernel.signing import Signing
from tasks.codes import TaskKind
from tasks.services import About, task_create


@dataclass(frozen=True, slots=True)
class Move:
    """Where a person wants to be supervised, and why."""

    to_agency: str
    to_area_code: str
    reason: str
    applied_on: date
    asked_on: date
    wanted_from: date | None = None


@law("CCM-30")
@transaction.atomic
def transfer_ask(*, actor: Actor, subject_id: UUID, wanted: Move) -> Transfer:
    """The agency has asked the new one; a late application is taken all the same. Problem
    `transfer_under_way` while one is."""
    if actor.role not in AGENCY:
        raise Problem("role_not_allowed")
    actor.sign(Signing.PLACE)
    subject, pk = subject_locked(actor, subject_id), uuid7()
    of_term("applied_on", wanted.applied_on, subject)
    if wanted.to_area_code[:COUNTY_DIGITS] == subject.agency.area.code[:COUNTY_DIGITS]:
        raise Problem("invalid", fields={"to_area_code": ["the own district: that is another place"]})
    if not wanted.applied_on <= not_after_today("asked_on", wanted.asked_on):
        raise Problem("invalid", fields={"asked_on": ["before the application"]})
    if Transfer.objects.filter(subject=subject, state__in=UNDER_WAY).exists():
        raise Problem("transfer_under_way")
    row = Transfer.objects.create(
        id=pk, subject=subject, to_agency=wanted.to_agency, to_area_code=wanted.to_area_code,
        reason=seal_value(Transfer, "reason", pk, wanted.reason, subject.key_id),
        applied_on=wanted.applied_on, asked_on=wanted.asked_on, wanted_from=wanted.wanted_from,
        entered_by_id=actor.person,
        due_at=step_due(wanted.asked_on, setting("TRANSFER_STEP_DAYS")), entered_at=clock.now(),
    )  # fmt: skip
    record(actor=actor, event="place_transfer.ask", subject_kind="place_transfer", subject_id=pk)
    given_out(actor, pk, TRANSFER_ASKED, row.to_agency)
    return row


def _locked(actor: Actor, transfer_id: UUID) -> tuple[Transfer, Subject]:
    row = row_locked(actor, access.transfers_visible_to(actor), transfer_id)
    return row, row.subject


def _step(actor: Actor, row: Transfer, event: str, said: Said, **columns: object) -> bool:
    """One step; False for a doubled call."""
    if TRANSFER.already_done(row.state, event):
        return False
    move(actor, row, TRANSFER, event, said, **columns)
    return True


@law("CCL-27a", "CCM-30")
@transaction.atomic
def transfer_decide(
    *, actor: Actor, transfer_id: UUID, accept: bool, on: date, document_no: str, reason: str = ""
) -> Transfer:
    """The new agency's answer. A refusal has a reason, is told to the person, and passes the guard."""
    row, subject = _locked(actor, transfer_id)
    said = Said(reason, on=in_course("on", on, row.asked_on))
    answer = {"answered_on": on, "answer_document": document_no, "due_at": None}
    if accept:
        _step(actor, row, "accept", said, **answer)
        return row
    if not reason:
        raise Problem("reason_required", fields={"reason": ["required"]})
    if not TRANSFER.already_done(row.state, "refuse"):
        burden_guard(actor, subject, Burden.TRANSFER_REFUSED)
        answer["due_at"] = step_due(on, setting("TRANSFER_STEP_DAYS"))
        _step(actor, row, "refuse", said, **answer)
    return row


@law("CCM-30")
@transaction.atomic
def transfer_told(*, actor: Actor, transfer_id: UUID, on: date) -> Transfer:
    """The person was told of the refusal, as is due within days of it. Twice is no fault."""
    row, _subject = _locked(actor, transfer_id)
    if row.state != REFUSED or row.due_at is not None:
        move(actor, row, TRANSFER, "tell", Said(on=in_course("on", on, row.answered_on)), due_at=None)
    return row


@transaction.atomic
def transfer_withdraw(*, actor: Actor, transfer_id: UUID, reason: str) -> Transfer:
    row, _subject = _locked(actor, transfer_id)
    _step(actor, row, "withdraw", Said(reason), due_at=None)
    return row


@law("CCM-31")
@transaction.atomic
def transfer_move(*, actor: Actor, transfer_id: UUID, received_on: date) -> Transfer:
    """The person has the decision: from that day the report at the new place is due."""
    row, _subject = _locked(actor, transfer_id)
    said = Said(on=in_course("received_on", received_on, row.answered_on))
    _step(
        actor, row, "move", said, moved_on=received_on,
        due_at=step_due(received_on, setting("TRANSFER_STEP_DAYS")),
        report_due_at=report_due(received_on, setting("TRANSFER_REPORT_DAYS")),
    )  # fmt: skip
    return row


@law("CCM-31")
@transaction.atomic
def transfer_file_sent(*, actor: Actor, transfer_id: UUID, on: date) -> Transfer:
    row, _subject = _locked(actor, transfer_id)
    due_at = step_due(in_course("on", on, row.moved_on), setting("TRANSFER_STEP_DAYS"))
    if _step(actor, row, "send_file", Said(on=on), file_sent_on=on, due_at=due_at):
        given_out(actor, row.id, TRANSFER_FILE, row.to_agency)
    return row


@law("CCM-31")
@transaction.atomic
def transfer_receipt(*, actor: Actor, transfer_id: UUID, on: date) -> Transfer:
    """The new agency has the file: positioning, permits and leave end here, it decides anew."""
    row, subject = _locked(actor, transfer_id)
    said = Said(on=in_course("on", on, row.file_sent_on))
    if _step(actor, row, "receive", said, receipt_on=on, due_at=row.report_due_at):
        positioning_stop(subject, LiftReason.TRANSFER, clock.now())
        leaves_end(subject)
        entries_lapse(subject)
    return row


@law("CCM-31")
@transaction.atomic
def transfer_report(*, actor: Actor, transfer_id: UUID, on: date) -> Transfer:
    """The person reported at the new place: nothing is due here any more. It is no end of the correction."""
    row, subject = _locked(actor, transfer_id)
    said = Said(on=in_course("on", on, row.moved_on))
    if _step(actor, row, "report", said, reported_on=on, due_at=None):
        burdens_stop(subject, SubjectState.TRANSFERRED, LiftReason.TRANSFER, clock.now())
        record(actor=actor, event="subject.transferred", subject_kind="subject", subject_id=subject.id)
    return row


@law("CCM-31")
@transaction.atomic
def transfer_not_arrived(*, actor: Actor, transfer_id: UUID, reason: str) -> Transfer:
    """The new agency says that nobody came: the old one looks for the person."""
    row, subject = _locked(actor, transfer_id)
    if row.state != NOT_ARRIVED and (row.report_due_at is None or clock.now() < row.report_due_at):
        raise Problem("transfer_not_due")
    if _step(actor, row, "not_arrive", Said(reason)):
        task_create(
            actor=actor, kind=TaskKind.REVIEW, about=About("place_transfer", row.id),
            role=Role.AGENCY_OFFICER, organisation_id=subject.agency_id,
        )  # fmt: skip
    return row


@transaction.atomic
def transfer_flag(transfer_id: UUID) -> int:
    """No answer in time: a flag with its true moment, nothing against the person."""
    rows = Transfer.objects.select_for_update(skip_locked=True, of=("self",)).select_related("subject")
    row, now = rows.filter(id=transfer_id, state=ASKED, due_at__lte=clock.now()).first(), clock.now()
    if row is None or row.due_at is None or row.due_at > now:
        return 0
    move(SYSTEM, row, TRANSFER, "flag", Said(at=row.due_at))
    return 1


def transfers_to_flag(now: datetime) -> list[UUID]:
    rows = Transfer.objects.filter(state=ASKED, due_at__lte=now).order_by("due_at", "id")
    return list(rows.values_list("id", flat=True))
