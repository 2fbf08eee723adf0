"""What a file holds, by kind, id and day: the way into one that is restricted, which stands in no list."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Model

from corrections import access
from corrections.models import (
    Decision,
    Detention,
    Ending,
    Evaluation,
    FileItem,
    Finding,
    Leave,
    MedicalReport,
    Objection,
    Order,
    PeriodicReport,
    Permit,
    Plan,
    PositioningOrder,
    ReportLengthening,
    Search,
    Subject,
    TimelyReport,
    Transfer,
    Visit,
)
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from privacy.services import read_logged


class Kind(NamedTuple):
    """`address` is the kind's own under `corrections/`; `day` the column by which a record is dated."""

    address: str
    model: type[Model]
    day: str
    subject: str = "subject"


OF_TRACKS = (
    Kind("findings", Finding, "happened_on"),
    Kind("positioning-orders", PositioningOrder, "applied_at"),
)
"""No station reads them, behind broken glass neither."""
KINDS = (
    Kind("orders", Order, "effective_on"), Kind("plans", Plan, "starts_on"),
    Kind("evaluations", Evaluation, "made_on"), Kind("visits", Visit, "made_at"),
    Kind("leaves", Leave, "first_day"), Kind("permits", Permit, "applied_on"),
    Kind("searches", Search, "opened_at"), Kind("decisions", Decision, "dated"),
    Kind("decision-objections", Objection, "made_on", "decision__subject"),
    Kind("detentions", Detention, "since"), Kind("transfers", Transfer, "applied_on"),
    Kind("medical-reports", MedicalReport, "due_on"),
    Kind("report-lengthenings", ReportLengthening, "proposed_at"),
    Kind("periodic-reports", PeriodicReport, "last_day"), Kind("timely-reports", TimelyReport, "told_on"),
    Kind("file-items", FileItem, "dated_on"), Kind("endings", Ending, "ended_on"),
)  # fmt: skip


@law("PI-19/47", "CCL-8")
@transaction.atomic
def file_index(*, actor: Actor, subject_id: UUID, purpose: str, reason: str) -> list[dict[str, Any]]:
    """The records of a person's file, oldest first of each kind, for a purpose and with a reason. Of a term
    that is over for the agency's head and the procurator alone. Problem `not_found` for everybody else."""
    subject = existing(access.readable_by(actor).filter(id=subject_id))
    read_logged(
        actor=actor, subject_kind="subject", subject_id=subject.id, fields=("index",), purpose=purpose,
        reason=reason,
    )  # fmt: skip
    kinds = (*KINDS, *(OF_TRACKS if actor.role in access.TRACKS else ()))
    return [row for kind in kinds for row in _rows(kind, subject)]


def _rows(kind: Kind, subject: Subject) -> Iterator[dict[str, Any]]:
    rows = kind.model._base_manager.filter(**{kind.subject: subject}).order_by(kind.day, "pk")
    for pk, day in rows.values_list("pk", kind.day):
        yield {"kind": kind.address, "id": pk, "on": _local(day)}


def _local(day: date | datetime) -> date:
    return clock.local_day(day) if isinstance(day, datetime) else day
