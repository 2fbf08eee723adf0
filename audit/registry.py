"""Which reactions an event has. The map itself stands on one page, `backend/reactions.py`."""

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from audit.models import AuditEvent

Reaction = Callable[["AuditEvent"], None]
"""Runs in a transaction of its own together with the mark `done`. Must not call a network."""
_by_event: dict[str, tuple[str, ...]] = {}
_by_name: dict[str, Reaction] = {}


def name_of(reaction: Reaction) -> str:
    """The stable name under which deliveries are stored: `package.function`."""
    return f"{reaction.__module__.split('.')[0]}.{reaction.__name__}"


def install(reactions: Mapping[str, Iterable[Reaction]]) -> None:
    """Install the map (once, at start; tests may install another)."""
    _by_event.clear()
    _by_name.clear()
    for event, functions in reactions.items():
        _by_event[event] = tuple(name_of(function) for function in functions)
        for function in functions:
            if _by_name.setdefault(name_of(function), function) is not function:
                raise ValueError(f"two reactions are called {name_of(function)}")


def reactions_of(event: str) -> tuple[str, ...]:
    """Names of the reactions to an event, in order."""
    return _by_event.get(event, ())


def reaction(name: str) -> Reaction:
    """The function of a name. KeyError when the map no longer has it."""
    return _by_name[name]
