"""The words of escalation rules: facts, events, actions and legal grounds, each a closed list.

What is not here cannot be written into a rule: no petition, belief, illness, origin or trait of a person is
a fact (law.md §11, 8, 9, 15), and no sanction, class or search is an action (PI-24).
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from escalation.conditions import FactKind, FactType
from kernel.codes import CodeTable
from kernel.codes.law import DangerSignCode, DisputeCategory, DisputeScale, HandlingLevel
from kernel.law import law

LEVELS = tuple(HandlingLevel.values())

LIFE_AND_LIMB = frozenset(
    {
        DangerSignCode.THREAT,
        DangerSignCode.WEAPON,
        DangerSignCode.VIOLENCE,
        DangerSignCode.SELF_HARM_WORDS,
        DangerSignCode.ARSON_WORDS,
    }
)
PROTECTED_SIGNS = frozenset(
    {DangerSignCode.DOMESTIC_VIOLENCE, DangerSignCode.CHILD_AT_RISK, DangerSignCode.STALKING}
)

FACTS: Mapping[str, FactType] = MappingProxyType(
    {
        "signs": FactType(FactKind.CODES, "危险迹象", "danger signs", tuple(DangerSignCode.values())),
        "danger_now": FactType(FactKind.FLAG, "紧急情况", "danger now"),
        "protected": FactType(FactKind.FLAG, "保护处理", "protected track"),
        "level": FactType(FactKind.RANK, "办理层级", "handling level", LEVELS),
        "category": FactType(FactKind.CODE, "纠纷类别", "category", tuple(DisputeCategory.values())),
        "scale": FactType(FactKind.RANK, "规模", "scale", tuple(DisputeScale.values())),
        "parties": FactType(FactKind.NUMBER, "当事人数", "number of parties"),
        "communities": FactType(FactKind.NUMBER, "涉及社区数", "communities of the parties"),
        "failed_attempts": FactType(FactKind.NUMBER, "本级调解未成次数", "attempts at this level not agreed"),
        "party_asks": FactType(FactKind.FLAG, "当事人申请调解", "a party asks for mediation"),
        "days_since_last": FactType(
            FactKind.NUMBER, "距上次相同当事人纠纷天数", "days since the same parties' last"
        ),
        "minor": FactType(FactKind.FLAG, "涉及未成年人", "a minor is among the parties"),
        "limited_capacity": FactType(
            FactKind.FLAG, "无或限制民事行为能力（有文书）", "a party without full capacity, by document"
        ),
        "clock_ran_out": FactType(FactKind.FLAG, "本级时限已到", "the level's clock ran out"),
    }
)

CLOCK_EVENT = "escalation.clock_ran_out"
APPLIED = "dispute.applied"
EVENTS: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "dispute.registered": {"clock_ran_out": False, "failed_attempts": 0},
        "dispute.joined": {"clock_ran_out": False},
        "dispute.attempted": {"clock_ran_out": False},
        APPLIED: {"clock_ran_out": False, "party_asks": True, "signs": (), "danger_now": False},
        "dispute.protected_set": {
            "clock_ran_out": False,
            "protected": True,
            "signs": (),
            "danger_now": False,
        },
        CLOCK_EVENT: {"clock_ran_out": True},
    }
)
"""Event → the facts that it settles: a condition that contradicts them can never fire on it."""


class Action(CodeTable, table="escalation_action"):
    """All that a rule may do. None of them contacts a party or decides about a person."""

    HAND_UP = "hand_up", "提级", "hand up"
    OPEN_INTAKE = "open_intake", "转调解中心待受理", "open an intake item"
    SUGGEST_JOINT = "suggest_joint_handling", "建议联合会办", "suggest joint handling"
    PROPOSE_REPORT = "propose_liaison_report", "拟提公安联络报告", "propose a liaison report"
    REMIND = "remind", "提醒办理人", "remind whoever handles it"
    SET_REVIEW = "set_review", "设定复查日期", "set a review date"


class OncePer(StrEnum):
    """How often a rule may fire for one dispute."""

    DISPUTE = "dispute"
    EVENT = "event"
    LEVEL = "level"


NEXT = "next"


@law("PS-1")
def _public_order(facts: Mapping[str, Any]) -> bool:
    """Beside a sign of domestic violence, violence alone is no further ground: an adult with capacity decides
    about a report (反家庭暴力法 13)."""
    signs = set(facts.get("signs") or ())
    grave = {DangerSignCode.THREAT, DangerSignCode.WEAPON, DangerSignCode.ARSON_WORDS}
    if DangerSignCode.DOMESTIC_VIOLENCE not in signs:
        grave.add(DangerSignCode.VIOLENCE)
    return bool(grave & signs)


@law("PS-3")
def _violence_without_capacity(facts: Mapping[str, Any]) -> bool:
    return (
        DangerSignCode.DOMESTIC_VIOLENCE in (facts.get("signs") or ())
        and facts.get("limited_capacity") is True
    )


@law("PS-4")
def _minor_in_danger(facts: Mapping[str, Any]) -> bool:
    signs = set(facts.get("signs") or ())
    harmed = DangerSignCode.DOMESTIC_VIOLENCE in signs and facts.get("minor") is True
    return DangerSignCode.CHILD_AT_RISK in signs or harmed


@law("PS-6")
def _emergency(facts: Mapping[str, Any]) -> bool:
    return facts.get("danger_now") is True or DangerSignCode.SELF_HARM_WORDS in (facts.get("signs") or ())


GROUNDS = MappingProxyType(
    {
        "PS-1": _public_order,
        "PS-3": _violence_without_capacity,
        "PS-4": _minor_in_danger,
        "PS-6": _emergency,
    }
)
"""Grounds of law.md §8 that a machine may propose on, each with what must be true in the facts. PS-2 needs a
person's knowledge of a crime and PS-5 is the agency's alone: no rule can name them."""


def ground_of(named: tuple[str, ...], facts: Mapping[str, Any]) -> str | None:
    """The first of the named grounds that holds; None when none does, and then nothing is proposed."""
    return next((ground for ground in named if GROUNDS[ground](facts)), None)


def level_above(level: str) -> str | None:
    """The level one up, None above the district."""
    index = LEVELS.index(level) + 1
    return LEVELS[index] if index < len(LEVELS) else None


def is_below(level: str, other: str) -> bool:
    return LEVELS.index(level) < LEVELS.index(other)
