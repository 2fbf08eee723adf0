"""The language of conditions: closed, typed, explained."""

from typing import Any

import pytest

from escalation.conditions import ConditionError, explain, holds, parse
from escalation.satisfiable import satisfiable
from escalation.vocabulary import FACTS

GRID: dict[str, Any] = {"fact": "level", "op": "is", "value": "grid"}


def true_of(body: dict[str, Any], **facts: Any) -> bool:
    return holds(parse(body, FACTS), facts, FACTS)


def faults_of(body: Any) -> set[str]:
    with pytest.raises(ConditionError) as caught:
        parse(body, FACTS)
    return {fault.code for fault in caught.value.faults}


@pytest.mark.parametrize(
    ("leaf", "fact", "expected"),
    [
        ({"fact": "parties", "op": "at_least", "value": 3}, {"parties": 3}, True),
        ({"fact": "parties", "op": "at_least", "value": 3}, {"parties": 2}, False),
        ({"fact": "days_since_last", "op": "at_most", "value": 30}, {"days_since_last": 30}, True),
        ({"fact": "days_since_last", "op": "at_most", "value": 30}, {"days_since_last": None}, False),
        ({"fact": "signs", "op": "includes_any", "value": ["threat"]}, {"signs": ["weapon"]}, False),
        ({"fact": "signs", "op": "includes_all", "value": ["threat"]}, {"signs": ["weapon", "threat"]}, True),
        ({"fact": "level", "op": "below", "value": "street"}, {"level": "community"}, True),
        ({"fact": "level", "op": "below", "value": "street"}, {"level": "street"}, False),
        ({"fact": "level", "op": "at_least", "value": "street"}, {"level": "district"}, True),
        ({"fact": "category", "op": "any_of", "value": ["02", "13"]}, {"category": "13"}, True),
        ({"fact": "protected", "op": "is", "value": False}, {"protected": False}, True),
        ({"fact": "protected", "op": "is", "value": False}, {}, False),
    ],
)
def test_an_operator_compares_its_type(leaf: dict[str, Any], fact: dict[str, Any], expected: bool) -> None:
    assert true_of(leaf, **fact) is expected


def test_groups_nest() -> None:
    body = {"all": [GRID, {"any": [{"not": {"fact": "protected", "op": "is", "value": True}}, GRID]}]}
    assert true_of(body, level="grid", protected=True)
    assert not true_of(body, level="street", protected=False)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("level = grid", "not_an_object"),
        ({"fact": "level", "op": "is"}, "unknown_form"),
        ({"all": []}, "empty_group"),
        ({"all": [GRID], "any": [GRID]}, "unknown_form"),
        ({"fact": "petitions", "op": "at_least", "value": 2}, "unknown_fact"),
        ({"fact": "ethnicity", "op": "is", "value": "x"}, "unknown_fact"),
        ({"fact": "level", "op": "matches", "value": "gr.*"}, "unknown_operator"),
        ({"fact": "parties", "op": "is", "value": 3}, "unknown_operator"),
        ({"fact": "parties", "op": "at_least", "value": True}, "wrong_value"),
        ({"fact": "parties", "op": "at_least", "value": 2.5}, "wrong_value"),
        ({"fact": "level", "op": "is", "value": "village"}, "wrong_value"),
        ({"fact": "signs", "op": "includes_any", "value": ["drunkard"]}, "wrong_value"),
        ({"fact": "signs", "op": "includes_any", "value": []}, "wrong_value"),
        ({"fact": ["level"], "op": "is", "value": "grid"}, "unknown_fact"),
        ({"not": {"not": {"not": {"not": {"not": {"not": GRID}}}}}}, "too_deep"),
        ({"all": [GRID] * 30}, "too_many_leaves"),
    ],
)
def test_what_is_not_of_the_language_is_refused(body: Any, code: str) -> None:
    assert code in faults_of(body)


def test_every_fault_is_named_with_its_place() -> None:
    with pytest.raises(ConditionError) as caught:
        parse({"all": [{"fact": "x", "op": "is", "value": 1}, GRID, {"any": "no"}]}, FACTS)
    assert [fault.path for fault in caught.value.faults] == ["when.all[0]", "when.all[2].any"]


@pytest.mark.parametrize(
    ("body", "possible"),
    [
        (GRID, True),
        ({"all": [GRID, {"fact": "level", "op": "at_least", "value": "street"}]}, False),
        ({"all": [GRID, {"not": GRID}]}, False),
        ({"any": [{"all": [GRID, {"not": GRID}]}, GRID]}, True),
        (
            {
                "all": [
                    {"fact": "parties", "op": "at_least", "value": 3},
                    {"fact": "parties", "op": "at_most", "value": 2},
                ]
            },
            False,
        ),
        ({"fact": "level", "op": "below", "value": "grid"}, False),
        (
            {
                "all": [
                    {"fact": "signs", "op": "includes_all", "value": ["threat", "weapon"]},
                    {"not": {"fact": "signs", "op": "includes_any", "value": ["weapon"]}},
                ]
            },
            False,
        ),
        ({"not": {"fact": "days_since_last", "op": "at_least", "value": 0}}, True),
    ],
)
def test_it_is_known_whether_a_condition_can_be_true(body: dict[str, Any], possible: bool) -> None:
    assert satisfiable(parse(body, FACTS), FACTS) is possible


def test_a_fact_settled_by_the_event_counts() -> None:
    body = {"fact": "clock_ran_out", "op": "is", "value": True}
    assert not satisfiable(parse(body, FACTS), FACTS, {"clock_ran_out": False})


def test_an_explanation_names_each_comparison_and_what_was_found() -> None:
    condition = parse({"any": [GRID, {"fact": "parties", "op": "at_least", "value": 3}]}, FACTS)
    findings = explain(condition, {"level": "grid", "parties": 2}, FACTS)
    assert [(f.fact, f.found, f.holds) for f in findings] == [("level", "grid", True), ("parties", 2, False)]
