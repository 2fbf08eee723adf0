"""From items to outcomes: new records in bulk, then edits after what they were made from, then commands."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import structlog
from django.db import Error, connection, transaction

from edge.busy import is_busy
from kernel.actor import Actor
from kernel.problems import Problem, catalogue
from sync import registry
from sync.files.services.declaring import declare, declare_late, settle
from sync.holding import Stand, Work
from sync.items import Outcome, State, accepted, conflict, held, quarantined, rejected
from sync.merge import Place
from sync.registry import COMMAND, Submit

log = structlog.get_logger()
WAITS = "waits_for_record"
LATE = "came_late"


def decide(actor: Actor, works: Sequence[Work], stand: Stand) -> None:
    """Give every work its outcome, in the device's order as far as one hangs on the other."""
    ordered = sorted(works, key=lambda work: work.item.seq)
    _creates(actor, [work for work in ordered if work.item.op == "create"], stand)
    _amends(actor, [work for work in ordered if work.item.op == "amend"], stand)
    orders = [work for work in ordered if work.item.op == "command"]
    if orders:
        _submit(actor, COMMAND, registry.kind(COMMAND).submit, orders, stand)
    late = [work.item for work in ordered if work.item.files and work.outcome and work.outcome.code == LATE]
    declare_late(actor, late)


def _creates(actor: Actor, works: list[Work], stand: Stand) -> None:
    """Records that others of the batch name as their parent first. One that later edits have made is folded
    in."""
    while works:
        coming = {work.item.target for work in works}
        later = [work for work in works if work.parent in coming and work.parent != work.item.target]
        if len(later) == len(works):
            later = []  # they name each other in a ring: their service says what it thinks of that
        last = set(map(id, later))
        now = [work for work in works if id(work) not in last] if later else works
        for work in now:
            work.outcome = _create_known(work, stand)
        by_kind: dict[str, list[Work]] = {}
        for work in now:
            if work.outcome is None:
                by_kind.setdefault(work.item.kind, []).append(work)
            else:
                stand.note(work)
        for kind, group in by_kind.items():
            _submit(actor, kind, registry.kind(kind).submit, group, stand)
        works = later


def _create_known(work: Work, stand: Stand) -> Outcome | None:
    if work.item.target in stand.versions:
        return accepted(code=LATE)
    if work.parent is None or stand.has(work.parent) or work.forced:
        return None
    return held(WAITS, work.parent)


def _amends(actor: Actor, works: list[Work], stand: Stand) -> None:
    """One edit of each record at a time."""
    while works:
        heads: dict[object, Work] = {}
        for work in works:
            heads.setdefault(work.item.target, work)
        now = list(heads.values())
        works = [work for work in works if heads[work.item.target] is not work]
        groups: dict[tuple[str, bool], list[Work]] = {}
        for work in now:
            work.outcome = _placed(work, stand)
            if work.outcome is None:
                groups.setdefault((work.item.kind, work.item.target in stand.revs), []).append(work)
            else:
                stand.note(work)
        for (kind, stands), group in groups.items():
            entry = registry.kind(kind)
            _submit(actor, kind, entry.amend if stands else entry.submit, group, stand)


def _placed(work: Work, stand: Stand) -> Outcome | None:
    """The outcome of an edit that is not to be written now; None for one that is."""
    target, made = work.item.target, stand.made.get(work.item.target)
    corrects = made in (State.REJECTED, State.QUARANTINED) and target not in stand.revs
    found = Place.APPLY if corrects else stand.place(work)
    if found == Place.LATE:
        return accepted(code=LATE)
    if found == Place.CLASH:
        return conflict("changed_meanwhile", ("data",))
    if found == Place.APPLY:
        return None
    return held(WAITS if target not in stand.revs else "waits_for_version", target)


def _submit(actor: Actor, kind: str, service: Submit | None, works: list[Work], stand: Stand) -> None:
    outcomes = submitted(actor, kind, service, works)
    for work, outcome in zip(works, outcomes, strict=True):
        forced = work.forced and outcome.state == State.ACCEPTED
        work.outcome = replace(outcome, forced=True, code=outcome.code or "forced") if forced else outcome
        if not stand.plain:
            stand.note(work)


def submitted(actor: Actor, kind: str, service: Submit | None, works: Sequence[Work]) -> list[Outcome]:
    """The kind's service over all items; where it fails, over halves, down to the one to blame."""
    assert service is not None  # noqa: S101  because only what a kind takes is waiting
    items = [work.item for work in works]
    try:
        with transaction.atomic():
            declare(actor, items)
            outcomes = service(actor=actor, items=items)
            settle(actor, items, outcomes)
            _check_constraints()
        if len(outcomes) != len(items):
            raise AssertionError(f"{kind}: {len(outcomes)} outcomes for {len(items)} items")
        return outcomes
    except Exception as error:
        if is_busy(error):
            raise  # it says nothing about the items
        if len(works) == 1:
            return [_verdict(kind, error)]
        half = len(works) // 2
        return submitted(actor, kind, service, works[:half]) + submitted(actor, kind, service, works[half:])


def _check_constraints() -> None:
    """Deferred constraints are checked here, where their error can still be laid at the right door."""
    with connection.cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


def _verdict(kind: str, error: Exception) -> Outcome:
    if isinstance(error, Problem):
        return rejected(error.code, error.detail or "", error.fields)
    level = log.warning if isinstance(error, Error) else log.error
    level("item not storable", kind=kind, error_type=type(error).__name__)
    return quarantined("not_storable")


def worded(outcome: Outcome) -> Outcome:
    """With the catalogue's text where the kind gave no detail of its own."""
    if outcome.detail or not outcome.code:
        return outcome
    return replace(outcome, detail=_texts().get(outcome.code, ""))


@cache
def _texts() -> dict[str, str]:
    return {code: entry.zh for code, entry in catalogue().items()}
