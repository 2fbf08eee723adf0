"""What a person still owns 未结事项: a registry that packages fill, each with its own. While something is
open under a membership, that membership does not end; it is handed over first."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from kernel.actor import Actor


@dataclass(frozen=True, slots=True)
class Owner:
    """One person in one role of one organisation."""

    user_id: UUID
    role: str
    organisation_id: UUID


@dataclass(frozen=True, slots=True)
class OwnedItem:
    """One line; `title` names no party and no address."""

    subject_kind: str
    subject_id: UUID
    title: str
    title_en: str
    due_at: datetime | None = None


Items = Callable[[Owner], Iterable[OwnedItem]]
Give = Callable[[Actor, UUID, Owner, UUID], bool]
"""(who orders it, the subject, from whom, to whose user id): True when it was passed on."""


@dataclass(frozen=True, slots=True)
class Source:
    """`give` empty: passed on only by an act of its own (a mediator is replaced, the parties are told)."""

    code: str
    zh: str
    en: str
    items: Items
    give: Give | None = None


_sources: dict[str, Source] = {}


def register(source: Source) -> None:
    """Enter a source (once, when its app is ready)."""
    if source.code in _sources:
        raise ValueError(f"owned items {source.code} are registered twice")
    _sources[source.code] = source


def source_of(code: str) -> Source:
    return _sources[code]


def owned_by(owner: Owner) -> dict[str, list[OwnedItem]]:
    """Everything that is open, by code of its source; sources without anything are left out."""
    found = {code: list(source.items(owner)) for code, source in sorted(_sources.items())}
    return {code: items for code, items in found.items() if items}


def counts(owner: Owner) -> dict[str, int]:
    return {code: len(items) for code, items in owned_by(owner).items()}
