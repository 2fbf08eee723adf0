"""What an approved leave does by itself: due contacts that it makes impossible are excused, and places seen
outside are permitted; also what was judged before the approval was known."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from audit.services import Fact, record_many
from corrections.codes import ExcuseCode, PlaceReason, PlaceVerdict
from corrections.leave import OPEN_APPROVED, USED
from corrections.models import DueContact, Leave, Permit, Subject, Visit
from corrections.services.excusing import contacts_excused
from corrections.services.flags import flags_update
from grids.selectors import counties_of
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.clock import day_end, day_start
from kernel.codes.law import ContactForm
from kernel.law import law

# Who is away can be called; nobody comes to an empty door, and nobody is called to the office.
IMPOSSIBLE_AWAY = (ContactForm.FIELD_VISIT, ContactForm.OFFICE_REPORT)


def absence_begins(actor: Actor, leave: Leave) -> None:
    """The effects of an approval or of an extension, from the first day to the last."""
    contacts_excuse(actor, leave)
    places_judge_again(leave)


@law("CCM-28")
def contacts_excuse(actor: Actor, leave: Leave) -> int:
    """Excuse the visits and office reports whose whole window lies in the leave; calls stay as they are."""
    rows = DueContact.objects.filter(subject_id=leave.subject_id, form__in=IMPOSSIBLE_AWAY)
    inside = rows.filter(open_day__gte=leave.first_day, due_day__lte=leave.last_day)
    return contacts_excused(actor, inside, ExcuseCode.LEAVE)


def contacts_excuse_all(subject: Subject) -> None:
    """The same for contacts that were created after an approval, by every leave that is open."""
    for leave in Leave.objects.filter(subject=subject, state__in=OPEN_APPROVED).order_by("first_day"):
        contacts_excuse(SYSTEM, leave)


def places_judge_again(leave: Leave) -> None:
    """What had been judged as outside before the approval was known is permitted; an open flag goes back."""
    start, end = absence_of(leave)
    rows = Visit.objects.select_for_update().filter(
        subject_id=leave.subject_id, place_verdict=PlaceVerdict.OUTSIDE, fix_at__gte=start, fix_at__lt=end
    )
    visits = list(rows.order_by("id"))
    for visit in visits:
        visit.place_verdict = PlaceVerdict.PERMITTED
        visit.place_reasons = [PlaceReason.ON_APPROVED_LEAVE.value, *visit.place_reasons]
        visit.save(update_fields=["place_verdict", "place_reasons"])
    if visits:
        facts = [Fact(visit.id, ["place_verdict", "place_reasons"]) for visit in visits]
        record_many(actor=SYSTEM, event="visit.judged_again", subject_kind="visit", facts=facts)
        flags_update({leave.subject_id}, now=clock.now())


def absence_of(leave: Leave) -> tuple[datetime, datetime]:
    """The half-open time that a leave covers: what was approved, or used where that is longer known."""
    first = leave.used_from or leave.first_day
    last = min(leave.used_to, leave.last_day) if leave.used_to else leave.last_day
    return day_start(first), day_end(last)


def absences_of(subject_ids: Iterable[UUID]) -> dict[UUID, list[tuple[datetime, datetime]]]:
    """The approved absences of these people, in one statement."""
    found: dict[UUID, list[tuple[datetime, datetime]]] = {}
    states = [*OPEN_APPROVED, *USED]
    for leave in Leave.objects.filter(subject_id__in=list(subject_ids), state__in=states):
        found.setdefault(leave.subject_id, []).append(absence_of(leave))
    return found


def permits_of(subject_ids: Iterable[UUID]) -> dict[UUID, list[Permit]]:
    """The permits of these people that were ever in force, in one statement."""
    found: dict[UUID, list[Permit]] = {}
    for permit in Permit.objects.filter(subject_id__in=list(subject_ids), approved_on__isnull=False):
        found.setdefault(permit.subject_id, []).append(permit)
    return found


@law("CCM-29")
def permit_says(permits: Iterable[Permit], day: date, point: Any) -> PlaceReason | None:
    """What the permits of a day say of a point: it lies in a place that one names, or the shapes of the named
    places are not all known here; None when none is in force, or all name other places."""
    held = [row for row in permits if row.approved_on and row.valid_to]
    codes = {
        code
        for row in held
        if row.approved_on <= day < row.valid_to  # type: ignore[operator]  # because `held` has both dates
        for code in row.destination_codes
    }
    if not codes:
        return None
    known = {code: counties_of(code, day) for code in codes}
    if any(shapes.filter(geom__covers=point).exists() for shapes in known.values()):
        return PlaceReason.ON_PERMIT
    unknown = any(not shapes.exists() for shapes in known.values())
    return PlaceReason.PERMIT_PLACE_UNKNOWN if unknown else None


def permits_to_expire(day: date) -> QuerySet[Permit]:
    """Permits whose last day is over."""
    return Permit.objects.filter(state="in_force", valid_to__lte=day)
