"""State tables refuse what cannot be, and what a role may not do."""

import pytest

from kernel.problems import Problem
from kernel.transitions import BadTableError, StateTable, Transition


def _door() -> StateTable:
    return StateTable(
        "test door",
        initial="open",
        transitions=[
            Transition("open", "close", "closed", frozenset({"keeper"})),
            Transition("closed", "lock", "locked", frozenset({"keeper"}), lambda facts: facts.get("refusal")),
        ],
        terminal=["locked"],
    )


def test_a_step_in_the_table_is_found() -> None:
    assert _door().apply("open", "close", role="keeper").target == "closed"


def test_a_step_not_in_the_table_names_the_current_state() -> None:
    with pytest.raises(Problem) as caught:
        _door().apply("open", "lock", role="keeper")
    assert (caught.value.code, caught.value.extra["current"]) == ("transition_not_allowed", "open")


def test_a_role_outside_the_row_is_refused() -> None:
    with pytest.raises(Problem) as caught:
        _door().apply("open", "close", role="guest")
    assert caught.value.code == "role_not_allowed"


def test_a_guard_answers_with_its_own_code() -> None:
    with pytest.raises(Problem) as caught:
        _door().apply("closed", "lock", role="keeper", facts={"refusal": "reason_required"})
    assert caught.value.code == "reason_required"


def test_an_unreachable_state_is_refused() -> None:
    with pytest.raises(BadTableError, match="cannot be reached"):
        StateTable("t1", initial="a", transitions=[Transition("b", "go", "a")], terminal=["a"])


def test_a_dead_end_must_be_declared() -> None:
    with pytest.raises(BadTableError, match="no way out"):
        StateTable("t2", initial="a", transitions=[Transition("a", "go", "b")])


def test_two_rows_for_one_step_are_refused() -> None:
    rows = [Transition("a", "go", "b"), Transition("a", "go", "c")]
    with pytest.raises(BadTableError, match="two rows"):
        StateTable("t3", initial="a", transitions=rows, terminal=["b", "c"])


def test_a_doubled_command_is_recognised_as_done() -> None:
    assert _door().already_done("closed", "close")
    assert not _door().already_done("open", "close")


def test_the_table_prints_its_own_diagram() -> None:
    assert "    open --> closed: close" in _door().mermaid().splitlines()
