"""Reception: five checks and the announcement; the last day confirmed by two; files and limits (CCL-22)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from audit.services import record
from corrections.clocks import CONFIRMERS, confirm_end_from, reception_gaps
from corrections.complaints import Burden
from corrections.machine import AGENCY
from corrections.models import EndConfirmation, FileItem, Limit, Order, Reception, ReceptionCheck, Subject
from corrections.reception_codes import (
    Acknowledged,
    CheckItem,
    EndOccasion,
    FileKind,
    ItemKind,
    LimitKind,
    ReceptionPlace,
)
from corrections.services.acts import not_after_today, sealed
from corrections.services.entries import entries_lapse
from corrections.services.found import require_staff, row_locked, subject_locked
from corrections.services.guarding import burden_guard
from edge.conf import setting
from edge.encryption import seal_value
from edge.repeats import made_before
from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from kernel.signing import Signing


def reception_locked(actor: Actor, reception_id: UUID) -> Reception:
    return row_locked(actor, Reception.objects.all(), reception_id)


@law("CCL-22", "CCM-17")
@transaction.atomic
def reception_open(
    *, actor: Actor, subject_id: UUID, place: ReceptionPlace, reported_in_on: date | None = None
) -> Reception:
    """Begin a reception, at the office or at home. Twice is no fault."""
    subject = subject_locked(actor, subject_id)
    known = Reception.objects.filter(subject=subject).first()
    if known is not None:
        return known
    if reported_in_on is not None:
        not_after_today("reported_in_on", reported_in_on)
    row = Reception.objects.create(
        subject=subject, place=place, reported_in_on=reported_in_on, opened_by_id=require_staff(actor),
        opened_at=clock.now(),
    )  # fmt: skip
    record(actor=actor, event="reception.opened", subject_kind="reception", subject_id=row.id)
    return row


@law("CCL-21")
@transaction.atomic
def reception_report_in(*, actor: Actor, reception_id: UUID, on: date) -> Reception:
    """The day on which the person reported in, or was handed over (category 04). Twice is no fault; one that
    was read wrong is put right while the reception is open."""
    reception = reception_locked(actor, reception_id)
    if reception.reported_in_on == not_after_today("on", on):
        return reception
    if reception.completed_on is not None and reception.reported_in_on is not None:
        raise Problem("reception_complete")
    reception.reported_in_on = on
    reception.save(update_fields=["reported_in_on"])
    record(
        actor=actor, event="reception.reported_in", subject_kind="reception", subject_id=reception.id,
        fields=["reported_in_on"],
    )  # fmt: skip
    return reception


@law("CCL-22")
@transaction.atomic
def reception_check(*, actor: Actor, reception_id: UUID, item: CheckItem, done_on: date) -> Reception:
    """One of the five items. The announcement has an act of its own. Twice is no fault."""
    reception = reception_locked(actor, reception_id)
    if item == CheckItem.ANNOUNCEMENT:
        raise Problem("invalid", fields={"item": ["announced by an act of its own"]})
    _checked(actor, reception, item, not_after_today("done_on", done_on))
    return reception


def _checked(actor: Actor, reception: Reception, item: CheckItem, done_on: date) -> None:
    _, made = ReceptionCheck.objects.get_or_create(
        reception=reception, item=item,
        defaults={"done_on": done_on, "checked_by_id": require_staff(actor), "checked_at": clock.now()},
    )  # fmt: skip
    if made:
        record(
            actor=actor, event="reception.checked", subject_kind="reception", subject_id=reception.id,
            reason=item,
        )  # fmt: skip


@law("CCL-22", "CCM-55")
@transaction.atomic
def reception_announce(
    *,
    actor: Actor,
    reception_id: UUID,
    announced_on: date,
    acknowledged: Acknowledged,
    witness: str = "",
    guardian_present: bool = False,
) -> Reception:
    """Announce facts, term and rules: alone, never in a group; a minor's guardian is there."""
    reception = reception_locked(actor, reception_id)
    if reception.announced_on is not None:
        return reception
    if reception.subject.minors_rules and not guardian_present:
        raise Problem("announcement_needs_guardian")
    if acknowledged == Acknowledged.WITNESSED and not witness:
        raise Problem("announcement_needs_witness")
    reception.announced_on = not_after_today("announced_on", announced_on)
    reception.acknowledged, reception.guardian_present = acknowledged, guardian_present
    reception.witness = sealed(Reception, "witness", reception.id, witness, reception.subject.key_id)
    reception.save()
    _checked(actor, reception, CheckItem.ANNOUNCEMENT, announced_on)
    return reception


@law("CCL-22", "CCL-44")
@transaction.atomic
def reception_complete(*, actor: Actor, reception_id: UUID) -> Reception:
    """Received: all five items, and two officers' word for the last day. Twice is no fault."""
    reception = reception_locked(actor, reception_id)
    if reception.completed_on is not None:
        return reception
    gaps = reception_gaps(set(reception.checks.values_list("item", flat=True)))
    if gaps:
        raise Problem("reception_incomplete", gaps=gaps)
    if not end_confirmed(reception.subject, EndOccasion.RECEPTION):
        raise Problem("end_needs_two_officers")
    reception.completed_on = clock.today()
    reception.save(update_fields=["completed_on"])
    record(actor=actor, event="reception.completed", subject_kind="reception", subject_id=reception.id)
    return reception


