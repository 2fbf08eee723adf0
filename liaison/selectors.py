"""Reads of reports: the list of a month for supervision, and the name for a purpose."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from edge.encryption import reveal
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from liaison import access
from liaison.models import Report
from privacy.services import read_logged


def shown(rows: QuerySet[Report]) -> QuerySet[Report]:
    """With all that one answer tells, read at once."""
    return rows.select_related("area", "grid", "desk", "author").prefetch_related("sheets", "steps")


@law("PS-1")
def month_rows(first: date) -> Iterable[dict[str, Any]]:
    """月度清单 (law.md §8 i): every report of the month that was proposed or sent, oldest first."""
    after = (first + timedelta(days=31)).replace(day=1)
    rows = Report.objects.filter(
        created_at__gte=clock.day_start(first), created_at__lt=clock.day_start(after)
    )
    for report in rows.exclude(state="drafted").order_by("created_at", "id"):
        yield {
            "ground": report.ground,
            "proposed_on": clock.local_day(report.created_at),
            "sent_on": _day(report.sent_at),
            "second_pending": report.second_pending,
            "reviewed_on": _day(report.reviewed_at),
            "state": report.state,
            "answer": report.answer,
            "told_on": report.told_on,
            "not_told": report.not_told,
        }


def _day(at: datetime | None) -> date | None:
    return clock.local_day(at) if at else None


@transaction.atomic
def name_read(*, actor: Actor, report_id: UUID, purpose: str, reason: str) -> str | None:
    """The name of who is at risk or sought, against a row in the read log."""
    report = existing(access.visible_to(actor).filter(pk=report_id))
    said = {"purpose": purpose, "reason": reason}
    read_logged(actor=actor, subject_kind="report", subject_id=report.pk, fields=["person"], **said)
    return reveal(report, "person")
