"""What the machine does to a person in correction, or with a report to the police, without anybody: a closed
list with why it decides nothing. The rows that only it takes, and the acts that the code does in its name.
"""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

from corrections.complaints import COMPLAINT, SECOND
from corrections.decisions import DECISION, OBJECTION
from corrections.machine import PLAN
from corrections.positioning import FINDING
from kernel.transitions import StateTable
from liaison.machine import REPORT
from tests.meta.source import files, name, tree

APART = ("corrections", "liaison")
TERM = "the term that a court set is over: what was open closes with it"
ROWS = {
    ("due_contact", "open"): "its day came",
    ("due_contact", "grace"): "its day went",
    ("due_contact", "miss"): "nobody wrote of it by then: an officer reviews it, and it counts for nothing",
    ("due_contact", "replan"): "the officer's new plan has other days",
    ("due_contact", "term_end"): TERM,
    ("entry_permission", "lapse"): "the injunction, or the correction, is over",
    ("leave", "begin"): "the first day that the officer allowed",
    ("leave", "run_over"): "the last day went: a flag for review",
    ("leave", "term_end"): TERM,
    ("medical_report", "term_end"): TERM,
    ("owed_sending", "drop"): "what was to be sent fell away",
    ("permit", "expire"): "the last day that the agency allowed",
    ("permit", "term_end"): TERM,
    ("place_flag", "withdraw"): "later fixes explain it: the question is taken back",
    ("place_transfer", "flag"): "the other agency is silent: the officer sees it",
    ("positioning_order", "proof_fell"): "the ground is gone: the bureau looks, or it is lifted",
    ("positioning_order", "not_execute"): "nobody fitted it in time: the order is void",
    ("positioning_order", "end"): "three months, or the review's days, are over",
    ("search", "late_data"): "a visit made in time arrived late: it explains",
    ("search", "term_end"): TERM,
}
ACTS = {
    ("contacts", "Change", ""): "an officer's act leaves a contact without its reason",
    ("detention", "move", "suspend"): "an officer recorded the detention: nobody is tracked in a cell",
    ("ending", "task_create", ""): "a task for an officer",
    ("endings", "contacts_trim", ""): TERM,
    ("endings", "GROUP.apply", "end"): TERM,
    ("endings", "PLAN.apply", "end"): TERM,
    ("effects", "contacts_excuse", ""): "in the leave that was allowed nobody is awaited",
    ("course", "notices_drop", "term_end"): TERM,
    ("machine", "CONTACT.apply", ""): "time alone, computed before it is written",
    ("medical", "move", "excuse"): "no report is asked of who was held",
    ("positioning", "ORDER.apply", ""): "time alone, computed before it is written",
    ("positioning", "move", ""): "time alone: see the rows of the order",
    ("positioning", "_step", "lift"): "the correction is over or goes elsewhere: a burden ends",
    ("searches", "search_opened", ""): "a review opens at the agency; lost is what an officer finds",
    ("searches", "_move", "late_data"): "its row of the search",
    ("searches", "_move", "term_end"): "its row of the search",
    ("ticking", "Change", "term_end"): "its row of the contact",
    ("visits", "Actor", ""): "who saw the visit on the phone: no role, no act",
}
TELLS = {"record", "record_many"}
"""What stands in the audit log is no act."""
DECIDES = [COMPLAINT, SECOND, DECISION, OBJECTION, PLAN, FINDING, REPORT]


def _module(path: Path) -> dict[str, Any]:
    return vars(import_module(name(path).removesuffix(".py").removesuffix("/__init__").replace("/", ".")))


def _tables() -> list[StateTable]:
    paths = [path for path in files(*APART) if "StateTable(" in path.read_text(encoding="utf-8")]
    values = [value for path in paths for value in _module(path).values()]
    return [value for value in values if isinstance(value, StateTable)]


def _nobodys(call: ast.Call) -> bool:
    """It is called as the machine, or without a role."""
    machine = any(
        isinstance(value, ast.Name) and value.id == "SYSTEM"
        for value in [*call.args, *(word.value for word in call.keywords)]
    )
    return machine or any(
        word.arg == "role" and isinstance(word.value, ast.Constant) and word.value.value is None
        for word in call.keywords
    )


def _acts() -> Iterator[tuple[str, str, str]]:
    """(module, function, event where it is said) of each call in the machine's name, but for its own rows."""
    for path in files(*APART):
        for call in ast.walk(tree(path)):
            if isinstance(call, ast.Call) and _nobodys(call) and ast.unparse(call.func) not in TELLS:
                words = [arg.value for arg in call.args if isinstance(arg, ast.Constant)]
                event = next((word for word in words if isinstance(word, str)), "")
                if not {(table, event) for table in _named(path, call)} & ROWS.keys():
                    yield path.stem, ast.unparse(call.func), event


def _named(path: Path, call: ast.Call) -> set[str]:
    """The tables that a call says by their names."""
    inside = _module(path)
    values = [inside.get(node.id) for node in ast.walk(call) if isinstance(node, ast.Name)]
    return {value.name for value in values if isinstance(value, StateTable)}


@pytest.mark.law("MN-4", refused=True)
def test_the_rows_that_only_the_machine_takes_are_a_closed_list() -> None:
    rows = {(table.name, row.event) for table in _tables() for row in table.transitions if not row.roles}
    assert rows == set(ROWS)


@pytest.mark.law("MN-4", refused=True)
def test_what_code_does_in_the_machine_s_name_is_a_closed_list() -> None:
    assert set(_acts()) == set(ACTS)


@pytest.mark.law("MN-4", "CCM-21", refused=True)
@pytest.mark.parametrize("table", DECIDES, ids=lambda table: table.name)
def test_no_row_of_a_sanction_a_class_a_proposal_or_a_report_is_the_machine_s(table: StateTable) -> None:
    assert table.transitions
    assert all(row.roles for row in table.transitions)
