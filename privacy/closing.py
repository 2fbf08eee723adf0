"""Which kinds of records are closed, and how their packages do it. Packages enter theirs in `ready()`.

`privacy` closes the keys, so that every value of the person is closed wherever it stands; what a package
adds is what lies outside the keys: rows for phones, blind indexes, words that stand in clear. A package that
stands above the one with the record enters its `Part`.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model, QuerySet, UUIDField

from edge.encryption import EncryptedField
from kernel import crypto
from kernel.actor import Actor
from kernel.problems import Problem
from privacy.machine import ClosingState
from privacy.models import Closing

CLOSED = (ClosingState.RESTRICTED, ClosingState.SEALED, ClosingState.DESTROYED)
GONE = (ClosingState.SEALED, ClosingState.DESTROYED)
Act = Callable[[Actor, Sequence[UUID]], None]
Kept = Callable[[Sequence[UUID]], Mapping[UUID, int]]
Held = Callable[[Sequence[UUID]], Collection[UUID]]
RowsOf = Callable[[Sequence[UUID]], Iterable[QuerySet[Any]]]


def _nothing(_actor: Actor, _ids: Sequence[UUID]) -> None:
    """The keys are all there is to close."""


def _by_the_class(_ids: Sequence[UUID]) -> Mapping[UUID, int]:
    """Every record is kept as long as its class says."""
    return {}


def _always(_id: UUID) -> bool:
    """What ends once does not begin again."""
    return True


def _nobody(_actor: Actor, _id: UUID) -> bool:
    """A kind that no desk answers for."""
    return False


def _itself(_id: UUID) -> Iterable[UUID]:
    """What is read is logged under the record."""
    return ()


def _none(_keys: Collection[UUID]) -> Collection[UUID]:
    return ()


def _nothing_goes_on(_ids: Sequence[UUID]) -> Collection[UUID]:
    """Nothing keeps a record beyond its retention."""
    return ()


@dataclass(frozen=True, slots=True)
class Part:
    """What a package above holds of the records of a class: see `RecordClass`."""

    rows_of: RowsOf
    kept: Kept = _by_the_class
    held: Held = _nothing_goes_on
    restrict: Act = _nothing
    seal: Act = _nothing
    lift: Act = _nothing
    destroy: Act = _nothing
    log_of: Callable[[UUID], Iterable[UUID]] = _itself


@dataclass(frozen=True, slots=True)
class RecordClass:
    """One kind of record with a retention.

    `keep_days` names the setting of its retention, counted from the day it ended; `kept(ids)` gives other
    days to the records that have a retention of their own (the longest that anybody names). `restrict_days`
    the setting of how long after that day it is restricted ('' at once). `ended(known)` gives (id, last day)
    of records that have ended, less those whose ids are in the queryset `known`. `rows_of` gives the rows of
    every table in which something of a record stands; the keys of their envelopes are the record's, less
    those that `other_keys` says are used for something else (a phone's own). `held(ids)` gives those about
    which something still goes on (a complaint without an answer): they are not destroyed before. `is_over`
    says whether a record that had ended has not begun again. `restrict`, `seal`, `lift` and `destroy` do what
    lies outside the keys and may be done twice. `show` gives the values that a lawful query asks for; empty:
    it has none. `seen_by` says whether a desk answers a person's request about the record, restricted ones
    too; `log_of` gives the ids of the rows below it whose readings the person is told of.
    """

    kind: str
    zh: str
    en: str
    keep_days: str
    ended: Callable[[QuerySet[Any]], Iterable[tuple[UUID, date]]]
    rows_of: RowsOf
    kept: Kept = _by_the_class
    other_keys: Callable[[Collection[UUID]], Collection[UUID]] = _none
    held: Held = _nothing_goes_on
    restrict_days: str = ""
    is_over: Callable[[UUID], bool] = _always
    restrict: Act = _nothing
    seal: Act = _nothing
    lift: Act = _nothing
    destroy: Act = _nothing
    show: Callable[[UUID], Mapping[str, str | None]] | None = None
    shown: tuple[str, ...] = ()
    seen_by: Callable[[Actor, UUID], bool] = _nobody
    log_of: Callable[[UUID], Iterable[UUID]] = _itself

    def keys_of(self, ids: Sequence[UUID]) -> list[UUID]:
        """Every key under which something of these records stands and that is used for nothing else."""
        found = {key for rows in self.rows_of(ids) for key in keys_in(rows)}
        return sorted(found - set(self.other_keys(found)))


_classes: dict[str, RecordClass] = {}
_parts: dict[str, list[Part]] = {}


def enter(record_class: RecordClass) -> None:
    """Enter a class (once, when the app is ready). ValueError for a kind entered twice."""
    if record_class.kind in _classes:
        raise ValueError(f"record class {record_class.kind} is entered twice")
    _classes[record_class.kind] = record_class


def enter_part(kind: str, part: Part) -> None:
    """Enter what a package above holds of a kind (once, when the app is ready)."""
    _parts.setdefault(kind, []).append(part)


def classes() -> dict[str, RecordClass]:
    """Every class with its parts, by kind."""
    return {kind: _whole(entry, _parts.get(kind, [])) for kind, entry in sorted(_classes.items())}


def _whole(entry: RecordClass, parts: Sequence[Part]) -> RecordClass:
    """The class with its parts: what stands above is closed first."""
    if not parts:
        return entry

    def rows_of(ids: Sequence[UUID]) -> Iterator[QuerySet[Any]]:
        for held in (entry, *parts):
            yield from held.rows_of(ids)

    def kept(ids: Sequence[UUID]) -> Mapping[UUID, int]:
        found: dict[UUID, int] = {}
        for held in (entry, *parts):
            for pk, days in held.kept(ids).items():
                found[pk] = max(days, found.get(pk, days))
        return found

    def each(*acts: Act) -> Act:
        def act(actor: Actor, ids: Sequence[UUID]) -> None:
            for one in acts:
                one(actor, ids)

        return act

    return replace(
        entry,
        rows_of=rows_of,
        kept=kept,
        held=_held_by_any(entry.held, *(part.held for part in parts)),
        log_of=_log_of((entry, *parts)),
        restrict=each(*(part.restrict for part in parts), entry.restrict),
        seal=each(*(part.seal for part in parts), entry.seal),
        lift=each(*(part.lift for part in parts), entry.lift),
        destroy=each(*(part.destroy for part in parts), entry.destroy),
    )


def _held_by_any(*ways: Held) -> Held:
    def held(ids: Sequence[UUID]) -> Collection[UUID]:
        return {pk for way in ways for pk in way(ids)}

    return held


def _log_of(holders: Sequence[RecordClass | Part]) -> Callable[[UUID], Iterator[UUID]]:
    def log_of(record_id: UUID) -> Iterator[UUID]:
        for held in holders:
            yield from held.log_of(record_id)

    return log_of


def require_seen(actor: Actor, kind: str, record_id: UUID) -> None:
    """Problem `invalid` for a kind that is none, `not_found` for a record that the actor's desk does not
    answer for, whether there is one or not."""
    entry = _classes.get(kind)
    if entry is None:
        raise Problem("invalid", fields={"subject_kind": [f"one of {', '.join(sorted(_classes))}"]})
    if not entry.seen_by(actor, record_id):
        raise Problem("not_found")


def ids_below(
    root: type[Model], package: str, record_id: UUID, *, less: tuple[type[Model], ...] = ()
) -> Iterator[UUID]:
    """The ids of the rows of a package that hang on one record: what is read under an id of its own. `less`:
    tables whose readings nobody is told of."""
    for rows in rows_below(root, package, [record_id]):
        if not issubclass(rows.model, less):
            yield from (pk for pk in rows.values_list("pk", flat=True) if isinstance(pk, UUID))


def rows_below(root: type[Model], package: str, ids: Sequence[UUID]) -> Iterator[QuerySet[Any]]:
    """Of every table of a package, the rows that hang on these records of `root` by foreign keys; a table
    that is made later is among them without a word."""
    for model in apps.get_app_config(package).get_models():
        path = _path(model, root)
        if path is not None:
            yield model._base_manager.filter(**{f"{path}__in": ids})


def _path(model: type[Model], root: type[Model]) -> str | None:
    """The shortest way from a row to its record, inside the model's package; None when there is none."""
    if model is root:
        return "pk"
    ways, seen = [("", model)], {model}
    for way, at in ways:
        for link in at._meta.concrete_fields:
            to = link.related_model
            if not isinstance(to, type) or to in seen:
                continue
            if to is root:
                return f"{way}{link.name}"
            if to._meta.app_label == model._meta.app_label:
                seen.add(to)
                ways.append((f"{way}{link.name}__", to))
    return None


def keys_in(rows: QuerySet[Any]) -> set[UUID]:
    """The keys of all envelopes in these rows, and those that their `…key_id` columns name."""
    fields = rows.model._meta.concrete_fields
    sealed = [field.attname for field in fields if isinstance(field, EncryptedField)]
    named = [field.attname for field in fields if field.attname.endswith("key_id") and _is_key(field)]
    found: set[UUID] = set()
    if not (sealed or named):
        return found
    for values in rows.values_list(*sealed, *named).iterator():
        found |= {crypto.envelope_key_id(bytes(value)) for value in values[: len(sealed)] if value}
        found |= {key for key in values[len(sealed) :] if key}
    return found


def _is_key(field: Any) -> bool:
    return isinstance(getattr(field, "target_field", field), UUIDField)


def closed(kind: str, *states: ClosingState) -> QuerySet[Closing, Any]:
    """Ids of the records of a kind that are closed (in one of `states`), for `visible_to` to leave out."""
    rows = Closing.objects.filter(subject_kind=kind, state__in=states or CLOSED)
    return rows.values("subject_id")
