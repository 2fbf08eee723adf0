"""How often somebody has called within the last minute: two numbers a caller, whatever they do.

A sliding window by its two halves: the calls of the present period, and of the period before it the part that
still lies within reach. Exact for whoever calls evenly. Plain Python.
"""

import threading
from collections import OrderedDict
from typing import NamedTuple

MOST = 50_000
LEAST_S = 0.001


class _Calls(NamedTuple):
    period: int
    count: int
    before: int


class Calls:
    """Calls by key, in this process; of more than `most` keys those silent longest are forgotten."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._known: OrderedDict[str, _Calls] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, key: str, limit: int, seconds: int, now: float) -> float:
        """Count a call. 0: it may be; else it is not counted, and the seconds until one may be again."""
        period, passed = divmod(now, seconds)
        with self._lock:
            calls = _moved(self._known.pop(key, _NONE), int(period))
            allowed = calls.count + calls.before * (1 - passed / seconds) <= limit - 1
            self._known[key] = calls._replace(count=calls.count + 1) if allowed else calls
            if len(self._known) > self._most:
                self._known.popitem(last=False)
        return 0.0 if allowed else max(_wait(calls, limit, seconds, passed), LEAST_S)

    def forget(self) -> None:
        with self._lock:
            self._known.clear()


_NONE = _Calls(0, 0, 0)


def _moved(calls: _Calls, period: int) -> _Calls:
    """The same, seen from a later period."""
    if calls.period == period:
        return calls
    return _Calls(period, 0, calls.count if calls.period == period - 1 else 0)


def _wait(calls: _Calls, limit: int, seconds: int, passed: float) -> float:
    """Until so much of a period has left the window that one more fits: of the one before, or, when this
    one is full by itself, of this."""
    if calls.count < limit:
        return seconds * (1 - (limit - 1 - calls.count) / calls.before) - passed
    return seconds * (2 - (limit - 1) / calls.count) - passed
