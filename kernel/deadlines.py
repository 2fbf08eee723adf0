"""The register of deadlines: each is one pure function of dates and a calendar, and says what it counts.

`manage.py docs_build` prints the page from it. Job, API, filter, export and document call the function, or
compare the column that it gave, and nothing else: a deadline has run out when `now >= due_at` (half-open).
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

Function = TypeVar("Function", bound=Callable[..., Any])


@dataclass(frozen=True, slots=True)
class Term:
    """`settings` name the numbers that a district may change; `length` is what the law fixes, in words."""

    key: str
    zh: str
    en: str
    length: str
    counted: str
    since: str
    effect: str
    law: tuple[str, ...]
    settings: tuple[str, ...]
    function: str


_terms: dict[str, Term] = {}


def deadline(
    key: str,
    *,
    zh: str,
    en: str,
    counted: str,
    since: str,
    effect: str,
    length: str = "",
    law: tuple[str, ...] = (),
    settings: tuple[str, ...] = (),
) -> Callable[[Function], Function]:
    """Enter a function as the one that computes the deadline `key`."""

    def mark(function: Function) -> Function:
        if key in _terms:
            raise ValueError(f"deadline {key} is defined twice")
        name = f"{function.__module__}.{function.__qualname__}"
        _terms[key] = Term(key, zh, en, length, counted, since, effect, law, settings, name)
        return function

    return mark


def terms() -> dict[str, Term]:
    """Every deadline of the modules imported so far, by key."""
    return dict(sorted(_terms.items()))


def ran_out(due_at: datetime | None, now: datetime) -> bool:
    """The one comparison. What does not run has not run out."""
    return due_at is not None and now >= due_at
