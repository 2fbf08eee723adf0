"""For every role and kind a full pull brings exactly the kind's phone set, as the domain's tables say it."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import orjson
import pytest

from kernel.codes.roles import WITH_PHONE
from sync import encode, pull, registry
from tests.access.stock import Stock
from tests.cast import Member, enrolled
from tests.corrections.stage import VisitPhone, absent

pytestmark = pytest.mark.usefixtures("committed")
REFUSED = {"rejected", "quarantined"}


def with_phone(member: Member) -> Member:
    return member if member.device else enrolled(member.user, member.membership)


def full_pull(member: Member) -> dict[str, set[UUID]]:
    """The ids of each kind, page by page, without the author's own records that were not accepted."""
    held: dict[str, set[UUID]] = {name: set() for name in registry.kinds()}
    cursor, more = None, True
    while more:
        answer = pull.pull(member.actor, pull.Asked(cursor, 7))
        body: dict[str, Any] = orjson.loads(encode.body(member.actor, answer))
        for kind, records in body["put"].items():
            held[kind] |= {UUID(r["id"]) for r in records if r.get("sync_state") not in REFUSED}
        assert body["remove"] == {}
        cursor, more = body["cursor"], body["has_more"]
    return held


def visited(stock: Stock) -> None:
    """A worker's push: a visit that is taken, and one that is not."""
    phone = VisitPhone(stock.people["worker"].actor)
    phone.sync()
    due = phone.of("visit_due")[0]["id"]
    assert [phone.visit(due=due).state, phone.visit(due=absent()).state] == ["accepted", "rejected"]


def compared(stock: Stock) -> Iterator[tuple[str, str, set[UUID], set[UUID]]]:
    """Person, kind, what a pull brought, what it has to bring."""
    for name, member in stock.people.items():
        if member.membership.role in WITH_PHONE:
            phone = with_phone(member)
            held = full_pull(phone)
            for kind in registry.kinds().values():
                yield name, kind.name, held[kind.name], set(kind.phone_set(phone.actor))


def test_a_full_pull_is_the_phone_set_for_every_role_and_kind(stock: Stock) -> None:
    visited(stock)
    rows = list(compared(stock))
    wrong = [(name, kind, held - due, due - held) for name, kind, held, due in rows if held != due]
    assert wrong == []
    empty = set(registry.kinds()) - {kind for _, kind, held, _ in rows if held}
    # A command is on a phone only while it is not accepted.
    assert empty <= {"code_table", "command"}, "these kinds were held by nobody, so nothing was compared"


def test_roles_without_a_phone_are_refused_with_a_device_as_well(stock: Stock) -> None:
    for role, member in stock.by_role().items():
        if role not in WITH_PHONE:
            answer = with_phone(member).client.post(
                "/api/v1/sync/pull", {"cursor": None, "schema": 1}, format="json"
            )
            assert (answer.status_code, answer.json()["code"]) == (403, "role_not_allowed"), role


def test_a_worker_of_another_street_holds_nothing_of_this_one(stock: Stock) -> None:
    held = full_pull(stock.people["outsider"])
    private = {id_ for kind in ("screening", "dispute", "task", "visit", "visit_due") for id_ in held[kind]}
    assert private
    assert {stock.of(id_) for id_ in private} == {"B"}
