"""Fault points: nothing without the variable, a dead process with it, no production server at all."""

import os
import signal
import subprocess
import sys

import pytest

from edge import faults
from tests import database


def test_without_the_variable_a_point_does_nothing() -> None:
    assert faults.SAID == ""
    assert faults.at is faults._nothing
    assert all(faults.at(point) is None for point in faults.POINTS)


def test_the_process_dies_when_a_point_is_reached_for_the_nth_time(monkeypatch: pytest.MonkeyPatch) -> None:
    killed: list[int] = []
    monkeypatch.setattr(os, "kill", lambda _pid, number: killed.append(number))
    at = faults.armed("stored:3")
    for point in ("stored", "cut", "stored"):
        at(point)
    assert killed == []
    at("stored")
    at("stored")
    assert killed == [signal.SIGKILL]


@pytest.mark.parametrize("said", ["stored", "stored:0", "stored:x", "elsewhere:1", ":1"])
def test_a_setting_that_names_no_point_is_refused(said: str) -> None:
    with pytest.raises(ValueError, match="GRIDGOV_FAULT"):
        faults.armed(said)


def test_a_production_server_refuses_to_start_with_a_fault() -> None:
    env = {**os.environ, **database.environment(), "GRIDGOV_MODE": "production", "GRIDGOV_FAULT": "stored:1"}
    secrets = {"GRIDGOV_DJANGO_KEY": "0" * 64, "GRIDGOV_JWT_KEY": "0" * 64}
    command = [sys.executable, "-c", "import backend.settings"]
    done = subprocess.run(  # noqa: S603  because it is our own interpreter on our own module
        command, cwd=database.ROOT, env=env | secrets, capture_output=True, text=True, check=False
    )
    assert done.returncode
    assert "GRIDGOV_FAULT kills the server on purpose" in done.stderr


def test_the_points_around_the_server_are_of_a_push_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    reached: list[str] = []
    monkeypatch.setattr(faults, "at", reached.append)
    server = faults.around(lambda _environ, _start: [b"ab", b"cd"])
    assert b"".join(server({"PATH_INFO": "/api/v1/sync/pull"}, None)) == b"abcd"
    assert reached == []
    assert b"".join(server({"PATH_INFO": "/api/v1/sync/push"}, None)) == b"abcd"
    assert reached == ["arrived", "answered", "cut"]
