"""One escalation rule: read from JSON, refused with every fault named, or turned into a frozen
specification."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from escalation.conditions import All, AnyOf, Condition, ConditionError, Fault, Leaf, Not, holds, parse
from escalation.satisfiable import both, satisfiable
from escalation.vocabulary import (
    CLOCK_EVENT,
    EVENTS,
    FACTS,
    GROUNDS,
    LEVELS,
    LIFE_AND_LIMB,
    NEXT,
    PROTECTED_SIGNS,
    Action,
    OncePer,
)
from kernel.law import law
from kernel.law_rows import LAW_ROWS

FIELDS = frozenset({"code", "zh", "en", "on", "when", "do", "once_per", "stands_after_refusal", "law"})
_ACTION_FIELDS: Mapping[str, frozenset[str]] = {
    Action.HAND_UP: frozenset({"to"}),
    Action.OPEN_INTAKE: frozenset({"protected"}),
    Action.SUGGEST_JOINT: frozenset(),
    Action.PROPOSE_REPORT: frozenset({"grounds"}),
    Action.REMIND: frozenset(),
    Action.SET_REVIEW: frozenset({"days"}),
}
MAX_REVIEW_DAYS = 90
MOST_TEXT = 200
CODE = re.compile(r"[a-z][a-z0-9_]{0,39}")


class RuleError(ValueError):
    """A rule that cannot be saved, with every fault."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(f"{fault.path}: {fault.text}" for fault in faults))
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class ActionSpec:
    action: Action
    to: str = ""
    grounds: tuple[str, ...] = ()
    protected: bool = False
    days: int = 0


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """A rule that passed every check."""

    code: str
    zh: str
    en: str
    on: tuple[str, ...]
    when: Condition
    do: tuple[ActionSpec, ...]
    once_per: OncePer
    stands_after_refusal: bool
    law: tuple[str, ...]

    def fires(self, event: str, facts: Mapping[str, Any], *, refused: bool) -> bool:
        """Whether the rule fires on an event. After a refusal only what stands in spite of it does
        (PM-17)."""
        if event not in self.on or (refused and not self.stands_after_refusal):
            return False
        return holds(self.when, facts, FACTS)


def read_rule(body: Any) -> RuleSpec:
    """The specification of a rule body. RuleError with all faults."""
    faults = _form_faults(body)
    if faults:
        raise RuleError(faults)
    actions = _read_actions(body["do"], faults)
    try:
        condition = parse(body["when"], FACTS)
        if not faults:
            faults += _never_faults(condition, body, actions)
    except ConditionError as error:
        faults += error.faults
    if faults:
        raise RuleError(faults)
    return RuleSpec(
        code=body["code"],
        zh=body["zh"],
        en=body["en"],
        on=tuple(body["on"]),
        when=condition,
        do=tuple(actions),
        once_per=OncePer(body["once_per"]),
        stands_after_refusal=body.get("stands_after_refusal", False),
        law=tuple(body.get("law", ())),
    )


def _form_faults(body: Any) -> list[Fault]:
    if not isinstance(body, dict):
        return [Fault("", "not_an_object", "a rule is an object")]
    faults = [
        Fault(name, "unknown_field", "no such field of a rule") for name in sorted(body.keys() - FIELDS)
    ]
    required = FIELDS - {"law", "stands_after_refusal"}
    faults += [Fault(name, "missing", "this field is required") for name in sorted(required - body.keys())]
    faults += [
        Fault(name, "not_a_text", "a text that is not empty")
        for name in ("code", "zh", "en")
        if name in body and not (isinstance(body[name], str) and body[name].strip())
    ]
    faults += [
        Fault(name, "too_long", f"at most {most} characters")
        for name, most in (("zh", MOST_TEXT), ("en", MOST_TEXT))
        if isinstance(body.get(name), str) and len(body[name]) > most
    ]
    if isinstance(body.get("code"), str) and not CODE.fullmatch(body["code"]):
        faults.append(Fault("code", "wrong_code", "small letters, digits and _, at most 40"))
    if not isinstance(body.get("stands_after_refusal", False), bool):
        faults.append(Fault("stands_after_refusal", "not_a_flag", "true or false"))
    if not _texts(body.get("law", [])):
        faults.append(Fault("law", "not_a_list", "a list of rule ids"))
    else:
        faults += [
            Fault("law", "unknown_row", f"no row {name!r} of the law")
            for name in body.get("law", ())
            if name not in LAW_ROWS
        ]
    return faults or _choice_faults(body)


