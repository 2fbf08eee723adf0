"""Whether a party has been looked for well enough to say that it cannot be reached. Plain dates and codes."""

from collections.abc import Iterable
from datetime import date

from mediation.codes import ReachResult, ReachWay

LEAST_WAYS = 2
LEAST_DAYS = 2


def tried_enough(tries: Iterable[tuple[str, date, str]]) -> list[str]:
    """What is still to be tried, of tries in the order of time as (way, local day, result): empty when there
    were two ways, two days and a slip by post. Whoever was reached in between is looked for anew."""
    counted: list[tuple[str, date]] = []
    for way, day, result in tries:
        counted = [] if result == ReachResult.REACHED else [*counted, (way, day)]
    left = []
    if len({way for way, _ in counted}) < LEAST_WAYS:
        left.append("second_way")
    if len({day for _, day in counted}) < LEAST_DAYS:
        left.append("second_day")
    if all(way != ReachWay.POST for way, _ in counted):
        left.append("slip_by_post")
    return left
