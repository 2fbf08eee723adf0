"""What people who work here are called, for paper. Users stand above this package, which says how they are
found."""

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

NamesOf = Callable[[Collection[UUID]], Mapping[UUID, str]]


class _Names:
    of: NamesOf | None = None


def install_names(names_of: NamesOf) -> None:
    """`names_of(ids)` gives the name of each of these people."""
    _Names.of = staticmethod(names_of)


def names(*ids: UUID | None) -> tuple[str, ...]:
    """One for each id; empty for nobody and for an unknown one, whose line is written by hand."""
    known = _Names.of({one for one in ids if one}) if _Names.of else {}
    return tuple(known.get(one, "") if one else "" for one in ids)
