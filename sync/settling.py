"""What becomes of an item after its first outcome: one way, by its state table, with a row for each step."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from audit.services import record
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.problems import Problem
from sync import caller, machine
from sync.holding import Work
from sync.items import Outcome, State
from sync.models import Inbox, InboxStep

_WITHDRAW = """
    insert into sync_row as s (scope, kind, id, rev, xid, born, deleted, shared, payload, inbox)
    select %(scope)s, %(kind)s, %(id)s, 0, pg_current_xact_id(), '1'::xid8, true, false, '', null
    where not exists (
      select from sync_row r
      where r.scope = any(%(own)s) and r.kind = %(kind)s and r.id = %(id)s and not r.deleted and r.rev > 0)
    on conflict (scope, kind, id) do update
    set xid = excluded.xid, deleted = true, payload = '', inbox = null
"""


@dataclass(frozen=True, slots=True)
class By:
    """Who settles: the machine, or a person with a reason."""

    actor: Actor = SYSTEM
    reason: str = ""


def settle(author: Actor, work: Work, outcome: Outcome, queue: UUID | None, by: By | None = None) -> None:
    """Write an item's further outcome by compare-and-set, leave the row of the step, tell the author's phone
    that an accepted one is done with. Problem `transition_not_allowed` when it was settled meanwhile."""
    who, before = by or By(), work.state
    step = machine.step(before, outcome.state)
    now = clock.now()
    written = Inbox.objects.filter(no=work.no, state=before).update(
        state=outcome.state, code=outcome.code, detail=outcome.detail, field_errors=outcome.field_errors,
        rev=outcome.rev, returned=outcome.state != State.ACCEPTED, forced=outcome.forced,
        waits_for=outcome.waits_for, clash=list(outcome.fields) or None,
        queue_id=None if outcome.state == State.ACCEPTED else queue, closed_at=_closed(outcome, who, now),
    )  # fmt: skip
    if not written:
        raise Problem("transition_not_allowed", current=before, event=step.event)
    row = Inbox.objects.only("no", "id", "kind", "state", "code").get(no=work.no)
    leave_step(row, step.event, before, who, audited=not who.actor.is_system or outcome.forced)
    if outcome.state == State.ACCEPTED:
        _take_off_phone(author, work)


def leave_step(row: Inbox, event: str, before: str, who: By, *, audited: bool = True) -> None:
    """The row of one step of an item, and the fact of it where a person took it or something was forced."""
    InboxStep.objects.create(
        item_id=row.no, event=event, from_state=before, to_state=row.state, code=row.code,
        actor_id=who.actor.user_id, role=str(who.actor.role or ""), reason=who.reason, at=clock.now(),
    )  # fmt: skip
    if audited:
        record(
            actor=who.actor,
            event="inbox_item.forced" if who.actor.is_system else "inbox_item.decided",
            subject_kind="inbox_item",
            subject_id=row.id,
            fields=["state"],
            reason=who.reason,
            detail={"kind": row.kind, "from": before, "to": row.state, "code": row.code},
        )


def _closed(outcome: Outcome, who: By, now: datetime) -> datetime | None:
    """Accepted is over, and so is what a person has refused; the rest still waits for somebody."""
    by_person = not who.actor.is_system and outcome.state == State.REJECTED
    return now if outcome.state == State.ACCEPTED or by_person else None


def _take_off_phone(author: Actor, work: Work) -> None:
    """An accepted command, or a record that is kept off phones, is no more the phone's to show."""
    own = caller.own_scopes(author)
    id_ = work.item.id if work.item.op == "command" else work.item.target
    with connection.cursor() as cursor:
        cursor.execute(_WITHDRAW, {"scope": own[-1], "own": own, "kind": work.item.kind, "id": id_})
