"""The suite's own fixtures. `db` rolls back; `committed` commits for real and is cleaned afterwards.

Importing this module sets the environment before Django's settings are read; the cluster starts with the
first test that needs a database.
"""

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from tests import database

os.environ.update(database.environment())

from django.conf import settings
from pytest_django.plugin import DjangoDbBlocker

settings.configured or settings.DATABASES  # noqa: B018  because reading a setting is what loads them

pytest_plugins = ["tests.moves"]
MORNING = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)  # Monday, 09:00 in Shanghai
MAX_LAW_IDS = 2


def pytest_configure(config: pytest.Config) -> None:
    """The stock cast needs the models, so it is loaded once Django is set up."""
    import django

    django.setup()
    config.pluginmanager.import_plugin("tests.cast")


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_setupnodes() -> None:
    """A worker names its own database before it reads the settings, so it may not inherit where they are."""
    os.environ.pop("DJANGO_SETTINGS_MODULE", None)


# The database


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A clone of the template in place of Django's own test database."""
    with django_db_blocker.unblock(), database.test_database():
        yield
        _close_connections()


@pytest.fixture(scope="session")
def cleaner(django_db_setup: None) -> Iterator[database.Cleaner]:
    cleaner = database.Cleaner()
    yield cleaner
    cleaner.close()


@pytest.fixture
def committed(cleaner: database.Cleaner, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Real commits, seen by other connections; afterwards the touched tables are emptied by the owner."""
    with django_db_blocker.unblock():
        yield
        try:
            _phone_rows_hold()
        finally:
            _close_connections()
            cleaner.clean()


def _phone_rows_hold() -> None:
    """What a test committed was published as well: every phone row is what the domain's tables say."""
    from sync.check import check

    differences = check().differences
    assert not differences, "\n".join(map(str, differences[:20]))


def _close_connections() -> None:
    from django.db import connections

    for connection in connections.all():
        connection.close()


# Time and work that waits


@pytest.fixture(autouse=True)
def _fresh_ids() -> None:
    """Ids never go back in one process: after a test that moved the clock by years they would lie ahead."""
    from kernel import ids

    ids._last[:] = [0, 0]


@pytest.fixture
def clock() -> Iterator[Any]:
    """The moving clock: stands at Monday 2026-03-02 09:00 in Shanghai until `.move(delta)` or `.to(at)`."""
    from kernel.clock import frozen

    with frozen(MORNING) as moving:
        yield moving


@pytest.fixture
def drain(committed: None) -> Callable[[], Any]:
    """Run every pending audit delivery in this process until none is left."""
    from audit import delivery

    return delivery.drain


@pytest.fixture
def run_jobs(committed: None) -> Callable[[], dict[str, int]]:
    """Call `due(now)` of each app once, as the worker does each minute; says how many rows each did."""

    def run() -> dict[str, int]:
        from backend import tick
        from kernel.clock import now

        return {f"{app}.jobs": due(now()) for app, due in tick.due_functions().items()}

    return run


# Rules for the tests themselves


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        _refuse_transactional(item)
        _check_law(item)


def _refuse_transactional(item: pytest.Item) -> None:
    marks = [mark for mark in item.iter_markers("django_db") if mark.kwargs.get("transaction")]
    if marks or {"transactional_db", "live_server"} & set(getattr(item, "fixturenames", ())):
        raise pytest.UsageError(f"{item.nodeid}: django_db(transaction=True) is refused; use `committed`")


def _check_law(item: pytest.Item) -> None:
    from kernel.law_rows import LAW_ROWS

    ids = [law for mark in item.iter_markers("law") for law in mark.args]
    unknown = [law for law in ids if law not in LAW_ROWS]
    if unknown:
        raise pytest.UsageError(f"{item.nodeid}: no such row in kernel/law_rows.tsv: {', '.join(unknown)}")
    if len(ids) > MAX_LAW_IDS:
        raise pytest.UsageError(f"{item.nodeid}: {len(ids)} law rows; a test proves at most {MAX_LAW_IDS}")
