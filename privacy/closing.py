"""Which kinds of records are closed, and how their packages do it. Packages enter theirs in `ready()`.

`privacy` closes the keys, so that every value of the person is closed wherever it stands; what a package
adds is what lies outside the keys: rows for phones, blind indexes, words that stand in clear.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from kernel.actor import Actor
from privacy.machine import ClosingState
from privacy.models import Closing

CLOSED = (ClosingState.RESTRICTED, ClosingState.SEALED, ClosingState.DESTROYED)
GONE = (ClosingState.SEALED, ClosingState.DESTROYED)
Act = Callable[[Actor, Sequence[UUID]], None]


def _nothing(_actor: Actor, _ids: Sequence[UUID]) -> None:
    """The keys are all there is to close."""


def _always(_id: UUID) -> bool:
    """What ends once does not begin again."""
    return True


@dataclass(frozen=True, slots=True)
class RecordClass:
    """One kind of record with a retention.

    `keep_days` names the setting of its retention, counted from the day it ended; `restrict_days` the
    setting of how long after that day it is restricted ('' at once). `ended(known)` gives (id, last day) of
    records that have ended, less those whose ids are in the queryset `known`. `keys_of` gives every key
    under which the record's values stand and that is used for nothing else. `is_over` says whether a record
    that had ended has not begun again. `restrict`, `seal`, `lift` and
    `destroy` do what lies outside the keys and may be done twice. `show` gives the values that a lawful
    query asks for; empty: it has none.
    """

    kind: str
    zh: str
    en: str
    keep_days: str
    ended: Callable[[QuerySet[Any]], Iterable[tuple[UUID, date]]]
    keys_of: Callable[[Sequence[UUID]], Sequence[UUID]]
    restrict_days: str = ""
    is_over: Callable[[UUID], bool] = _always
    restrict: Act = _nothing
    seal: Act = _nothing
    lift: Act = _nothing
    destroy: Act = _nothing
    show: Callable[[UUID], Mapping[str, str | None]] | None = None
    shown: tuple[str, ...] = ()


_classes: dict[str, RecordClass] = {}


def enter(record_class: RecordClass) -> None:
    """Enter a class (once, when the app is ready). ValueError for a kind entered twice."""
    if record_class.kind in _classes:
        raise ValueError(f"record class {record_class.kind} is entered twice")
    _classes[record_class.kind] = record_class


def classes() -> dict[str, RecordClass]:
    """Every class, by kind."""
    return dict(sorted(_classes.items()))


def closed(kind: str, *states: ClosingState) -> QuerySet[Closing, Any]:
    """Ids of the records of a kind that are closed (in one of `states`), for `visible_to` to leave out."""
    rows = Closing.objects.filter(subject_kind=kind, state__in=states or CLOSED)
    return rows.values("subject_id")
