"""What each consent is for: which record it is about, who sees that, what stops at its withdrawal, and what
is kept because of it.

Packages enter theirs in `ready()`. A consent that nobody asks for is not taken: its withdrawal would stop
nothing. What is kept on the consent alone is erased when a person orders it; what a duty orders to keep stays
under that duty, which is said (PI-13/14, PI-19/47).
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from kernel.actor import Actor
from kernel.law_rows import LAW_ROWS
from privacy.codes import ConsentPurpose


def _nothing(_actor: Actor, _subject_id: UUID) -> None:
    """Whoever processes asks before each use: there is nothing else to stop."""


@dataclass(frozen=True, slots=True)
class Use:
    """A purpose of one kind of record.

    `seen_by` says whether somebody may know of the record. `stop` ends what goes on, at the word, and may be
    called twice. `at_desk`: the consent is written down over privacy's own face; else by the package, by its
    own rules of who may say it and how.
    """

    purpose: ConsentPurpose
    subject_kind: str
    seen_by: Callable[[Actor, UUID], bool]
    stop: Callable[[Actor, UUID], None] = _nothing
    at_desk: bool = False


@dataclass(frozen=True, slots=True)
class Held:
    """One kind of thing kept about a record. `count` says how many there are; `erase` empties them and says
    how many (twice is no fault). Without it they are kept, and `duty` is the row of the law that orders it.
    """

    code: str
    zh: str
    en: str
    count: Callable[[UUID], int]
    erase: Callable[[Actor, UUID], int] | None = None
    duty: str = ""


_uses: dict[tuple[str, str], Use] = {}
_held: dict[tuple[str, str], list[Held]] = {}


def enter(use: Use) -> None:
    """Enter a use (once, when the app is ready). ValueError for one entered twice."""
    key = (use.purpose.value, use.subject_kind)
    if key in _uses:
        raise ValueError(f"consent {key} is entered twice")
    _uses[key] = use


def enter_held(purpose: ConsentPurpose, subject_kind: str, held: Held) -> None:
    """Enter what a package keeps for a purpose. ValueError for a code entered twice, and for what is neither
    erased nor kept by a duty of the law."""
    rows = _held.setdefault((purpose.value, subject_kind), [])
    if held.code in {row.code for row in rows}:
        raise ValueError(f"{held.code} is entered twice")
    if (held.erase is None) != (held.duty in LAW_ROWS):
        raise ValueError(f"{held.code} is erased, or kept by a duty")
    rows.append(held)


def use_of(purpose: str, subject_kind: str) -> Use | None:
    return _uses.get((purpose, subject_kind))


def held_for(purpose: str, subject_kind: str) -> list[Held]:
    """What is kept for a purpose of a kind of record, by code."""
    return sorted(_held.get((purpose, subject_kind), []), key=lambda held: held.code)
