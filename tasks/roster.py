"""The duty list 值班表 as times: who covers a moment, and where nobody does. Half-open throughout."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from kernel.deadlines import deadline

Span = tuple[datetime, datetime]
"""From, and the first instant after."""


@deadline(
    "duty_hole", zh="值班空缺提醒", en="a hole in the duty list is shown", counted="days of 24 h",
    since="backwards from the first moment without anybody", effect="on the director's or head's worklist",
    settings=("DUTY_WARN_DAYS",),
)  # fmt: skip
def warn_from(hole: datetime, days: int) -> datetime:
    """When a hole that begins at `hole` is first shown."""
    return hole - timedelta(days=days)


def holes(shifts: Iterable[Span], within: Span) -> Sequence[Span]:
    """The stretches of `within` that no shift covers, in order."""
    start, end = within
    found: list[Span] = []
    for begins, ends in sorted(shifts):
        if begins >= end:
            break
        if begins > start:
            found.append((start, begins))
        start = max(start, ends)
    if start < end:
        found.append((start, end))
    return found
