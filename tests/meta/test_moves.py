"""The watch over the state tables can fail: a small project with a suite of its own, a row nobody takes."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.moves import ROOT, Row, missing

SHOP = """
from enum import StrEnum
from kernel.transitions import StateTable, Transition

class State(StrEnum):
    OPEN = "open"
    CLOSED = "closed"
    GONE = "gone"

DOOR = StateTable("door", initial=State.OPEN, terminal=[State.GONE], transitions=[
    Transition(State.OPEN, "shut", State.CLOSED), Transition(State.CLOSED, "lift", State.OPEN),
    Transition(State.OPEN, "sell", State.GONE),
])

def move(door, event):
    door["state"] = DOOR.apply(door["state"], event, role=None).target

def door_shut(*, door): move(door, "shut")
def door_lift(*, door): move(door, "lift")
def door_sell(*, door): move(door, "sell")
def door_step(*, door, event): move(door, event)
"""
TESTED = """
from shop import door_lift, door_shut
def test_shut(): door_shut(door={"state": "open"})
"""
LIFTED = """
from shop import door_lift
def test_lift(): door_lift(door={"state": "closed"})
"""
SOLD = """
from shop import door_sell
def test_sell(): door_sell(door={"state": "open"})
"""
WALKED = """
import pytest
from hypothesis import given, strategies
from shop import DOOR, door_sell, door_step, move
def test_the_table_alone():
    for row in DOOR.transitions:
        DOOR.apply(row.source, row.event, role=None)
def test_the_mover():
    for row in DOOR.transitions:
        move({"state": row.source}, row.event)
def test_a_service_that_is_told_the_event():
    for row in DOOR.transitions:
        door_step(door={"state": row.source}, event=row.event)
@pytest.mark.parametrize("row", DOOR.transitions)
def test_handed_rows(row):
    if row.event == "sell":
        door_sell(door={"state": row.source})
@given(strategies.just("open"))
def test_by_chance(state): door_sell(door={"state": state})
"""
MUTE = """
import shop
def pytest_sessionfinish(session):
    if getattr(session.config, "workerinput", {}).get("workerid") == "gw0":
        del session.config.workeroutput["moves"]
"""
OUTER = ("PYTEST", "COV", "CI", "BUILD_NUMBER")
"""What would make the inner run speak differently; on a build machine pytest does not shorten its summary."""
LEFT = "door: open --sell--> gone"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "tests").mkdir()
    (tmp_path / "pytest.ini").write_text("[pytest]\ntestpaths = tests\n")
    (tmp_path / "tests" / "conftest.py").write_text("import shop\n")
    (tmp_path / "shop.py").write_text(SHOP)
    for name, text in (("shut", TESTED), ("lift", LIFTED), ("walk", WALKED)):
        (tmp_path / "tests" / f"test_{name}.py").write_text(text)
    return tmp_path


def ran(project: Path, *arguments: str) -> tuple[int, str]:
    """The exit status and all that was said by a suite of its own."""
    env = {name: value for name, value in os.environ.items() if not name.startswith(OUTER)}
    env |= {"PYTHONPATH": f"{ROOT}{os.pathsep}{project}", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(  # noqa: S603  because the command is ours
        [sys.executable, "-m", "pytest", "-p", "tests.moves", "-p", "no:cacheprovider", "-p", "no:django",
         "-q", *arguments],
        cwd=project, env=env, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout + done.stderr


@pytest.mark.parametrize("processes", ["0", "2"])
def test_a_row_that_only_walks_over_the_table_take_fails_the_run(project: Path, processes: str) -> None:
    status, said = ran(project, "-n", processes)
    assert (status, said.count(LEFT)) == (1, 1)
    assert said.count("-->") == 1
    assert said.splitlines()[-1].startswith("1 failed, 9 passed")


def test_what_each_process_took_is_added_up(project: Path) -> None:
    (project / "tests" / "test_sell.py").write_text(SOLD)
    status, said = ran(project, "-n", "2")
    assert (status, LEFT in said) == (0, False)
    assert said.splitlines()[-1].startswith("10 passed")


def test_a_process_that_does_not_tell_what_it_took_fails_the_run(project: Path) -> None:
    (project / "tests" / "conftest.py").write_text(MUTE)
    status, said = ran(project, "-n", "2")
    assert (status, said.count("1 of the processes did not tell")) == (1, 1)


@pytest.mark.parametrize("part", [["-k", "not chance"], ["--ignore", "tests/test_lift.py"]])
def test_a_part_of_the_suite_proves_nothing(project: Path, part: list[str]) -> None:
    status, said = ran(project, *part)
    assert (status, "-->" in said) == (0, False)


def test_of_a_part_it_can_be_asked_what_is_left(project: Path) -> None:
    status, said = ran(project, "tests/test_shut.py", "--moves")
    assert (status, said.count("-->")) == (0, 2)


def test_where_something_failed_that_is_said_alone(project: Path) -> None:
    (project / "tests" / "test_bad.py").write_text("def test_bad(): assert False\n")
    status, said = ran(project)
    assert (status, "-->" in said) == (1, False)
    assert said.splitlines()[-1].startswith("1 failed, 9 passed")


def test_a_line_says_which_row_it_is() -> None:
    rows: set[Row] = {("door", "open", "shut", "closed"), ("door", "closed", "lift", "open")}
    assert missing({("door", "open", "shut", "closed")}, rows) == ["door: closed --lift--> open"]


def test_a_row_may_be_excused_and_only_one_that_exists(project: Path) -> None:
    left = project / "tests" / "moves_left.tsv"
    left.write_text(f"# why\n{LEFT}\tnobody sells\n", "utf-8")
    assert ran(project)[0] == 0
    left.write_text(f"{LEFT}\tnobody sells\ndoor: open --burn--> gone\tx\n", "utf-8")
    status, said = ran(project)
    assert (status, said.count("no such row: door: open --burn--> gone")) == (1, 1)
