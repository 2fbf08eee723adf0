"""告知其他途径: what was told, in which form, on which day (PM-26). Two tries in vain are an answer too."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from kernel import clock
from kernel.law import law
from kernel.problems import Problem
from mediation.models.cases import WaysForm

TRIES = 2


@law("PM-26", "PM-3")
def ways_columns(
    form: str, *, ways: Sequence[str] = (), told_on: date | None = None, tried_on: Sequence[date] = ()
) -> dict[str, Any]:
    """The columns of a case. `ways`: codes of C-5; `tried_on`: the days of the tries, two at least of a
    notice that could not be delivered. Problems `date_in_future`, `two_tries_needed`."""
    days = sorted(set(tried_on))
    if any(day > clock.today() for day in [*days, *([told_on] if told_on else [])]):
        raise Problem("date_in_future")
    if form == WaysForm.NOT_DELIVERABLE and len(days) < TRIES:
        raise Problem("two_tries_needed")
    return {
        "ways_form": form,
        "ways_told_on": told_on or (days[-1] if days else clock.today()),
        "ways_told": sorted(set(ways)),
        "ways_tried": [day.isoformat() for day in days],
    }
