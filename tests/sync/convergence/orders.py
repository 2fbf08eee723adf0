"""What the machine's phones ask of memos, which are the server's: another title, until a memo is closed."""

from typing import Any
from uuid import UUID

import msgspec
from django.db import connection

from kernel.actor import Actor
from kernel.codes.roles import Role
from sync.items import Outcome, PushItem, accepted, conflict, not_applicable, rejected
from sync.merge import Change, merge
from sync.registry import Command
from sync.services import publish
from tests.sync.convergence import world

CLOSED = "closed"
_MEMO = "select title, title_rev, title_device from t_memo where id = %s for update"
_WRITE = "update t_memo set title = %s, title_rev = rev + 1, title_device = %s where id = %s"


class Retitle(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    title: str


def retitle(*, actor: Actor, item: PushItem) -> Outcome:
    """Fields merge as they do in the domain: what somebody else wrote since `base_rev` stands."""
    with connection.cursor() as cursor:
        found = cursor.execute(_MEMO, [item.target]).fetchone()
    if found is None or ("memo", str(item.target)) not in world.visible(actor):
        return rejected("target_unknown")
    title, rev, device = found
    merged = merge(
        {"title": item.body.title},
        base_rev=item.base_rev, device=actor.device_id, changes=[Change("title", title, rev, device)],
    )  # fmt: skip
    if title == CLOSED and not merged.same:
        return not_applicable("transition_not_allowed", {"title": title})
    if merged.clashes:
        return conflict("changed_meanwhile", merged.clashes)
    return _written(item, actor.device_id) if merged.apply else accepted()


def _chosen(*, actor: Actor, item: PushItem) -> Outcome:
    """A person has chosen this title."""
    return _written(item, actor.device_id)


def _written(item: PushItem, device: UUID | None) -> Outcome:
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [item.body.title, device, item.target])
    publish("memo", [item.target])
    return accepted()


def command() -> Command:
    more: dict[str, Any] = {"resolve": _chosen}
    return Command("memo", "retitle", Retitle, frozenset({Role.GRID_WORKER}), retitle, **more)
