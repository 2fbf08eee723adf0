"""The read side: a pull is the difference between two snapshots, over the scopes that the caller holds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from edge import locks, sqlfile
from edge.conf import setting
from edge.driver import RawCursor, at_once, raw_cursor, texts
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem
from sync import algebra, caller, life, metrics, pace
from sync.algebra import Page, Standing

FIRST_KIND, FIRST_ID = "", "00000000-0000-0000-0000-000000000000"
GONE, CHANGED, WHOLE, RECEIPTS = "1", "2", "3", "4"
Row = tuple[str, str, str, bool, bytes, int | None]  # scope, kind, id, deleted, payload (UTF-8), inbox
# A whole scope is read in the order of its key, as far as the page goes; the planner would sort all of it.
BY_KEY = "select set_config('enable_sort', 'off', true), set_config('enable_bitmapscan', 'off', true)"
Placed = tuple[str, Row]


@dataclass(frozen=True, slots=True)
class Unsent:
    """What a device says it has not sent yet: how many items, and the local day of the oldest."""

    count: int
    oldest_on: date | None


@dataclass(frozen=True, slots=True)
class Asked:
    """A pull: from where (None: from nothing), how many rows, which kinds (None: all); what waits to be sent.

    `rows_only` is for a client that keeps a cursor with rows alone: without rows the cursor stays (0 where
    there was none), and receipts are left for somebody who reads them.
    """

    cursor: int | None
    limit: int
    kinds: list[str] | None = None
    rows_only: bool = False
    unsent: Unsent | None = None


@dataclass(slots=True)
class Answer:
    """What a page brings. `rows` in order; `purged`: the scopes whose removal this pass brings; `receipts`:
    items of this device whose outcome was changed."""

    cursor: int
    epoch: int
    has_more: bool
    rows: list[Row]
    purged: list[str]
    receipts: list[UUID] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Stand:
    """The cursor's row and the moment it is asked at."""

    epoch: int
    snapshot: str
    now: frozenset[str]
    cursor: int | None
    base: str | None
    target: str | None
    sets: Standing
    position: list[str] | None


def pull(actor: Actor, asked: Asked) -> Answer:
    """One page, one at a time for each line of a device (its kinds).

    Problem `resync` when the cursor is unknown, ended, somebody else's or of another life; `restoring` until
    a restored database has begun its own; `one_at_a_time`.
    """
    life.check(actor.device_id)
    found = _quick(actor, asked)
    if actor.device_id is None or not caller.see(actor.device_id, found.seen_on):
        raise Problem("resync")
    if asked.unsent and (found.unsent, found.oldest_on) != (asked.unsent.count, asked.unsent.oldest_on):
        caller.note_unsent(actor.device_id, asked.unsent.count, asked.unsent.oldest_on)
    if found.nothing_new and asked.cursor is not None:
        return Answer(asked.cursor, found.epoch, has_more=False, rows=[], purged=[])
    with transaction.atomic():
        with at_once():
            raw_cursor().execute("set transaction isolation level repeatable read")
            lock = locks.ask_advisory("sync.pull", _line(actor, asked))
            standing = _ask_standing(actor, asked)
        if not lock.fetchone()[0]:
            raise Problem("one_at_a_time", retry_after=pace.ONE_RETRY_S)
        answer = _page(raw_cursor(), actor, asked, _stand(standing.fetchone(), asked))
    metrics.pull_rows.inc(len(answer.rows))
    return answer


def _line(actor: Actor, asked: Asked) -> str:
    """A stock client may follow several kinds at once, each by cursors of its own."""
    return f"{actor.device_id} {asked.kinds}"


@dataclass(frozen=True, slots=True)
class Quick:
    seen_on: Any
    nothing_new: bool
    epoch: int
    unsent: int | None
    oldest_on: date | None


def _quick(actor: Actor, asked: Asked) -> Quick:
    parameters = caller.parameters(actor) | {"cursor": asked.cursor, "kinds": asked.kinds}
    row = raw_cursor().execute(caller.held_sql("quick"), parameters, prepare=True).fetchone()
    if row is None:
        raise Problem("device_required")
    return Quick(*row)


def _ask_standing(actor: Actor, asked: Asked) -> RawCursor:
    parameters = caller.parameters(actor) | {"cursor": asked.cursor}
    return raw_cursor().execute(caller.held_sql("standing"), parameters, prepare=True)


def _stand(row: Any, asked: Asked) -> Stand:
    epoch, snapshot, now, cursor, kinds, base, base_scopes, target, target_scopes, redo, dirty, position = row
    if asked.cursor is not None and (cursor is None or kinds != asked.kinds):
        raise Problem("resync")
    sets = Standing(
        base=frozenset(base_scopes or ()),
        target=None if target is None else frozenset(target_scopes),
        redo=frozenset(redo or ()),
        dirty=frozenset(dirty or ()),
    )
    return Stand(epoch, snapshot, frozenset(now), cursor, base, target, sets, position)


