"""Nobody below the agency approves, sanctions or ends anything by what a phone pushes: everybody pushes
everything there is at real records of corrections, and the tables are looked at.
"""

from collections.abc import Iterator
from importlib import import_module
from typing import Any
from uuid import UUID

import msgspec
import pytest
from django.db import transaction
from pytest_django.plugin import DjangoDbBlocker

from corrections.machine import WITNESS
from corrections.models import Leave
from disputes.commands import ON_PHONES
from kernel.codes.roles import Role
from sync import registry
from sync.items import Outcome, PushItem, accepted

RECORDS_OF_A_VISIT = {
    "corrections_contactstep", "corrections_duecontact", "corrections_flagstep", "corrections_placeflag",
    "corrections_visit", "corrections_visitfix",
}  # fmt: skip
KEYS_OF_A_SCREENING = {"privacy_subject_key"}
NOT_FOR_THEM = {"push_not_allowed", "command_unknown", "kind_not_pushed"}
OTHERS = sorted(set(Role) - WITNESS - ON_PHONES)


class Nothing(msgspec.Struct, frozen=True):
    """A command without arguments."""


def approve(*, actor: Any, item: PushItem) -> Outcome:
    Leave.objects.filter(id=item.target).update(state="refused")
    return accepted()


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Any]:
    """See `tests.access.pushed`: told once, then rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield import_module("tests.access.pushed").world()
        transaction.set_rollback(True)


def test_there_are_words_for_whatever_a_phone_may_push() -> None:
    pushed = import_module("tests.access.pushed")
    schemas = {command.schema for command in registry.commands()}
    assert schemas == set(pushed.WORDS)
    words = {pushed.EVENT: "approve", pushed.TARGET: str(UUID(int=0))}
    for schema, said in pushed.WORDS.items():
        msgspec.convert({name: words.get(str(value), value) for name, value in said.items()}, schema)
    assert {kind.schema for kind in registry.kinds().values() if kind.submit} == pushed.RECORDS


def test_it_is_said_about_every_kind_of_record_of_the_story(world: Any) -> None:
    pushed = import_module("tests.access.pushed")
    aimed = {item.get("target") for item in world.items}
    assert {str(row.pk) for row in pushed.targets()} <= aimed
    told = {type(row) for row in pushed.targets() if getattr(row, "state", "")}
    assert len(told) > 15


@pytest.mark.law("CCL-9/10", "MN-5", refused=True)
@pytest.mark.parametrize("role", OTHERS)
def test_who_pushes_nothing_is_refused_each_item_and_moves_no_row(world: Any, role: Role) -> None:
    said, moved = world.said_by(role)
    assert ({one.state for one in said}, {one.code for one in said}) == ({"rejected"}, NOT_FOR_THEM)
    assert moved == set()


@pytest.mark.law("CCL-12", "MN-5", refused=True)
@pytest.mark.parametrize("role", sorted(ON_PHONES - WITNESS))
def test_who_has_commands_on_disputes_finds_no_record_of_corrections(world: Any, role: Role) -> None:
    said, moved = world.said_by(role)
    assert {one.state for one in said} == {"rejected"}
    assert {one.code for one in said} == NOT_FOR_THEM | {"target_unknown"}
    assert moved == set()


@pytest.mark.law("CCL-9/10", "CCL-12")
@pytest.mark.parametrize("name", [*sorted(WITNESS), "outsider"])
def test_who_meets_people_leaves_visits_and_nothing_else(world: Any, name: str) -> None:
    said, moved = world.said_by(name)
    assert ("visit", "accepted") in {(one.kind, one.state) for one in said}
    assert {(one.kind, one.op) for one in said if one.state == "accepted"} <= {
        ("visit", "create"), ("screening", "create"),
    }  # fmt: skip
    assert {"corrections_visit"} <= moved <= RECORDS_OF_A_VISIT | KEYS_OF_A_SCREENING


@pytest.mark.parametrize("name", ["grid_worker", "liaison_officer"])
def test_a_command_that_decided_would_be_seen(world: Any, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    pushed = import_module("tests.access.pushed")
    probe = registry.Command("leave", "approve", Nothing, frozenset(Role), approve)
    monkeypatch.setattr(registry, "_commands", registry._commands | {("leave", "approve"): probe})
    monkeypatch.setitem(pushed.WORDS, Nothing, {})
    said, moved = pushed.World(world.district, world.stock).said_by(name)
    assert ("command", "accepted") in {(one.kind, one.state) for one in said}
    assert "corrections_leave" in moved
