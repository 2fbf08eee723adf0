"""What tells that the database is busy or lost, and so nothing about what was asked of it."""

from django.db import InterfaceError, OperationalError

# The driver sorts the two time-outs that end a whole transaction (idle, too long) under internal errors.
_ENDED = frozenset({"25P03", "25P04"})


def is_busy(error: Exception) -> bool:
    """Whether the same may go well in a moment."""
    ended = getattr(error.__cause__, "sqlstate", "") in _ENDED
    return ended or isinstance(error, OperationalError | InterfaceError)
