"""The minute: every app's due work, and one app's failure does not stop the next."""

from datetime import datetime

import pytest

from backend import tick
from kernel import clock


def test_an_app_that_fails_does_not_stop_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(now: datetime) -> int:
        raise ZeroDivisionError

    monkeypatch.setattr(tick, "due_functions", lambda _name: {"one": broken, "two": lambda _now: 3})
    assert tick.run_due(clock.now()) == 3


def test_every_app_with_jobs_is_asked() -> None:
    assert all(callable(due) for due in tick.due_functions().values())
