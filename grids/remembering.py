"""What a process may remember of places from one request to the next: as long as nobody has changed them.

Triggers leave the number of each transaction that wrote areas, grids, shapes, releases, assignments or
organisations. How many there are and which is the newest is a state that never comes back, and one statement
asks for it: what is remembered under it is never stale, on whatever machine the change was made. Who reads
inside a transaction, whose own writes nobody else has, remembers nothing.
"""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

from django.db import connection

from edge import sqlfile
from edge.driver import raw_cursor

MANY = 100
SWEEP_S = 1.0
_swept = [0.0]
State = tuple[int, int | None]
Value = TypeVar("Value")


def present() -> State | None:
    """The state of all places, or None when nothing may be remembered."""
    if connection.in_atomic_block:
        return None
    count, newest = _state()
    if count > MANY and time.monotonic() - _swept[0] > SWEEP_S:
        _swept[0] = time.monotonic()
        sweep()
        count, newest = _state()
    return (count, newest) if count else None


def _state() -> tuple[int, int | None]:
    cursor = raw_cursor().execute(sqlfile.load("grids", "map_state"), prepare=True, binary=True)
    count, newest = cursor.fetchone()
    return count, newest


def sweep() -> None:
    """Forget the transactions that tell nothing any more: each minute, and by whoever finds many of them."""
    raw_cursor().execute(sqlfile.load("grids", "map_changes_sweep"))


class Memory(Generic[Value]):
    """The last values by key, up to a number of them, or of what `size` counts."""

    def __init__(self, most: int, size: Callable[[Value], int] = lambda _: 1) -> None:
        self._most, self._size, self._held = most, size, 0
        self._known: OrderedDict[Hashable, tuple[State, Value]] = OrderedDict()
        self._lock = Lock()

    def get(self, state: State | None, key: Hashable, make: Callable[[], Value]) -> Value:
        """What was made for the key in this state, made now if it was not."""
        if state is None:
            return make()
        with self._lock:
            found = self._known.get(key)
            if found is not None and found[0] == state:
                self._known.move_to_end(key)
                return found[1]
        made = make()
        with self._lock:
            self._drop(key)
            self._known[key] = (state, made)
            self._held += self._size(made)
            while self._held > self._most:
                self._drop(next(iter(self._known)))
        return made

    def _drop(self, key: Hashable) -> None:
        found = self._known.pop(key, None)
        if found is not None:
            self._held -= self._size(found[1])
