"""How reports to the police are closed: a year after their end known to nobody, destroyed after their
retention. What supervision was told of a month (ground, dates, outcome) names nobody and stays.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Max, QuerySet

from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from liaison.machine import OVER, RESTING
from liaison.models import Report, ReportTransition
from privacy.closing import RecordClass, enter, rows_below


def connect() -> None:
    """Enter the class (once, when the app is ready)."""
    enter(
        RecordClass(
            kind="report", zh="公安联络报告", en="report to the police", keep_days="REPORT_KEEP_DAYS",
            restrict_days="REPORT_RESTRICT_DAYS", ended=ended, rows_of=rows_of, destroy=empty,
        )
    )  # fmt: skip


@law("PI-19/47")
def ended(known: QuerySet[Any]) -> Iterable[tuple[UUID, date]]:
    """Reports that are over, or that nobody took further, with the day of their last step: no name is kept
    for ever because somebody forgot a draft."""
    over = Report.objects.filter(state__in=(*OVER, *RESTING)).exclude(pk__in=known).values("pk")
    steps = ReportTransition.objects.filter(report__in=over).values("report").annotate(last=Max("at"))
    return [(row["report"], clock.local_day(row["last"])) for row in steps.order_by("report")]


def rows_of(ids: Sequence[UUID]) -> Iterable[QuerySet[Any]]:
    return rows_below(Report, "liaison", ids)


def empty(_actor: Actor, ids: Sequence[UUID]) -> None:
    """Reasons of steps and calls, and why no place was known; a dash where one is owed."""
    ReportTransition.objects.filter(report__in=ids).update(reason="")
    Report.objects.filter(pk__in=ids).exclude(no_place_reason="").update(no_place_reason="-")
