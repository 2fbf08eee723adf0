"""The place verdict: one point at one moment against the leave area (CCM-26b), and when an officer is told.

A fix's accuracy is the radius of a 68 % circle; what it decides stands in
`kernel/geofence.py`. The lines of grids, streets and single districts do not matter.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

from corrections.codes import PlaceReason, PlaceVerdict
from kernel.geofence import Circle, circle
from kernel.law import law


@dataclass(frozen=True, slots=True)
class Fix:
    """One fix. `distance_m` is None when there is no leave area to measure against."""

    distance_m: float | None
    accuracy_m: float | None
    fix_at: datetime | None
    converted: bool = False


@dataclass(frozen=True, slots=True)
class TimeLimits:
    """How far a fix may lie before or after its arrival, and from when on it counts as late."""

    ahead: timedelta = timedelta(minutes=5)
    behind: timedelta = timedelta(days=30)
    late: timedelta = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Absences:
    """What allows a person to be outside: approved leaves as half-open times, and what a regular permit says
    of the place (`None`: no permit is in force, or it names other places)."""

    leaves: Sequence[tuple[datetime, datetime]] = ()
    permit: PlaceReason | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """`trusted`: the fix's time may order it among others. An untrusted one is never the latest."""

    verdict: PlaceVerdict
    reasons: tuple[PlaceReason, ...]
    trusted: bool


def judge(
    fixes: Sequence[Fix],
    *,
    received_at: datetime,
    absences: Absences | None = None,
    limits: TimeLimits | None = None,
) -> Verdict:
    """The verdict on a visit's fixes: the first and its repetitions."""
    limits = limits or TimeLimits()
    if not fixes:
        return Verdict(PlaceVerdict.UNDECIDED, (PlaceReason.NO_POINT,), trusted=False)
    time_reason = _time_reason(fixes[0].fix_at, received_at, limits)
    found = [_circle(fix) for fix in fixes]
    verdict, reason = found[0]
    reasons = [reason]
    if {v for v, _ in found} >= {PlaceVerdict.INSIDE, PlaceVerdict.OUTSIDE}:
        verdict, reasons = PlaceVerdict.UNDECIDED, [PlaceReason.FIXES_DISAGREE]
    if time_reason in _UNTRUSTED:
        verdict, reasons = PlaceVerdict.UNDECIDED, [time_reason, *reasons]
    elif verdict == PlaceVerdict.OUTSIDE:
        verdict, reasons = allowed(fixes[0].fix_at, absences or Absences(), reasons)
    if time_reason == PlaceReason.ARRIVED_LATE:
        reasons.append(time_reason)
    if any(fix.converted for fix in fixes):
        reasons.append(PlaceReason.SYSTEM_CONVERTED)
    return Verdict(verdict, tuple(reasons), trusted=time_reason not in _UNTRUSTED)


_UNTRUSTED = frozenset({PlaceReason.FIX_TIME_MISSING, PlaceReason.FIX_IN_FUTURE, PlaceReason.FIX_TOO_OLD})


def _time_reason(fix_at: datetime | None, received_at: datetime, limits: TimeLimits) -> PlaceReason | None:
    if fix_at is None:
        return PlaceReason.FIX_TIME_MISSING
    if fix_at > received_at + limits.ahead:
        return PlaceReason.FIX_IN_FUTURE
    if fix_at < received_at - limits.behind:
        return PlaceReason.FIX_TOO_OLD
    return PlaceReason.ARRIVED_LATE if received_at - fix_at > limits.late else None


_SAID = {
    Circle.INSIDE: (PlaceVerdict.INSIDE, PlaceReason.CIRCLE_INSIDE),
    Circle.OUTSIDE: (PlaceVerdict.OUTSIDE, PlaceReason.CIRCLE_OUTSIDE),
    Circle.TOUCHES: (PlaceVerdict.UNDECIDED, PlaceReason.CIRCLE_TOUCHES),
    Circle.ACCURACY_UNKNOWN: (PlaceVerdict.UNDECIDED, PlaceReason.ACCURACY_UNKNOWN),
    Circle.ACCURACY_TOO_WIDE: (PlaceVerdict.UNDECIDED, PlaceReason.ACCURACY_TOO_WIDE),
}


@law("CCM-26b")
def _circle(fix: Fix) -> tuple[PlaceVerdict, PlaceReason]:
    if fix.distance_m is None:
        return PlaceVerdict.UNDECIDED, PlaceReason.NO_LEAVE_AREA
    return _SAID[circle(fix.distance_m, fix.accuracy_m)]


@law("CCM-29")
def allowed(
    at: datetime | None, absences: Absences, reasons: Sequence[PlaceReason]
) -> tuple[PlaceVerdict, list[PlaceReason]]:
    """What is outside, seen with the leaves and permits of the person. Where a permit is in force and its
    places cannot be measured here, nothing is decided."""
    if at is not None and any(start <= at < end for start, end in absences.leaves):
        return PlaceVerdict.PERMITTED, [PlaceReason.ON_APPROVED_LEAVE, *reasons]
    if absences.permit == PlaceReason.ON_PERMIT:
        return PlaceVerdict.PERMITTED, [absences.permit, *reasons]
    if absences.permit is not None:
        return PlaceVerdict.UNDECIDED, [absences.permit, *reasons]
    return PlaceVerdict.OUTSIDE, list(reasons)


@dataclass(frozen=True, slots=True, order=True)
class Placed:
    """One judged visit of a person, ordered by the time of its fix, not of its arrival."""

    fix_at: datetime
    received_at: datetime
    visit_id: UUID
    verdict: PlaceVerdict = field(compare=False)


@dataclass(frozen=True, slots=True)
class Outside:
    """Why an officer should look: the person was last seen outside. Both times of its newest visit."""

    since: datetime
    fix_at: datetime
    received_at: datetime
    visit_id: UUID


def latest(history: Sequence[Placed]) -> Placed | None:
    """The visit with the newest decided fix; late uploads never overtake it."""
    decided = [placed for placed in history if placed.verdict != PlaceVerdict.UNDECIDED]
    return max(decided, default=None)


def outside(history: Sequence[Placed]) -> Outside | None:
    """What stands after all of `history` (trusted fixes only), in whatever order it arrived.

    Only the end of the sequence counts: an old fix outside that arrives after a newer one inside tells nobody
    anything, and a newer fix inside that arrives late takes back what stood. A person looks at it; nothing
    follows by itself.
    """
    decided = sorted(placed for placed in history if placed.verdict != PlaceVerdict.UNDECIDED)
    run: list[Placed] = []
    for placed in reversed(decided):
        if placed.verdict != PlaceVerdict.OUTSIDE:
            break
        run.append(placed)
    if not run:
        return None
    newest = run[0]
    return Outside(run[-1].fix_at, newest.fix_at, newest.received_at, newest.visit_id)
