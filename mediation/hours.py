"""The hours in which people may be called upon: invitations and other words to a party are told in them."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from kernel.clock import TZ
from kernel.deadlines import deadline


@dataclass(frozen=True, slots=True)
class Hours:
    """Local hours `[start, end)` of every day; ValueError when they are not in this order."""

    start: time
    end: time

    def __post_init__(self) -> None:
        if not self.start < self.end:
            raise ValueError("the allowed hours end before they begin")

    @classmethod
    def between(cls, start: str, end: str) -> "Hours":
        """From two settings such as `08:00`."""
        return cls(time.fromisoformat(start), time.fromisoformat(end))

    def cover(self, at: datetime) -> bool:
        return self.start <= at.astimezone(TZ).time() < self.end


@deadline(
    "session_notice", zh="可以通知的时间", en="a party may be told", counted="the next allowed hour",
    since="when the notice was made", effect="on the centre's worklist", settings=("CALL_FROM", "CALL_TO"),
)  # fmt: skip
def not_before(at: datetime, hours: Hours) -> datetime:
    """The first instant from `at` on at which somebody may be called upon."""
    local = at.astimezone(TZ)
    if hours.cover(at):
        return at
    day = local.date() if local.time() < hours.start else local.date() + timedelta(days=1)
    return datetime.combine(day, hours.start, TZ).astimezone(at.tzinfo)
