"""Items that waited are decided when what they wait for has come, or after a set time without it."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import partial
from uuid import UUID

import structlog
from django.db import connection

from edge.locks import retrying
from kernel.actor import Actor
from sync import holding, inbox
from sync.authors import author_of
from sync.deciding import decide, worded
from sync.holding import Stand, Work
from sync.items import PushItem, State, quarantined
from sync.models import Inbox
from sync.queues import queues_of
from sync.reading import body_of, files_of
from sync.services import mark
from sync.settling import settle

MOST_ROUNDS = 1000
FORCED_AT_ONCE = 500
_DEVICE = "select id from accounts_device where id = %s for no key update"
log = structlog.get_logger()


def force(before: datetime) -> int:
    """Take the items that have waited since `before`, without what they wait for and with a mark; how many.

    In each device's order, each by itself: what one sets free is then no more forced. One that fails is left
    for the next time.
    """
    waiting = Inbox.objects.filter(state=State.HELD, received_at__lt=before).order_by(
        "device_id", "seq", "no"
    )
    done = 0
    for row in waiting[:FORCED_AT_ONCE]:
        try:
            done += retrying(partial(_force, row))
        except Exception as error:
            log.error("held item not taken", item=str(row.id), error_type=type(error).__name__)
    return done


def _force(row: Inbox) -> int:
    with connection.cursor() as cursor:
        cursor.execute(_DEVICE, [row.device_id])
    actor = author_of(row)
    works = loaded(actor, [row.no])
    if not works:
        return 0
    for work in works:
        work.forced = True
    stand = holding.stand(actor, works)
    stand.drop_held(row.no)
    decide(actor, [work for work in works if work.outcome is None], stand)
    works += release(actor, stand)
    keep(actor, works)
    return len(works)


def release(actor: Actor, stand: Stand) -> list[Work]:
    """Decide the held items of this author whose records have moved, and those that wait for these in turn.

    Returned: what was decided, in the order in which that was done; then what was looked at and waits on.
    """
    done: list[Work] = []
    waiting: dict[int | None, Work] = {}
    for _ in range(MOST_ROUNDS):
        numbers = stand.ready()
        if not numbers:
            break
        works = loaded(actor, numbers)
        _widen(actor, works, stand)
        decide(actor, [work for work in works if work.outcome is None], stand)
        for work in works:
            waiting[work.no] = work
            if work.outcome is not None and work.outcome.state != State.HELD:
                stand.drop_held(work.no or 0)
                done.append(waiting.pop(work.no))
    return [*done, *waiting.values()]


def _widen(actor: Actor, works: Sequence[Work], stand: Stand) -> None:
    """What is known of the released items' own records, which something may wait for as well."""
    unknown = [work for work in works if work.item.target not in stand.versions]
    if unknown:
        stand.join(holding.stand(actor, unknown))


def loaded(actor: Actor, numbers: Iterable[int]) -> list[Work]:
    """Works out of the inbox; one whose body cannot be opened any more is for a person."""
    return [work_of(actor, row) for row in inbox.rows(numbers)]


def work_of(actor: Actor, row: Inbox, *, decided: bool = False) -> Work:
    """A work out of the inbox; its outcome is set where its body cannot be opened or read."""
    raw = inbox.opened(row)
    body, refusal = body_of(row.kind, raw.get("data"), actor) if raw else (None, quarantined("not_readable"))
    item = PushItem(
        id=row.id, kind=row.kind, op=row.op, target=row.target or row.id, base_rev=row.base_rev,
        device_at=row.device_at or row.received_at, device_said=row.device_at or row.received_at,
        received_at=row.received_at, seq=row.seq or 0, offset_ms=row.offset_ms, skewed=row.skewed,
        body=body, signed=row.signed, files=files_of(raw), decided=decided,
    )  # fmt: skip
    work = Work(item, row.device_id, row.no, row.state)
    work.outcome = refusal
    return work


def keep(actor: Actor, works: Sequence[Work]) -> None:
    """Write down what became of items that stood in the inbox, and tell the author's phone. What waits on
    stands beside its record now, should that have come."""
    _mark([work for work in works if _waits_on(work)])
    works = [work for work in works if not _waits_on(work)]
    if not works:
        return
    outcomes = [worded(work.outcome) for work in works if work.outcome is not None]
    refused = [(work.item.kind, work.item, outcome) for work, outcome in zip(works, outcomes, strict=True)]
    queues = queues_of(actor, refused)
    for work, outcome, queue in zip(works, outcomes, queues, strict=True):
        settle(actor, work, outcome, queue)
    inbox.reflect(actor, [(work.item, outcome) for work, outcome in zip(works, outcomes, strict=True)])


def _waits_on(work: Work) -> bool:
    return work.outcome is not None and work.outcome.state == State.HELD == work.state


def _mark(works: Sequence[Work]) -> None:
    edited: dict[str, set[UUID]] = {}
    for work in works:
        if work.item.op == "amend":
            edited.setdefault(work.item.kind, set()).add(work.item.target)
    for kind, ids in sorted(edited.items()):
        mark(kind, ids)
