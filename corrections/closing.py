"""How files of corrections are closed: at the end restricted, marked ones sealed, destroyed after their
retention.

The values stand under the person's key, which `privacy` closes; here is what lies outside it.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from corrections.access import assessments_visible_to
from corrections.access.people import going_on
from corrections.complaints import COMPLAINT
from corrections.decisions import FURTHER, MADE
from corrections.models import (
    ActStep,
    Assessment,
    BurdenRow,
    Complaint,
    Decision,
    Objection,
    Opinion,
    PlaceFlag,
    PositioningPoint,
    SecondDecision,
    Subject,
    Visit,
    VisitFix,
)
from corrections.models.people import SubjectState
from corrections.opinions import OPINION
from corrections.selectors import clear_values
from corrections.services.reception import ID_NUMBER
from edge.encryption import blind
from kernel import clock, text
from kernel.actor import Actor
from kernel.law import law
from privacy.closing import RecordClass, closed, enter, ids_below, rows_below
from privacy.machine import ClosingState

KIND = "subject"
PERSON = ("name", "id_number", "born_on")
SHOWN = (*PERSON, "orders", "received_on", "ends_on")


def connect() -> None:
    """Enter the class (once, when the app is ready)."""
    enter(
        RecordClass(
            kind=KIND, zh="矫正档案", en="file of a person in correction", keep_days="CORRECTION_KEEP_DAYS",
            ended=ended, rows_of=rows_of, other_keys=still_open, held=held, seal=unfindable, lift=findable,
            destroy=empty, show=show, shown=SHOWN, seen_by=subject_seen, log_of=log_of,
        )
    )  # fmt: skip
    enter(
        RecordClass(
            kind="assessment", zh="调查评估", en="pre-sentence assessment", keep_days="ASSESSMENT_KEEP_DAYS",
            restrict_days="ASSESSMENT_RESTRICT_DAYS",
            ended=assessments_ended, rows_of=assessment_rows, seen_by=assessment_seen,
        )
    )  # fmt: skip
    enter(
        RecordClass(
            kind="correction_complaint", zh="投诉", en="complaint of nobody in the register",
            keep_days="COMPLAINT_KEEP_DAYS", restrict_days="COMPLAINT_RESTRICT_DAYS",
            ended=complaints_ended, rows_of=complaint_rows, is_over=belongs_to_nobody,
        )
    )  # fmt: skip


@law("CCL-34b", "PI-19/47")
def complaints_ended(known: QuerySet[Any]) -> Iterable[tuple[UUID, date]]:
    """Complaints that are over (an answer has gone to the procurator) and belong to no file: the others go
    with it."""
    over = Complaint.objects.filter(state__in=sorted(COMPLAINT.terminal), closed_at__isnull=False)
    rows = over.filter(subject__isnull=True).exclude(pk__in=known)
    days = rows.values_list("pk", "closed_at")
    return [(pk, clock.local_day(closed_at)) for pk, closed_at in days if closed_at is not None]


def complaint_rows(ids: Sequence[UUID]) -> Iterable[QuerySet[Any]]:
    yield from rows_below(Complaint, "corrections", ids)
    yield ActStep.objects.filter(row_id__in=ids)


def belongs_to_nobody(complaint_id: UUID) -> bool:
    """One that was linked to a person since goes with that file."""
    return not Complaint.objects.filter(pk=complaint_id, subject__isnull=False).exists()


UNTOLD = (ActStep, BurdenRow, Complaint, Opinion, PositioningPoint, SecondDecision, VisitFix)
"""What the desk's print does not tell of: a complaint, a second decider and an opinion have doors of their
own, and the officer complained of knows of none; fixes are read with their visit or order."""


@law("PI-45/46/50")
def subject_seen(actor: Actor, subject_id: UUID) -> bool:
    """The person's own access goes on after the term, until the file is sealed or destroyed."""
    return going_on(actor).filter(pk=subject_id).exists()


@law("PI-45/46/50")
def assessment_seen(actor: Actor, assessment_id: UUID) -> bool:
    return assessments_visible_to(actor).filter(pk=assessment_id).exists()


