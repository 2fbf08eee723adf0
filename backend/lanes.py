"""Which requests are a phone's, how many of them run at once, and when those come again that are put off.

Phones come in herds, staff one by one. Phones' requests of a web process have places of their own, fewer
than its threads; who finds none waits in line without a thread, first come first served. Who would wait too
long is told when there will be room: each gets the next free moment, at the pace at which phones were served
lately, so that those put off come back one after another and not as the next herd.
"""

import math
import re
from collections import deque
from dataclasses import dataclass, field
from typing import Any

_PHONES = re.compile(rb"(?:[A-Z]+ /api/v1/sync/(?!inbox|status|devices)|(?![A-Z]+ /))")
START_BYTES = 64  # as much of a request's start as tells whose it is
FIRST_GUESS_S = 0.05
WEIGHT = 0.05  # of the newest in the mean of what a request takes
LATEST_S = 300


def is_phones(start: bytes) -> bool:
    """Whether the request that starts so is a phone's. So little that it cannot be told counts as one."""
    return _PHONES.match(start) is not None


@dataclass(slots=True)
class Line:
    """The phones of one process. `places` of them are served at once, at most `most` wait, and nobody waits
    longer than `longest_s` as far as can be foreseen. Times are of a monotonic clock, in seconds."""

    places: int
    longest_s: float
    most: int
    served: int = 0
    waiting: deque[Any] = field(default_factory=deque)
    takes_s: float = FIRST_GUESS_S
    booked: float = 0.0

    def come(self, phone: Any, now: float) -> int | None:
        """Let `phone` in, to be served or to wait. Seconds to come again when the line is too long."""
        wait = self.wait_s()
        if wait <= self.longest_s and len(self.waiting) < self.most:
            self.waiting.append(phone)
            return None
        self.booked = max(self.booked, now + wait) + self.takes_s / self.places
        return min(math.ceil(self.booked - now), LATEST_S)

    def wait_s(self) -> float:
        """How long who comes now will wait."""
        ahead = len(self.waiting) + self.served + 1 - self.places
        return max(ahead, 0) * self.takes_s / self.places

    def next(self) -> Any | None:
        """The first in line, when there is a place: it is being served from now on."""
        if self.served >= self.places or not self.waiting:
            return None
        self.served += 1
        return self.waiting.popleft()

    def done(self, took_s: float) -> None:
        """One was served, and this long it took."""
        self.served -= 1
        self.takes_s += WEIGHT * (took_s - self.takes_s)
