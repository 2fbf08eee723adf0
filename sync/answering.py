"""What people do with items that wait for them: choose a side, let one in, refuse one. Who answers for the
kind may, with a reason; the author's phone hears of it with its next pull.
"""

from typing import Any

import msgspec
from django.db import DataError, IntegrityError, connection, transaction

from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem
from sync import holding, inbox, registry
from sync.authors import author_of
from sync.commands import Order
from sync.deciding import decide, submitted, worded
from sync.holding import Stand, Work
from sync.items import Outcome, PushItem, State, conflict, rejected
from sync.models import Inbox
from sync.queues import queues_of
from sync.releasing import keep, loaded, release, work_of
from sync.services import mark
from sync.settling import By, leave_step, settle

_DEVICE = "select id from accounts_device where id = %s for no key update"
MINE, THEIRS, OTHER = "mine", "theirs", "other"
WAITING = frozenset({State.HELD, State.QUARANTINED, State.CONFLICT})


@transaction.atomic
def item_resolve(
    *, actor: Actor, item: Inbox, choice: str, reason: str, args: dict[str, Any] | None = None
) -> Inbox:
    """Settle a conflict: the author's side (`mine`), what stands (`theirs`), or another value (`other`, with
    `args` as the command takes them). Problems `not_in_conflict`, `choice_not_possible`,
    `reason_required`."""
    row = _locked(item, reason)
    if row.state != State.CONFLICT:
        raise Problem("not_in_conflict", current=row.state)
    author = author_of(row)
    work = work_of(author, row)
    stand = holding.stand(author, [work])
    if choice == THEIRS:
        work.outcome = rejected("resolved_theirs", reason)
    else:
        work.outcome = _chosen(actor, author, work, args if choice == OTHER else None)
    return _settled(actor, author, work, stand, reason)


def _chosen(actor: Actor, author: Actor, work: Work, args: dict[str, Any] | None) -> Outcome:
    body = work.item.body
    if isinstance(body, Order) and body.command.resolve is not None:
        values = body.args if args is None else _parsed(body, args)
        outcome = _resolved(actor, body, msgspec.structs.replace(work.item, body=values))
        return outcome if args is None else rejected("resolved_other")
    entry = registry.find(work.item.kind)
    if args is not None or entry is None or entry.amend is None or isinstance(body, Order):
        raise Problem("choice_not_possible")
    (outcome,) = submitted(author, work.item.kind, entry.amend, [work])
    if outcome.state != State.ACCEPTED:
        raise Problem("still_not_possible", code_of_item=outcome.code)
    return outcome


def _resolved(actor: Actor, order: Order, item: PushItem) -> Outcome:
    assert order.command.resolve is not None  # noqa: S101  because the caller has looked
    try:
        with transaction.atomic():
            return order.command.resolve(actor=actor, item=item)
    except (IntegrityError, DataError) as error:
        raise Problem("still_not_possible", code_of_item="not_storable") from error


def _parsed(order: Order, args: dict[str, Any]) -> Any:
    try:
        return msgspec.convert(args, order.command.schema)
    except msgspec.ValidationError as error:
        raise Problem("invalid", fields={"args": [str(error)]}) from error


@transaction.atomic
def item_release(*, actor: Actor, item: Inbox, reason: str) -> Inbox:
    """Take an item that is held or in quarantine, as decided by a person: its time and place are not judged
    again. One that was held waits for nothing more; one from quarantine may yet have to wait for what it was
    made from. The author stays the author. Problem `still_not_possible` with the code of what stands in its
    way."""
    row = _locked(item, reason)
    if row.state not in (State.HELD, State.QUARANTINED):
        raise Problem("not_waiting", current=row.state)
    author = author_of(row)
    work = work_of(author, row, decided=True)
    if work.outcome is not None:
        raise Problem("still_not_possible", code_of_item=work.outcome.code)
    work.forced = row.state == State.HELD
    stand = holding.stand(author, [work])
    _forget(stand, work)
    decide(author, [work], stand)
    outcome = work.outcome
    if outcome is None or outcome.state == row.state:
        raise Problem("still_not_possible", code_of_item=outcome.code if outcome else "")
    return _settled(actor, author, work, stand, reason)


def _forget(stand: Stand, work: Work) -> None:
    """It does not stand in its own way: not as what waits, nor as the record it failed to make."""
    stand.drop_held(work.no or 0)
    if work.item.op == "create":
        stand.made.pop(work.item.target, None)


@transaction.atomic
def item_reject(*, actor: Actor, item: Inbox, reason: str) -> Inbox:
    """Refuse an item that waits; the reason is told to its author. One that is refused already is put
    away."""
    row = _locked(item, reason)
    author = author_of(row)
    if row.state not in WAITING:
        return _put_away(actor, row, reason)
    work = work_of(author, row)
    work.outcome = rejected("rejected_by_person", reason)
    return _settled(actor, author, work, holding.stand(author, [work]), reason)


def _put_away(actor: Actor, row: Inbox, reason: str) -> Inbox:
    row.closed_at = clock.now()
    row.save(update_fields=["closed_at"])
    leave_step(row, "close", row.state, By(actor, reason))
    return row


def _locked(item: Inbox, reason: str) -> Inbox:
    """The item under its lock and its device's; problems `reason_required`, `not_found`."""
    if not reason.strip():
        raise Problem("reason_required")
    with connection.cursor() as cursor:
        cursor.execute(_DEVICE, [item.device_id])
    row = Inbox.objects.select_for_update().get(no=item.no)
    if row.closed_at is not None or row.state == State.ACCEPTED:
        raise Problem("transition_not_allowed", current=row.state)
    return row


def _settled(actor: Actor, author: Actor, work: Work, stand: Stand, reason: str) -> Inbox:
    """Write it down, pass on what waited for it, tell the phones."""
    if work.outcome is None:
        raise AssertionError("only what was decided is settled")
    outcome = work.outcome = worded(work.outcome)
    (queue,) = queues_of(author, [(work.item.kind, work.item, outcome)])
    settle(author, work, outcome, queue, By(actor, reason))
    inbox.reflect(author, [(work.item, outcome)])
    if isinstance(work.item.body, Order):
        mark(work.item.body.command.kind, [work.item.target])
    elif work.state == State.CONFLICT and outcome.state == State.REJECTED:
        keep(author, _made_from_it(author, work, stand))
    else:
        _let_go(stand, work)
        keep(author, release(author, stand))
    return Inbox.objects.get(no=work.no)


def _made_from_it(author: Actor, work: Work, stand: Stand) -> list[Work]:
    """Later edits of the same phone were made from one that a person has put aside: each is a conflict
    too."""
    later = []
    for waiting in loaded(author, sorted(stand.held.get(work.item.target, ()))):
        if waiting.device == work.device and waiting.item.seq > work.item.seq:
            waiting.outcome = conflict("changed_meanwhile", ("data",))
            later.append(waiting)
    return later


def _let_go(stand: Stand, work: Work) -> None:
    """What waited behind it may go."""
    stand.plain = False
    stand.note(work)
    for key in (work.no, work.item.id):
        if key is not None:
            stand.open.get(work.item.target, {}).pop(key, None)
    stand.moved.add(work.item.target)