def _page(raw: RawCursor, actor: Actor, asked: Asked, stand: Stand) -> Answer:
    page = algebra.page(stand.sets, stand.now)
    rows, position = _cut(_rows(raw, actor, stand, page, asked), asked.limit)
    if not rows and _stays(stand, page, asked):
        return Answer(stand.cursor or 0, stand.epoch, has_more=False, rows=[], purged=[])
    line = _next_line(stand, page, position) | caller.parameters(actor)
    found: Any = raw.execute(sqlfile.load("sync", "next_cursor"), line | {"kinds": asked.kinds}, prepare=True)
    purged = sorted(page.gone) if stand.position is None else []
    told = [UUID(row[2]) for step, row in rows if step == RECEIPTS]
    records = [row for step, row in rows if step != RECEIPTS]
    return Answer(found.fetchone()[0], stand.epoch, position is not None, records, purged, told)


def _stays(stand: Stand, page: Page, asked: Asked) -> bool:
    """Whether a page without rows needs no new cursor."""
    if asked.rows_only and stand.target is None:
        return True
    return stand.cursor is not None and not algebra.moved(stand.sets, page)


def _rows(raw: RawCursor, actor: Actor, stand: Stand, page: Page, asked: Asked) -> Iterator[Placed]:
    """The rows of a pass from the position on, each with its phase, up to one more than asked for."""
    left = asked.limit + 1
    shared: dict[str, Any] = {
        "base": stand.base or stand.snapshot,
        "target": stand.target or stand.snapshot,
    }
    shared |= {"begun": stand.base, "user": actor.user_id, "device": actor.device_id}
    for step, name, own in _steps(stand, page):
        if step == RECEIPTS and asked.rows_only:
            return
        found = (_whole if step == WHOLE else _once)(raw, name, shared | own | {"kinds": asked.kinds}, left)
        for row in found:
            yield step, row
            left -= 1
        if left <= 0:
            return


def _once(raw: RawCursor, name: str, asking: dict[str, Any], limit: int) -> list[Any]:
    return raw.execute(
        sqlfile.load("sync", name), asking | {"limit": limit}, prepare=True, binary=True
    ).fetchall()


def standing(actor: Actor, kind: str, ids: Iterable[UUID]) -> list[Row]:
    """These records as a first download would bring them now; what the caller may not see is left out."""
    parameters = caller.parameters(actor) | {"kind": kind, "ids": "{" + ",".join(map(str, ids)) + "}"}
    return raw_cursor().execute(caller.held_sql("records"), parameters, binary=True).fetchall()


def _whole(raw: RawCursor, name: str, asking: dict[str, Any], limit: int) -> Iterator[Row]:
    """A scope in the order of its key, piece by piece, until so many rows are to be sent or none is left."""
    raw.execute(BY_KEY)
    while limit > 0:
        looked_at = _once(raw, name, asking, limit)
        told = [row[:-1] for row in looked_at if row[-1]]
        yield from told
        if len(looked_at) < limit:
            return
        asking |= _place(list(looked_at[-1][:3]))
        limit -= len(told)


def _steps(stand: Stand, page: Page) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """The queries that are left of a pass: removals of lost scopes, changes, each gained scope, receipts."""
    position: list[Any] = stand.position or [GONE, None, None, None]
    phase, *at = position
    view = texts(sorted(page.view))
    for step, scopes, name in ((GONE, page.gone, "gone"), (CHANGED, page.kept, "changes")):
        if scopes and phase <= step:
            own = {"scopes": texts(sorted(scopes)), "view": view}
            yield step, name, own | _place(at if phase == step else None)
    earlier = sorted(page.kept)
    for scope in sorted(page.added):
        if phase < WHOLE or (phase == WHOLE and at[0] <= scope):
            here = phase == WHOLE and at[0] == scope
            own = {"scope": scope, "redo": scope in page.redo, "earlier": texts(earlier), "view": view}
            yield WHOLE, "whole", own | _place(at if here else [scope, FIRST_KIND, FIRST_ID])
        earlier = [*earlier, scope]
    yield RECEIPTS, "receipts", _place(at if phase == RECEIPTS else None)


def _place(at: list[Any] | None) -> dict[str, Any]:
    scope, kind, id_ = at or (None, None, None)
    return {"at_scope": scope, "at_kind": kind, "at_id": id_}


def _cut(found: Iterator[Placed], limit: int) -> tuple[list[Placed], list[str] | None]:
    """As many rows as the page may have, by number and by bytes; where it ends when more follow."""
    rows: list[Placed] = []
    room = setting("SYNC_PULL_BYTES_MAX")
    for placed in found:
        room -= len(placed[1][4])
        if rows and (len(rows) == limit or room < 0):
            phase, (scope, kind, id_, *_rest) = rows[-1]
            return rows, [phase, scope, kind, id_]
        rows.append(placed)
    return rows, None


def _next_line(stand: Stand, page: Page, position: list[str] | None) -> dict[str, Any]:
    """The row of the next cursor: in the middle of a pass, or at its end."""
    full = position is not None
    sets = algebra.after(stand.sets, page, full=full)
    target = stand.target or stand.snapshot
    return {
        "parent": stand.cursor,
        "epoch": stand.epoch,
        "created_at": clock.now(),
        "base": stand.base if full else target,
        "base_scopes": texts(sorted(sets.base)),
        "target": target if full else None,
        "target_scopes": texts(sorted(sets.target or ())),
        "redo": texts(sorted(sets.redo)),
        "dirty": texts(sorted(sets.dirty)),
        "position": position,
    }
