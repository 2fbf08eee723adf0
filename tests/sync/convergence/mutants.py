"""Engines with one mistake each, as other systems have made them. The machine has to catch every one.

The first two are tried in the suite; a long run tries all.
"""

from collections.abc import Callable
from dataclasses import replace

import pytest

from edge import sqlfile
from sync import algebra

BASES = {"changes": "%(base)s::pg_snapshot", "quick": "c.base_snapshot"}


def rewritten(monkeypatch: pytest.MonkeyPatch, changes: dict[str, tuple[str, str]]) -> None:
    """Statements of the engine with a part replaced."""
    genuine = sqlfile.load

    def load(package: str, name: str) -> str:
        text = genuine(package, name)
        before, after = changes.get(name, ("", ""))
        if before not in text:
            raise LookupError(f"{name}.sql does not say {before!r} any more")
        return text.replace(before, after) if before else text

    monkeypatch.setattr(sqlfile, "load", load)


def cursor_by_sequence(monkeypatch: pytest.MonkeyPatch) -> None:
    """The highest number seen is the cursor, as with a sequence, `now()` or `max(xid)`."""
    rewritten(
        monkeypatch,
        {
            name: (f"not pg_visible_in_snapshot(r.xid, {base})", f"r.xid >= pg_snapshot_xmax({base})")
            for name, base in BASES.items()
        },
    )


def withheld_scopes_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """A scope that was revoked in the middle of a pass counts as sent."""
    genuine = algebra.page

    def page(standing: algebra.Standing, now: frozenset[str]) -> algebra.Page:
        return replace(genuine(standing, now), dirty=algebra.NONE)

    monkeypatch.setattr(algebra, "page", page)


def removals_before_living_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """A move is told as a removal, also where the record lives on in view."""
    rewritten(monkeypatch, {"changes": ("o.scope = any(%(view)s::text[])", "false")})


def lost_scopes_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody tells the phone that a grid is no longer its own."""
    rewritten(monkeypatch, {"gone": ("where pg_visible", "where false and pg_visible")})


MUTANTS: tuple[Callable[[pytest.MonkeyPatch], None], ...] = (
    cursor_by_sequence,
    lost_scopes_kept,
    removals_before_living_rows,
    withheld_scopes_forgotten,
)