@law("CCL-44")
@transaction.atomic
def end_confirm(*, actor: Actor, subject_id: UUID, occasion: EndOccasion, ends_on: date) -> EndConfirmation:
    """One officer's word for the last day, as the officer read it from the papers. Twice is no fault."""
    subject = subject_locked(actor, subject_id)
    if subject.ends_on is None or subject.ends_on != ends_on:
        raise Problem("end_differs")
    if occasion == EndOccasion.BEFORE_END and clock.today() < confirm_end_from(
        ends_on, setting("END_CONFIRM_DAYS")
    ):
        raise Problem("invalid", fields={"occasion": ["not before its days"]})
    row, made = EndConfirmation.objects.get_or_create(
        subject=subject, ends_on=ends_on, occasion=occasion, officer_id=require_staff(actor),
        defaults={"confirmed_at": clock.now()},
    )  # fmt: skip
    if made:
        record(actor=actor, event="end.confirmed", subject_kind="subject", subject_id=subject.id)
    return row


def end_confirmed(subject: Subject, occasion: EndOccasion) -> bool:
    """Whether two officers stand behind the last day as it is now."""
    if subject.ends_on is None:
        return False
    rows = EndConfirmation.objects.filter(subject=subject, ends_on=subject.ends_on, occasion=occasion)
    return rows.count() >= CONFIRMERS


@dataclass(frozen=True, slots=True)
class Filed:
    """One paper of a file: what it is, its date, and where the original lies."""

    file: FileKind
    kind: ItemKind
    title: str
    dated_on: date
    pages: int = 1
    original_at: str = ""


@law("CCM-18")
@transaction.atomic
def item_file(*, actor: Actor, subject_id: UUID, filed: Filed, id: UUID | None = None) -> FileItem:
    """Add a line to the index of the correction file or the work file. Legal papers and decisions belong to
    the correction file, work records to the work file."""
    subject, pk = subject_locked(actor, subject_id), id or uuid7()
    if known := made_before(FileItem, id, subject_id=subject.pk, entered_by_id=actor.person):
        return known
    in_correction = filed.file == FileKind.CORRECTION
    if in_correction == (filed.kind == ItemKind.WORK) and filed.kind != ItemKind.OTHER:
        raise Problem("file_does_not_take_it")
    rows = FileItem.objects.filter(subject=subject, file=filed.file)
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    row = FileItem.objects.create(
        id=pk, subject=subject, file=filed.file, number=number, kind=filed.kind, pages=filed.pages,
        title=seal_value(FileItem, "title", pk, filed.title, subject.key_id), original_at=filed.original_at,
        dated_on=not_after_today("dated_on", filed.dated_on), entered_by_id=require_staff(actor),
        entered_at=clock.now(),
    )  # fmt: skip
    record(actor=actor, event="file.item_added", subject_kind="subject", subject_id=subject.id)
    return row


@dataclass(frozen=True, slots=True)
class Limited:
    """An injunction or a limit of contacts as its document has it."""

    kind: LimitKind
    text: str
    document_no: str
    valid_from: date
    valid_to: date
    order_id: UUID | None = None


@law("CCM-25")
@transaction.atomic
def limit_record(*, actor: Actor, subject_id: UUID, limit: Limited) -> Limit:
    """Write an injunction or a contact limit down: the agency alone, and only within the term."""
    if actor.role not in AGENCY:
        raise Problem("role_not_allowed")
    actor.sign(Signing.LIMIT)
    subject, pk = subject_locked(actor, subject_id), uuid7()
    if limit.valid_to < limit.valid_from or (subject.ends_on and limit.valid_to > subject.ends_on):
        raise Problem("invalid", fields={"valid_to": ["before valid_from, or after the term"]})
    orders = Order.objects.filter(subject=subject)
    if limit.order_id is not None and not orders.filter(id=limit.order_id).exists():
        raise Problem("invalid", fields={"order": ["not found"]})
    if limit.kind == LimitKind.CONTACT:
        burden_guard(actor, subject, Burden.CONTACT_LIMIT)
    row = Limit.objects.create(
        id=pk, subject=subject, order_id=limit.order_id, kind=limit.kind, document_no=limit.document_no,
        text=seal_value(Limit, "text", pk, limit.text, subject.key_id), valid_from=limit.valid_from,
        valid_to=limit.valid_to, recorded_by_id=require_staff(actor), recorded_at=clock.now(),
    )  # fmt: skip
    record(actor=actor, event="limit.recorded", subject_kind="subject", subject_id=subject.id)
    return row


@transaction.atomic
def limit_lift(*, actor: Actor, limit_id: UUID) -> Limit:
    """It holds no more, from today on. Twice is no fault."""
    if actor.role not in AGENCY:
        raise Problem("role_not_allowed")
    actor.sign(Signing.LIMIT)
    limit = row_locked(actor, Limit.objects.all(), limit_id)
    if limit.lifted_on is None:
        limit.lifted_on = clock.today()
        limit.save(update_fields=["lifted_on"])
        entries_lapse(limit.subject, limit)
        record(actor=actor, event="limit.lifted", subject_kind="subject", subject_id=limit.subject_id)
    return limit
