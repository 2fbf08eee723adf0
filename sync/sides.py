"""Both sides of an item that waits for a person: a row in the read log first, then the values."""

from typing import Any

import msgspec
from django.db import transaction

from kernel.actor import Actor
from kernel.problems import Problem
from privacy.services import read_logged
from sync import inbox, registry
from sync.authors import author_of
from sync.commands import Order
from sync.items import State
from sync.models import Inbox, InboxStep
from sync.releasing import work_of


@transaction.atomic
def sides_read(*, actor: Actor, item: Inbox, purpose: str, reason: str) -> dict[str, Any]:
    """What was sent and what stands. Problems `purpose_required`, `role_not_allowed` where the content is
    not for this reader."""
    read_logged(
        actor=actor, subject_kind="inbox_item", subject_id=item.id, fields=["sent", "stands"],
        purpose=purpose, reason=reason,
    )  # fmt: skip
    work = work_of(author_of(item), item)
    body = work.item.body
    entry = registry.find(item.about or item.kind)
    if entry is not None and entry.may_read is not None and not entry.may_read(actor, work.item):
        raise Problem("role_not_allowed")
    raw = inbox.opened(item)
    return {
        "item": item,
        "sent": raw.get("data") if raw else None,
        "stands": _command_sides(actor, work.item, body) if isinstance(body, Order) else _version(item),
        "steps": InboxStep.objects.filter(item=item).order_by("at", "id"),
    }


def _command_sides(actor: Actor, item: Any, order: Order) -> dict[str, Any]:
    show = order.command.sides
    return show(actor=actor, item=msgspec.structs.replace(item, body=order.args)) if show else {}


def _version(item: Inbox) -> dict[str, Any]:
    """The version of a record that stands in the place of a refused edit."""
    if item.op != "amend":
        return {}
    own = Inbox.objects.filter(author_id=item.author_id, state=State.ACCEPTED, rev__isnull=False)
    rows = [*own.filter(target=item.target, op="amend"), *own.filter(id=item.target, op="create")]
    if not rows:
        return {}
    last = max(rows, key=lambda row: row.rev or 0)
    raw = inbox.opened(last)
    value = raw.get("data") if raw else None
    return {"data": {"value": value, "by": last.author_id, "at": last.received_at, "rev": last.rev}}
