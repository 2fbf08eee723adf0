"""Which rows of the state tables the suite takes. After a run of the whole suite in which nothing failed, a
row that no test has taken is a failure of its own.

All moves go through `StateTable.apply`; here it is watched. A move counts when it is an act of the product
that took it: a request, a command, a job, a service. What a test asks of a table itself does not, nor a step
that a test has picked from the rows of a table, nor what Hypothesis came across: a check that a loop over all
rows fulfils could never fail.
"""

import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest
from hypothesis import currently_in_test_context

from kernel.transitions import StateTable, Transition

ROOT = Path(__file__).resolve().parent.parent
SELF = "tests/meta/test_moves.py::test_every_row_of_every_state_table_is_taken"
DOORS = frozenset({"jobs.py", "table_jobs.py", "import_job.py", "reactions.py", "delivery.py", "push.py"})
"""Where the product acts by itself or for phones. These take positions, services keywords."""
Row = tuple[str, str, str, str]
"""Table, from, event, to."""


@dataclass
class Moves:
    """What one process has taken, and whether it had the whole suite before it."""

    root: Path
    taken: set[Row] = field(default_factory=set)
    whole: bool = False
    asked: bool = False
    _picked: bool = False

    def begin(self, item: pytest.Item) -> None:
        """A test that is handed rows or a table has picked its steps from them."""
        params = getattr(getattr(item, "callspec", None), "params", {})
        self._picked = any(isinstance(value, Transition | StateTable) for value in params.values())

    def saw(self, table: StateTable, row: Transition, caller: FrameType | None) -> None:
        name = row_of(table, row)
        if name in self.taken or self._picked or currently_in_test_context():
            return
        if self.by_an_act(caller):
            self.taken.add(name)

    def by_an_act(self, frame: FrameType | None) -> bool:
        """Whether the outermost function of the product, from which the move came, is one that acts."""
        door, called_by_test = None, True
        while frame is not None:
            place = self._place(frame.f_code)
            if place.startswith("tests/"):
                break
            if place:
                door, called_by_test = frame.f_code, True
            elif "site-packages" in frame.f_code.co_filename:
                called_by_test = False
            frame = frame.f_back
        return door is not None and (not called_by_test or self._acts(door))

    def _place(self, code: CodeType) -> str:
        """Where in the project the code stands; empty for what is not ours."""
        root = f"{self.root}/"
        inside = code.co_filename.startswith(root) and "site-packages" not in code.co_filename
        return code.co_filename.removeprefix(root) if inside else ""

    def _acts(self, door: CodeType) -> bool:
        """A service takes keywords and knows its own event; what is told the event takes somebody's step."""
        if Path(door.co_filename).name in DOORS:
            return True
        told = door.co_varnames[: door.co_argcount + door.co_kwonlyargcount]
        return bool(door.co_kwonlyargcount) and not door.co_argcount and "event" not in told


def row_of(table: StateTable, row: Transition) -> Row:
    """Plain text, since members of an enumeration cannot be sent from one process to another."""
    source, event, target = (
        str(getattr(name, "value", name)) for name in (row.source, row.event, row.target)
    )
    return table.name, source, event, target


def rows_of(tables: Iterable[StateTable]) -> set[Row]:
    return {row_of(table, row) for table in tables for row in table.transitions}


def product_tables(root: Path) -> list[StateTable]:
    """Every table that a module of the product makes, also of one that no test has imported."""
    found: dict[str, StateTable] = {}
    for path in sorted(root.rglob("*.py")):
        name = path.relative_to(root).with_suffix("")
        if name.parts[0].startswith((".", "tests", "var")) or "StateTable(" not in path.read_text("utf-8"):
            continue
        module = import_module(".".join(part for part in name.parts if part != "__init__"))
        found |= {value.name: value for value in vars(module).values() if isinstance(value, StateTable)}
    return [found[name] for name in sorted(found)]


def missing(taken: set[Row], rows: set[Row]) -> list[str]:
    """A line for each row that no test has taken."""
    return [f"{name}: {source} --{event}--> {target}" for name, source, event, target in sorted(rows - taken)]


def excused(path: Path) -> dict[str, str]:
    """Why no test takes a row, by its line."""
    if not path.is_file():
        return {}
    lines = [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")]
    return dict(line.split("\t", 1) for line in lines)


def files_with_tests(root: Path) -> set[Path]:
    return set((root / "tests").rglob("test_*.py"))


# The plugin


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--moves", action="store_true", help="list the rows of state tables that the tests did not take"
    )


def pytest_configure(config: pytest.Config) -> None:
    moves = Moves(root=config.rootpath, asked=config.getoption("--moves"))
    config.pluginmanager.register(Plugin(moves), "moves")


class Plugin:
    """Watches in each process; the one that has the run adds up and says."""

    def __init__(self, moves: Moves) -> None:
        self.moves = moves
        self.parts: list[Moves] = []
        self.silent = 0
        self.lines: list[str] = []
        self.deselected = 0
        self._real = StateTable.apply

    def pytest_sessionstart(self) -> None:
        real, saw = self._real, self.moves.saw

        def apply(table: StateTable, *args: Any, **said: Any) -> Transition:
            row = real(table, *args, **said)
            saw(table, row, sys._getframe(1))
            return row

        StateTable.apply = apply  # type: ignore[method-assign]  # because it is watched, not changed

    def pytest_deselected(self, items: list[pytest.Item]) -> None:
        self.deselected += len(items)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        found = {item.path for item in session.items}
        narrowed = self.deselected or any("::" in argument for argument in session.config.args)
        self.moves.whole = not narrowed and files_with_tests(self.moves.root) <= found

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self.moves.begin(item)

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:
        """A process of a parallel run has ended, with what it took; without it when it crashed."""
        told = getattr(node, "workeroutput", {}).get("moves")
        self.silent += not told
        taken = {(name, source, event, target) for name, source, event, target in told[1]} if told else set()
        self.parts.append(Moves(self.moves.root, taken, whole=bool(told and told[0])))

    @pytest.hookimpl(tryfirst=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        StateTable.apply = self._real  # type: ignore[method-assign]  # because it is put back
        output = getattr(session.config, "workeroutput", None)
        if output is not None:
            output["moves"] = [self.moves.whole, [list(row) for row in self.moves.taken]]
            return
        if self.silent and not session.testsfailed and session.exitstatus == pytest.ExitCode.OK:
            self._fail(session, f"{self.silent} of the processes did not tell which rows they took")
        parts = self.parts or [self.moves]
        whole = all(part.whole for part in parts)
        if not whole and not self.moves.asked:
            return
        taken, rows = {row for part in parts for row in part.taken}, rows_of(product_tables(self.moves.root))
        left = excused(self.moves.root / "tests" / "moves_left.tsv")
        self.lines = [line for line in missing(taken, rows) if line not in left]
        self.lines += [f"no such row: {line}" for line in left if line not in missing(set(), rows)]
        if whole and self.lines and not session.testsfailed and session.exitstatus == pytest.ExitCode.OK:
            self._fail(session, "\n".join(["no test takes these rows of the state tables:", *self.lines]))

    def _fail(self, session: pytest.Session, text: str) -> None:
        report = pytest.TestReport(SELF, ("tests/meta/test_moves.py", 0, SELF), {}, "failed", text, "call")
        session.config.hook.pytest_runtest_logreport(report=report)
        session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if self.moves.asked:
            terminalreporter.section("rows of state tables that no test took")
            terminalreporter.write_line("\n".join(self.lines) or "none")
