"""A server that could lose an acknowledged record, or is too old, is refused at start."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import Error, InterfaceError, OperationalError, connection
from django.db.migrations.migration import Migration
from django.db.migrations.recorder import MigrationRecorder

from backend import startup
from backend.management.commands.check_database import apps_half_way
from backend.startup import refusal
from fixtures import mark
from tests.cast import Member

DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}


def test_a_durable_current_server_is_taken() -> None:
    assert refusal(15_0018, DURABLE, superuser=False) is None


@pytest.mark.parametrize("name", DURABLE)
def test_a_server_that_may_lose_commits_is_refused(name: str) -> None:
    assert name in (refusal(15_0018, DURABLE | {name: "off"}, superuser=False) or "")


@pytest.mark.parametrize("version", [14_0019, 15_0013, 16_0009, 17_0005])
def test_a_server_below_the_floor_is_refused(version: int) -> None:
    assert "below the floor" in (refusal(version, DURABLE, superuser=False) or "")


def test_a_superuser_is_refused() -> None:
    assert "superuser" in (refusal(17_0006, DURABLE, superuser=True) or "")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("mode", "words"), [("demo", "a district of its own"), ("production", "holds the demo district")]
)
def test_demo_and_district_are_never_mixed(
    mode: str, words: str, mediator: Member, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.MODE = mode
    monkeypatch.setattr(mark, "loaded", lambda: mode == "production")
    monkeypatch.setattr(startup, "check_database", lambda: None)
    with pytest.raises(CommandError, match=words):
        call_command("check_database", stdout=StringIO())


def made(name: str, *replaces: str) -> tuple[tuple[str, str], Migration]:
    migration = Migration(name, "sync")
    migration.replaces = [("sync", one) for one in replaces]
    return ("sync", name), migration


STANDING = dict([made("0001_tables", "0001_initial", "0002_role"), made("0002_guards", "0003_evidence")])
EARLY = [("sync", "0001_initial"), ("sync", "0002_role")]


@pytest.mark.parametrize(
    ("recorded", "told"),
    [
        ([], []),
        (EARLY[:1], ["sync"]),
        (EARLY, ["sync"]),
        ([*EARLY, ("sync", "0003_evidence")], []),
        ([*EARLY, ("sync", "0001_tables")], []),
    ],
)
def test_a_database_between_two_early_versions_is_told_and_one_that_was_interrupted_goes_on(
    recorded: list[tuple[str, str]], told: list[str]
) -> None:
    assert apps_half_way(STANDING, recorded) == told


@pytest.mark.parametrize("error", [OperationalError("not up"), InterfaceError("connection already closed")])
def test_a_server_that_does_not_answer_is_not_judged_and_the_command_says_so(
    monkeypatch: pytest.MonkeyPatch, settings: Any, error: Error
) -> None:
    def gone() -> None:
        raise error

    settings.MODE = "production"
    monkeypatch.setattr(connection, "cursor", gone)
    startup.check_database()
    with pytest.raises(CommandError, match="does not answer"):
        call_command("check_database", stdout=StringIO())


@pytest.mark.django_db
def test_the_first_tables_are_recorded_by_their_own_name_before_what_follows_them() -> None:
    recorded = MigrationRecorder(connection).migration_qs.filter(app="sync").order_by("id")
    names = list(recorded.values_list("name", flat=True))
    assert names.index("0001_tables") < names.index("0010_inbox_evidence")
