"""The kind `command`: what phones ask of records that are not theirs. One way in for all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

import msgspec
from django.db import transaction

from kernel.actor import Actor
from kernel.problems import Problem
from sync.items import Outcome, PushItem, rejected
from sync.registry import COMMAND, Command, Kind, register

Word = Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
_NO_ROWS = """
    select null::text as scope, r.id, 0::bigint as rev, null::text as payload
    from sync_inbox r where {roots} and false
"""


class CommandBody(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    """`data` of a `command`: the kind of its target, what is to be done with it, and what that needs."""

    kind: Word
    verb: Word
    args: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Order:
    """A command with its parsed arguments."""

    command: Command
    args: Any


def connect() -> None:
    """Enter the kind (once, when the app is ready). A command comes back to its phone while it is not
    accepted; what it did comes as the record it was about."""
    register(
        Kind(
            name=COMMAND, version=1, root_table="sync_inbox", rows_sql=_NO_ROWS, phone_set=_nothing,
            submit=commands_submit, schema=CommandBody,
        )
    )  # fmt: skip


def _nothing(_actor: Actor) -> list[UUID]:
    return []


def commands_submit(*, actor: Actor, items: Sequence[PushItem]) -> list[Outcome]:
    """Run commands in the device's order, each alone: what one has done, the next finds."""
    return [_run(actor, item) for item in items]


def _run(actor: Actor, item: PushItem) -> Outcome:
    order: Order = item.body
    try:
        with transaction.atomic():
            return order.command.run(actor=actor, item=msgspec.structs.replace(item, body=order.args))
    except Problem as problem:
        return rejected(problem.code, problem.detail or "", problem.fields)
