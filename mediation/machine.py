"""The mediation case 调解案件 and the intake item 待受理 as tables. Services apply them by compare-and-set.

`refuse` and `withdraw` have no guard: they take effect at the word (PM-17, PM-23). After `in_effect` nobody
can withdraw; what the law leaves then is a claim in court (PM-32).
"""

from collections.abc import Mapping
from typing import Any

from kernel.codes import CodeTable
from kernel.codes.roles import Role
from kernel.law import law
from kernel.transitions import StateTable, Transition

DESK = frozenset({Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR})
TABLE = frozenset({Role.MEDIATOR, Role.CENTRE_DIRECTOR})
LEAST_PARTIES = 2
ANYONE_THERE = DESK | TABLE
DIRECTOR = frozenset({Role.CENTRE_DIRECTOR})


class IntakeState(CodeTable, table="intake_state"):
    WAITING = "waiting", "待受理", "waiting for a person to read and choose"
    PROTECTED_TRACK = "protected_track", "保护处理", "on the protected track"
    OFFERED = "offered", "已征询调解意愿", "mediation offered"
    DEPARTMENT = "department", "转部门办理", "handed to a department"
    NOTHING = "nothing", "无需办理", "nothing to be done"
    HANDED_BACK = "handed_back", "退回", "handed back"


class CaseState(CodeTable, table="mediation_state"):
    INTAKE = "intake", "待受理", "intake"
    ASKING = "asking", "征询意愿", "asking the parties"
    UNREACHABLE = "unreachable", "联系不上", "a party cannot be reached"
    ACCEPTED = "accepted", "已受理", "accepted"
    SUSPENDED = "suspended", "中止", "suspended"
    NOT_ACCEPTED = "not_accepted", "不予受理", "not accepted"
    REFUSED = "refused", "当事人拒绝", "refused"
    WITHDRAWN = "withdrawn", "当事人撤回", "withdrawn"
    FAILED = "failed", "调解不成", "no agreement"
    AGREED = "agreed", "达成协议", "agreed"
    IN_EFFECT = "in_effect", "协议生效", "agreement in effect"
    PERFORMING = "performing", "履行中", "being performed"
    PERFORMED = "performed", "已履行", "performed"
    BREACHED = "breached", "未履行", "breached"
    AMENDED = "amended", "协议变更", "amended"
    SET_ASIDE = "set_aside", "法院撤销", "set aside by a court"


OPEN_STATES = (
    CaseState.INTAKE,
    CaseState.ASKING,
    CaseState.UNREACHABLE,
    CaseState.ACCEPTED,
    CaseState.SUSPENDED,
)
"""The case waits for somebody at the table; its clocks run (or stand still while it is suspended)."""
ENDED_WITHOUT = (CaseState.NOT_ACCEPTED, CaseState.REFUSED, CaseState.WITHDRAWN, CaseState.FAILED)
"""Ends without agreement: each owes one notice of other ways 告知其他途径."""


class ConsentStep(CodeTable, table="consent_step"):
    """Consent is asked step by step; one yes is not a yes to the next."""

    MEDIATION = "mediation", "同意调解", "to mediation"
    PERSONAL_INFORMATION = (
        "personal_information",
        "同意处理个人信息",
        "to the handling of personal information",
    )
    EXTENSION = "extension", "同意延长", "to more time"
    PARTICIPANT = "participant", "同意他人参加", "to another person at the table"
    PUBLIC = "public", "同意公开调解", "to a public session"


REQUIRED_FOR_ACCEPTANCE = (ConsentStep.MEDIATION, ConsentStep.PERSONAL_INFORMATION)


class ConsentAnswer(CodeTable, table="consent_answer"):
    GIVEN = "given", "同意", "given"
    REFUSED = "refused", "不同意", "refused"
    WITHDRAWN = "withdrawn", "撤回同意", "withdrawn"


@law("PM-17")
def _all_consented(facts: Mapping[str, Any]) -> str | None:
    return (
        "consents_missing"
        if facts.get("missing_consents") or facts.get("parties", 0) < LEAST_PARTIES
        else None
    )


@law("PM-19")
def _mediated(facts: Mapping[str, Any]) -> str | None:
    """There is no agreement at a table at which nobody mediated."""
    return None if facts.get("mediators") else "mediator_required"


@law("PM-T6")
def _declined_with_ways(facts: Mapping[str, Any]) -> str | None:
    if not facts.get("reason"):
        return "reason_required"
    return None if facts.get("ways") else "ways_notice_required"


@law("PM-26")
def _ways_told(facts: Mapping[str, Any]) -> str | None:
    return None if facts.get("ways_notice") else "ways_notice_required"


