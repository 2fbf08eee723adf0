"""`manage.py clock_move`: only the clock of a demo district moves."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.conf import LazySettings
from django.core.management import CommandError, call_command
from django.db import Error, InterfaceError, OperationalError, connection

from edge import clock_table
from kernel import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def demo(settings: LazySettings) -> Iterator[None]:
    settings.CLOCK = "db"
    yield
    clock.set_offset(timedelta())


def test_the_clock_of_a_real_district_stays(settings: LazySettings) -> None:
    settings.CLOCK = "system"
    with pytest.raises(CommandError, match="demo"):
        call_command("clock_move", days=1)


@pytest.mark.usefixtures("demo")
def test_it_goes_to_a_local_time() -> None:
    call_command("clock_move", to="2031-12-01T09:00")
    assert clock.now().astimezone(clock.TZ).isoformat(timespec="minutes") == "2031-12-01T09:00+08:00"


@pytest.mark.usefixtures("demo")
def test_days_add_up_and_real_ends_them() -> None:
    before = clock.now()
    for _ in range(2):
        call_command("clock_move", days=1.5)
    moved = clock.now()
    call_command("clock_move", real=True)
    assert timedelta(days=3) <= moved - before < timedelta(days=3, seconds=10)
    assert clock.now() - before < timedelta(seconds=10)


@pytest.mark.usefixtures("demo")
def test_what_is_no_time_is_refused() -> None:
    with pytest.raises(CommandError, match="no time"):
        call_command("clock_move", to="tomorrow")


@pytest.mark.usefixtures("demo")
@pytest.mark.parametrize("error", [OperationalError("not up"), InterfaceError("connection already closed")])
def test_the_clock_goes_on_as_it_was_while_the_database_is_away(
    monkeypatch: pytest.MonkeyPatch, error: Error
) -> None:
    def gone() -> None:
        raise error

    clock.set_offset(timedelta(days=3))
    monkeypatch.setattr(connection, "cursor", gone)
    clock_table.refresh(force=True)
    assert clock.now() - datetime.now(UTC) > timedelta(days=2)
