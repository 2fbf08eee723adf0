"""Ways in which an item can be wrong: each is refused alone, whatever stands around it in the batch."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

from tests.faults.crew import Member

Item = dict[str, Any]
KNOWN: set[str] = set()


def nul(item: Item) -> None:
    item["data"]["brief"] = "a\0b"


def unknown_category(item: Item) -> None:
    item["data"]["category"] = "77"


def endless(item: Item) -> None:
    item["data"]["brief"] = "长" * 5000


def invented_field(item: Item) -> None:
    item["data"]["risk_score"] = 97


def wrong_type(item: Item) -> None:
    item["data"]["occurred_at"] = 12


def deep(item: Item) -> None:
    item["data"]["signs"] = json.loads("[" * 30 + "]" * 30)


def unknown_kind(item: Item) -> None:
    item["kind"] = "gossip"


def visit_of_nobody(item: Item) -> None:
    item["kind"] = "visit"
    item["data"] = {"form": "3", "outcome": "met", "due": item["id"], "note": "x"}


def unknown_verb(item: Item) -> None:
    _command(item, "erase", {})


def command_about_nothing(item: Item) -> None:
    _command(item, "set_brief", {"brief": "不存在的纠纷"})


def edit_of_nothing(item: Item) -> None:
    item.update(op="amend", target=str(uuid4()), base_rev=1)


def _command(item: Item, verb: str, args: Item) -> None:
    item.update(kind="command", op="command", target=str(uuid4()), base_rev=1)
    item["data"] = {"kind": "dispute", "verb": verb, "args": args}


WAYS: list[Callable[[Item], None]] = [
    nul, unknown_category, endless, invented_field, wrong_type, deep, unknown_kind, visit_of_nobody,
    unknown_verb, command_about_nothing, edit_of_nothing,
]  # fmt: skip


def spoil(member: Member, way: Callable[[Item], None]) -> str:
    """Queue one item that is wrong in this way; returns its id."""
    member.record(1)
    store = member.phone.store
    one, text = store._db.execute("select id, item from outbox order by seq desc limit 1").fetchone()
    item = json.loads(text)
    way(item)
    store._db.execute("update outbox set item = ? where id = ?", (json.dumps(item), one))
    return str(one)
