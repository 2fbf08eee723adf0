"""Reads of what is counted. Rows about people stay in the database: out come months, codes and sums."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from analysis.periods import Period
from analysis.tables import ACCEPTED, BY, CONCLUDED, AmountBand, Event, Published, band, publish
from edge import sqlfile
from kernel.codes import CodeTable
from kernel.codes.law import DisputeCategory
from mediation.codes import Initiation
from mediation.machine import CaseState

RESULTS = ("agreed", "failed", "withdrawn", "refused", "not_accepted")
CODES: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("category", tuple(DisputeCategory.values())),
    ("initiation", tuple(Initiation.values())),
    ("result", RESULTS),
    ("amount", tuple(AmountBand.values())),
)
TEXTS: dict[str, type[CodeTable]] = {
    "category": DisputeCategory, "initiation": Initiation, "result": CaseState, "amount": AmountBand,
}  # fmt: skip


def events_of(year: int, streets: Iterable[UUID]) -> tuple[Event, ...]:
    """Acceptances and conclusions of a year in these streets, in a stable order."""
    whole = Period(year)
    asked: dict[str, Any] = {
        "first": whole.first, "after": whole.after,
        "streets": "{" + ",".join(map(str, streets)) + "}",
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("analysis", "mediation_events"), asked)
        rows = cursor.fetchall()
    return tuple(
        sorted(
            Event(month, street, measure, category, initiation, result, band(amount).value, days)
            if measure == CONCLUDED
            else Event(month, street, measure, category, initiation)
            for month, street, measure, category, initiation, result, amount, days in rows
        )
    )


def published(period: Period, today: date, streets: Iterable[str], events: tuple[Event, ...]) -> Published:
    """The year's tables as of a day, with what stays hidden."""
    return publish(period.year, today, tuple(sorted(streets)), CODES, events)


def tables_of(measure: str) -> tuple[str, ...]:
    return BY[measure]


MEASURES = (ACCEPTED, CONCLUDED)
