"""Rules as data: what can be saved, and what never can."""

import json
from pathlib import Path
from typing import Any

import pytest

from escalation.rulebook import RuleError, RuleSpec, read_rule
from escalation.vocabulary import ground_of

SHIPPED = json.loads((Path(__file__).parents[2] / "fixtures" / "rules.json").read_text(encoding="utf-8"))[
    "rules"
]
PLAIN = {
    "level": "grid", "signs": [], "danger_now": False, "protected": False, "category": "02", "scale": "01",
    "parties": 2, "communities": 1, "failed_attempts": 0, "party_asks": False, "days_since_last": None,
    "minor": False, "limited_capacity": False, "clock_ran_out": False,
}  # fmt: skip
REGISTERED = "dispute.registered"


def rule(**changes: Any) -> dict[str, Any]:
    body = {
        "code": "r",
        "zh": "规则",
        "en": "rule",
        "on": [REGISTERED],
        "when": {"fact": "parties", "op": "at_least", "value": 3},
        "do": [{"action": "hand_up", "to": "street"}],
        "once_per": "dispute",
    }
    return body | changes


def faults_of(body: Any) -> set[str]:
    with pytest.raises(RuleError) as caught:
        read_rule(body)
    return {fault.code for fault in caught.value.faults}


@pytest.fixture(scope="module")
def shipped() -> dict[str, RuleSpec]:
    return {body["code"]: read_rule(body) for body in SHIPPED}


def fired(
    shipped: dict[str, RuleSpec], event: str = REGISTERED, *, refused: bool = False, **facts: Any
) -> set[str]:
    return {code for code, spec in shipped.items() if spec.fires(event, PLAIN | facts, refused=refused)}


def test_an_ordinary_quarrel_fires_nothing(shipped: dict[str, RuleSpec]) -> None:
    assert fired(shipped) == set()


@pytest.mark.parametrize("sign", ["threat", "weapon", "violence", "self_harm_words", "arson_words"])
def test_a_sign_of_life_or_limb_fires(shipped: dict[str, RuleSpec], sign: str) -> None:
    assert fired(shipped, signs=[sign]) == {"danger_life_limb"}


@pytest.mark.parametrize("sign", ["domestic_violence", "child_at_risk", "stalking"])
def test_a_protected_sign_never_takes_the_open_way(shipped: dict[str, RuleSpec], sign: str) -> None:
    assert fired(shipped, signs=[sign, "threat"], protected=True) == {"protected_signs"}


def test_danger_on_a_dispute_protected_by_a_worker_is_a_protected_item(shipped: dict[str, RuleSpec]) -> None:
    assert fired(shipped, signs=["threat"], protected=True) == {"protected_signs"}


@pytest.mark.parametrize(
    ("code", "event", "facts"),
    [
        ("level_clock_ran_out", "escalation.clock_ran_out", {"clock_ran_out": True}),
        ("two_failed_at_grid", "dispute.attempted", {"failed_attempts": 2}),
        ("many_parties", REGISTERED, {"parties": 3}),
        ("many_parties", "dispute.joined", {"communities": 2}),
        ("party_asks", REGISTERED, {"party_asks": True}),
        ("again_same_parties", REGISTERED, {"days_since_last": 30}),
    ],
)
def test_each_shipped_rule_fires(
    shipped: dict[str, RuleSpec], code: str, event: str, facts: dict[str, Any]
) -> None:
    assert fired(shipped, event, **facts) == {code}


@pytest.mark.parametrize(
    ("event", "facts"),
    [
        ("escalation.clock_ran_out", {"clock_ran_out": True, "level": "district"}),
        ("dispute.attempted", {"failed_attempts": 1}),
        ("dispute.attempted", {"failed_attempts": 2, "level": "community"}),
        (REGISTERED, {"days_since_last": 31}),
        (REGISTERED, {"signs": ["repeated_police_calls"]}),
    ],
)
def test_just_short_of_a_rule_nothing_fires(
    shipped: dict[str, RuleSpec], event: str, facts: dict[str, Any]
) -> None:
    assert fired(shipped, event, **facts) == set()


def test_a_rule_cites_rows_of_the_law_that_are_there() -> None:
    assert faults_of(rule(law=["EF-6", "XX-1"])) == {"unknown_row"}


@pytest.mark.law("PM-17")
def test_after_a_refusal_no_rule_speaks_for_mediation(shipped: dict[str, RuleSpec]) -> None:
    assert fired(shipped, "escalation.clock_ran_out", refused=True, clock_ran_out=True) == set()
    assert fired(shipped, refused=True, parties=5, days_since_last=1) == set()
    assert fired(shipped, refused=True, signs=["weapon"]) == {"danger_life_limb"}


@pytest.mark.law("PM-17")
def test_a_rule_that_would_speak_after_a_refusal_is_refused() -> None:
    assert faults_of(rule(stands_after_refusal=True)) == {"against_refusal"}


@pytest.mark.law("PI-24", "MN-4", refused=True)
@pytest.mark.parametrize(
    "action", ["sanction", "set_class", "propose_revocation", "search", "call_party", 7, None]
)
def test_a_machine_has_no_other_action(action: Any) -> None:
    assert faults_of(rule(do=[{"action": action}])) == {"unknown_action"}


@pytest.mark.law("PI-24")
def test_the_closed_actions_are_accepted() -> None:
    actions = [
        {"action": "remind"},
        {"action": "suggest_joint_handling"},
        {"action": "set_review", "days": 14},
    ]
    assert len(read_rule(rule(do=actions)).do) == 3


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"on": ["dispute.dreamt"]}, "unknown_event"),
        ({"on": []}, "not_a_list"),
        ({"once_per": "hour"}, "unknown_value"),
        ({"do": []}, "not_a_list"),
        ({"do": [{"action": "hand_up", "to": "grid"}]}, "wrong_action"),
        ({"do": [{"action": "hand_up", "to": "street", "sms": "138"}]}, "wrong_action"),
        ({"do": [{"action": "propose_liaison_report", "grounds": ["other"]}]}, "wrong_action"),
        ({"do": [{"action": "propose_liaison_report", "grounds": ["PS-5"]}]}, "wrong_action"),
        ({"do": [{"action": "set_review", "days": 0}]}, "wrong_action"),
        ({"score": 3}, "unknown_field"),
        ({"zh": " "}, "not_a_text"),
        ({"when": {"fact": "clock_ran_out", "op": "is", "value": True}}, "never_fires"),
        ({"when": {"fact": "level", "op": "is", "value": "street"}}, "never_acts"),
        ({"once_per": "level"}, "wrong_slot"),
    ],
)
def test_a_bad_rule_is_refused(changes: dict[str, Any], code: str) -> None:
    assert code in faults_of(rule(**changes))


@pytest.mark.parametrize(
    ("facts", "ground"),
    [
        ({"signs": ["threat"]}, "PS-1"),
        ({"signs": ["self_harm_words"]}, "PS-6"),
        ({"signs": ["domestic_violence"]}, None),
        ({"signs": ["domestic_violence", "violence"]}, None),
        ({"signs": ["domestic_violence", "weapon"]}, "PS-1"),
        ({"signs": ["domestic_violence"], "limited_capacity": True}, "PS-3"),
        ({"signs": ["domestic_violence"], "minor": True}, "PS-4"),
        ({"signs": ["child_at_risk"]}, "PS-4"),
        ({"signs": ["stalking"]}, None),
    ],
)
def test_a_report_needs_a_legal_ground(facts: dict[str, Any], ground: str | None) -> None:
    assert ground_of(("PS-4", "PS-3", "PS-1", "PS-6"), PLAIN | facts) == ground