@law("PM-32")
def _former_binds(facts: Mapping[str, Any]) -> str | None:
    """An amendment that is not concluded leaves the agreement before it in force."""
    return None if facts.get("former") else "no_former_agreement"


@law("PM-26")
def _not_concluded(facts: Mapping[str, Any]) -> str | None:
    return "former_agreement_binds" if facts.get("former") else _ways_told(facts)


@law("PM-32")
def _by_court(facts: Mapping[str, Any]) -> str | None:
    return None if facts.get("court_document") else "document_required"


def _with_reason(facts: Mapping[str, Any]) -> str | None:
    return None if facts.get("reason") else "reason_required"


@law("DV-23")
def _safe_to_offer(facts: Mapping[str, Any]) -> str | None:
    """On the protected track nobody is asked before the person at risk has wished it, alone, and the
    director said why."""
    if facts.get("barred"):
        return "mediation_refused"
    return "protected_offer_refused" if facts.get("protected") and not facts.get("wish") else None


def _intake_rows() -> list[Transition]:
    rows = [Transition("waiting", "protect", "protected_track", DESK, _with_reason)]
    for source, who in (("waiting", DESK), ("protected_track", DIRECTOR)):
        rows += [
            Transition(source, "offer", "offered", who, _safe_to_offer, "PM-17"),
            Transition(source, "to_department", "department", who, _with_reason),
            Transition(source, "close", "nothing", who, _with_reason),
            Transition(source, "hand_back", "handed_back", who, _with_reason),
        ]
    return rows


INTAKE = StateTable(
    "mediation_intake",
    initial="waiting",
    transitions=_intake_rows(),
    terminal=("offered", "department", "nothing", "handed_back"),
)

CASE = StateTable(
    "mediation_case",
    initial="intake",
    transitions=(
        Transition("intake", "offer", "asking", DESK),
        Transition("asking", "accept", "accepted", DESK, _all_consented, "PM-17"),
        Transition("asking", "decline", "not_accepted", DESK, _declined_with_ways, "PM-T6"),
        Transition("asking", "refuse", "refused", ANYONE_THERE, law="PM-17"),
        Transition("asking", "cannot_reach", "unreachable", DESK, _with_reason),
        Transition("unreachable", "ask_again", "asking", DESK),
        Transition("unreachable", "decline", "not_accepted", DESK, _declined_with_ways, "PM-T6"),
        Transition("unreachable", "refuse", "refused", ANYONE_THERE, law="PM-17"),
        Transition("accepted", "suspend", "suspended", ANYONE_THERE, _with_reason),
        Transition("suspended", "resume", "accepted", ANYONE_THERE),
        Transition("accepted", "agree", "agreed", TABLE, _mediated, "PM-19"),
        Transition("accepted", "fail", "failed", ANYONE_THERE, _ways_told, "PM-26"),
        Transition("suspended", "fail", "failed", ANYONE_THERE, _ways_told, "PM-26"),
        Transition("accepted", "withdraw", "withdrawn", ANYONE_THERE, law="PM-23"),
        Transition("suspended", "withdraw", "withdrawn", ANYONE_THERE, law="PM-23"),
        Transition("agreed", "withdraw", "withdrawn", ANYONE_THERE, law="PM-23"),
        Transition("agreed", "take_effect", "in_effect", law="PM-29"),
        Transition("agreed", "fail", "failed", ANYONE_THERE, _not_concluded, "PM-26"),
        Transition("agreed", "keep_former", "performing", ANYONE_THERE, _former_binds, "PM-32"),
        Transition("in_effect", "begin_performance", "performing"),
        Transition("in_effect", "set_aside", "set_aside", DIRECTOR, _by_court, "PM-32"),
        Transition("performing", "perform", "performed", ANYONE_THERE, law="PM-31"),
        Transition("performing", "breach", "breached", ANYONE_THERE, law="PM-31"),
        Transition("performing", "amend", "amended", TABLE),
        Transition("performing", "set_aside", "set_aside", DIRECTOR, _by_court, "PM-32"),
        Transition("performed", "set_aside", "set_aside", DIRECTOR, _by_court, "PM-32"),
        Transition("breached", "perform", "performed", ANYONE_THERE, law="PM-31"),
        Transition("breached", "amend", "amended", TABLE),
        Transition("breached", "set_aside", "set_aside", DIRECTOR, _by_court, "PM-32"),
        Transition("amended", "agree", "agreed", TABLE),
    ),
    terminal=("not_accepted", "refused", "failed", "withdrawn", "performed", "breached", "set_aside"),
)


def refusal_event(state: str) -> str:
    """The event that a party's "no" is in this state: before acceptance a refusal, after it a withdrawal."""
    return "refuse" if state in {CaseState.ASKING, CaseState.UNREACHABLE} else "withdraw"
