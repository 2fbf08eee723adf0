"""Who decides about a leave, with the working; and what the guards of the machine must know."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from corrections.leave import OPEN_APPROVED, USED, Limits, Span, Working, is_leave, work_out
from corrections.leave_codes import DecisionKind
from corrections.models import Delegation, ExecutionPlace, Leave, LeaveDecision, Subject
from edge.conf import setting
from grids.selectors import leave_area_at, with_members
from kernel.actor import Actor


def limits() -> Limits:
    return Limits(
        setting("LEAVE_STATION_DAYS"),
        setting("LEAVE_AGENCY_DAYS"),
        setting("LEAVE_SUM_DAYS"),
        setting("LEAVE_SUM_MONTHS"),
    )


def working_of(leave: Leave, last_day: date | None = None) -> Working:
    """The working for a leave as it stands, or with another last day."""
    rows = Leave.objects.filter(subject_id=leave.subject_id, state__in=[*OPEN_APPROVED, *USED])
    others = [_span(row) for row in rows.exclude(id=leave.id)]
    return work_out(Span(leave.id, leave.first_day, last_day or leave.last_day, "this"), others, limits())


def _span(row: Leave) -> Span:
    if row.used_from and row.used_to:
        return Span(row.id, row.used_from, row.used_to, "used")
    return Span(row.id, row.first_day, row.last_day, "approved")


def working_told(working: Working) -> dict[str, Any]:
    """The working as it is shown and kept: every line, the window, the sum, the limits and the reasons."""
    known = limits()
    return {
        "level": working.level.value,
        "days": working.days,
        "sum_days": working.sum_days,
        "window_from": working.window_from.isoformat(),
        "window_to": working.window_to.isoformat(),
        "limits": {
            "station_days": known.station_days, "agency_days": known.agency_days,
            "sum_days": known.sum_days, "sum_months": known.sum_months,
        },
        "reasons": list(working.reasons),
        "law": ["CCM-27b", "CCM-27c"],
        "lines": [
            {
                "leave": str(line.span.leave_id), "basis": line.span.basis,
                "first_day": line.span.first.isoformat(), "last_day": line.span.last.isoformat(),
                "counted_from": line.counted_from.isoformat(), "counted_to": line.counted_to.isoformat(),
                "days": line.days,
            }
            for line in working.lines
        ],
    }  # fmt: skip


def delegation_on(subject: Subject, day: date) -> Delegation | None:
    """The paper under which the person's station decides on a day, if there is one (CCL-9/10)."""
    rows = Delegation.objects.filter(station_id=subject.station_id, agency_id=subject.agency_id)
    return rows.filter(valid_from__lte=day, valid_to__gt=day).order_by("valid_from").first()


def route_facts(leave: Leave, decided_on: date, last_day: date | None = None) -> dict[str, Any]:
    """Level and delegation on the day of the decision, with the working."""
    working = working_of(leave, last_day)
    delegation = delegation_on(leave.subject, decided_on)
    return {
        "working": working,
        "level": working.level,
        "delegation": delegation,
        "delegated": delegation is not None,
    }


def refused_by(leave: Leave) -> Any:
    """Who refused last."""
    rows = LeaveDecision.objects.filter(leave=leave, kind=DecisionKind.REFUSE)
    return rows.order_by("recorded_at", "id").values_list("recorded_by_id", flat=True).last()


def needs_leave(subject: Subject, destination_code: str, day: date) -> bool:
    """Whether going there on that day is leave: outside of the leave area of the execution place."""
    return is_leave(destination_code, _codes(subject, day))


def _codes(subject: Subject, day: date) -> Sequence[str]:
    places = ExecutionPlace.objects.filter(subject=subject, valid_from__lte=day).select_related("unit")
    place = places.order_by("valid_from").last() or subject.places.select_related("unit").first()
    if place is None:
        return []
    area = leave_area_at(place.unit_id, day)
    rows = with_members(type(area).objects.filter(id=area.id)).first() if area else None
    members = [member["code"] for member in rows.members] if rows is not None else []
    return [place.unit.code, *members]


def is_own_level(actor: Actor, leave: Leave) -> bool:
    """Whether the leave's station is the actor's: what a station files it files for itself."""
    return actor.organisation_id == leave.subject.station_id