def _choice_faults(body: dict[str, Any]) -> list[Fault]:
    faults = []
    if not _texts(body["on"]) or not body["on"]:
        faults.append(Fault("on", "not_a_list", "a list with at least one event"))
    else:
        faults += [
            Fault("on", "unknown_event", f"no event {name!r}") for name in body["on"] if name not in EVENTS
        ]
    if body["once_per"] not in list(OncePer):
        faults.append(Fault("once_per", "unknown_value", f"one of {', '.join(OncePer)}"))
    if not isinstance(body["do"], list) or not body["do"]:
        faults.append(Fault("do", "not_a_list", "a list with at least one action"))
    return faults


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


@law("PI-24")
def _read_actions(body: list[Any], faults: list[Fault]) -> list[ActionSpec]:
    """The closed list: whatever else a rule asks for (a sanction, a class, a search) is refused."""
    actions = []
    for index, item in enumerate(body):
        path = f"do[{index}]"
        name = item.get("action") if isinstance(item, dict) else None
        if not isinstance(name, str) or name not in Action.values():
            faults.append(Fault(path, "unknown_action", f"one of {', '.join(Action.values())}"))
            continue
        strange = sorted(item.keys() - {"action"} - _ACTION_FIELDS[name])
        fault = f"no field {', '.join(strange)}" if strange else _action_fault(Action(name), item)
        if fault:
            faults.append(Fault(path, "wrong_action", fault))
            continue
        grounds = tuple(item.get("grounds", ()))
        actions.append(
            ActionSpec(
                Action(name), item.get("to", ""), grounds, item.get("protected", False), item.get("days", 0)
            )
        )
    return actions


def _action_fault(action: Action, item: dict[str, Any]) -> str:
    if action is Action.HAND_UP and item.get("to") not in {NEXT, *LEVELS[1:]}:
        return f"to: one of {NEXT}, {', '.join(LEVELS[1:])}"
    if action is Action.OPEN_INTAKE and not isinstance(item.get("protected", False), bool):
        return "protected: true or false"
    if action is Action.PROPOSE_REPORT:
        grounds = item.get("grounds")
        if not _texts(grounds) or not grounds or set(grounds) - GROUNDS.keys():
            return f"grounds: some of {', '.join(GROUNDS)}"
    if action is Action.SET_REVIEW:
        days = item.get("days")
        if not isinstance(days, int) or isinstance(days, bool) or not 1 <= days <= MAX_REVIEW_DAYS:
            return f"days: 1 to {MAX_REVIEW_DAYS}"
    return ""


def _never_faults(condition: Condition, body: dict[str, Any], actions: list[ActionSpec]) -> list[Fault]:
    faults = [
        Fault("when", "never_fires", f"no facts make this true on {event}")
        for event in body["on"]
        if not satisfiable(condition, FACTS, EVENTS[event])
    ]
    if faults:
        return faults
    for index, spec in enumerate(actions):
        if spec.action is Action.HAND_UP and not _can_hand_up(condition, spec.to):
            faults.append(Fault(f"do[{index}]", "never_acts", "the dispute is at that level already"))
    if body.get("stands_after_refusal") and not _only_danger_or_application(condition):
        text = "after a refusal only danger signs, the protected track or a party's own application count"
        faults.append(Fault("stands_after_refusal", "against_refusal", text))
    if (OncePer(body["once_per"]) is OncePer.LEVEL) != (body["on"] == [CLOCK_EVENT]):
        faults.append(Fault("once_per", "wrong_slot", f"level goes with {CLOCK_EVENT} and with nothing else"))
    return faults


def _can_hand_up(condition: Condition, to: str) -> bool:
    target = LEVELS[-1] if to == NEXT else to
    return satisfiable(both(condition, Leaf("level", "below", target)), FACTS)


@law("PM-17")
def _only_danger_or_application(condition: Condition) -> bool:
    """Whether the condition cannot hold without a danger sign, the protected track or a party's
    application."""
    signs = tuple(sorted(LIFE_AND_LIMB | PROTECTED_SIGNS))
    reasons = AnyOf(
        (
            Leaf("signs", "includes_any", signs),
            Leaf("protected", "is", True),
            Leaf("danger_now", "is", True),
            Leaf("party_asks", "is", True),
        )
    )
    return not satisfiable(All((condition, Not(reasons))), FACTS)