@law("PI-45/46/50", "CCL-34b")
def log_of(subject_id: UUID) -> Iterable[UUID]:
    """Visits, decisions, leaves, reports …: each is read under its own id."""
    return ids_below(Subject, "corrections", subject_id, less=UNTOLD)


@law("PI-19/47")
def empty(actor: Actor, ids: Sequence[UUID]) -> None:
    """What stands outside the key: the digest, where and when contacts were made, numbers of the board."""
    unfindable(actor, ids)
    VisitFix.objects.filter(visit__subject__in=ids).delete()
    PlaceFlag.objects.filter(subject__in=ids).delete()
    Visit.objects.filter(subject__in=ids).update(fix_at=None)
    Decision.objects.filter(subject__in=ids).update(number="")
    PositioningPoint.objects.filter(order__subject__in=ids).delete()


@law("CCM-14", "PI-19/47")
def assessments_ended(known: QuerySet[Any]) -> Iterable[tuple[UUID, date]]:
    """What was sent, returned or withdrawn, with its day."""
    rows = Assessment.objects.filter(closed_at__isnull=False).exclude(pk__in=known)
    days = rows.values_list("pk", "closed_at")
    return [(pk, clock.local_day(closed_at)) for pk, closed_at in days if closed_at is not None]


def assessment_rows(ids: Sequence[UUID]) -> Iterable[QuerySet[Any]]:
    return rows_below(Assessment, "corrections", ids)


@law("CCL-44", "PI-19/47")
def ended(known: QuerySet[Any]) -> Iterable[tuple[UUID, date]]:
    """Who is in correction no longer, with the last day; of a term cut short, the day it was seen."""
    rows = Subject.objects.exclude(state=SubjectState.IN_CORRECTION).exclude(pk__in=known)
    today = clock.today()
    return [(pk, min(last or today, today)) for pk, last in rows.values_list("pk", "ends_on")]


def rows_of(ids: Sequence[UUID]) -> Iterable[QuerySet[Any]]:
    """Everything that hangs on the person, complaints and opinions about the file under keys of their own."""
    return rows_below(Subject, "corrections", ids)


def still_open(keys: Collection[UUID]) -> Collection[UUID]:
    """Keys of complaints that nobody has answered: they go on whatever becomes of the file."""
    return list(
        Complaint.objects.filter(key_id__in=keys, closed_at__isnull=True).values_list("key_id", flat=True)
    )


@law("CCL-34b", "CCL-8", "PI-19/47")
def held(ids: Sequence[UUID]) -> Collection[UUID]:
    """Files with a complaint that nobody has answered; restricted ones also with such an objection or
    opinion of the procuratorate, which a seal closes with the file."""
    complaints = Complaint.objects.filter(subject__in=ids, closed_at__isnull=True)
    restricted = Subject.objects.filter(pk__in=ids).exclude(pk__in=closed(KIND, ClosingState.SEALED))
    opinions = Opinion.objects.filter(subject__in=restricted).exclude(state__in=sorted(OPINION.terminal))
    objections = Objection.objects.filter(decision__subject__in=restricted, state__in=(MADE, FURTHER))
    found = (
        complaints.values_list("subject", flat=True),
        opinions.values_list("subject", flat=True),
        objections.values_list("decision__subject", flat=True),
    )
    return {pk for rows in found for pk in rows if pk is not None}


def unfindable(_actor: Actor, ids: Sequence[UUID]) -> None:
    """The person is found by no number any more."""
    Subject.objects.filter(pk__in=ids).update(id_number_blind=None)


def findable(_actor: Actor, ids: Sequence[UUID]) -> None:
    for subject in Subject.objects.filter(pk__in=ids):
        number = clear_values(subject, ["id_number"])["id_number"]
        subject.id_number_blind = blind(ID_NUMBER, text.digits(number)) if number else None
        subject.save(update_fields=["id_number_blind"])


def show(subject_id: UUID) -> Mapping[str, str | None]:
    """What a lawful query may ask for."""
    subject = Subject.objects.get(pk=subject_id)
    orders = subject.orders.order_by("effective_on", "id").values_list("organ", "document_no", "category")
    return {
        **clear_values(subject, PERSON),
        "orders": "; ".join(" ".join(order) for order in orders),
        "received_on": str(subject.received_on),
        "ends_on": str(subject.ends_on) if subject.ends_on else None,
    }
