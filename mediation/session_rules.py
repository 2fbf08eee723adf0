"""A session 调解会 as a table, and what must be so before it is joint, public or begun (plain Python).

planned → invited → held; postponed with one wording for everybody; cancelled. Before a joint session the
mediator asks each party alone whether anything limits a meeting: the answer is a caucus note, and a "yes"
leaves separate sessions. Nobody asks why, and nothing is looked up.
"""

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from kernel.codes import CodeTable
from kernel.law import law
from kernel.transitions import StateTable, Transition
from mediation.machine import ANYONE_THERE, TABLE, CaseState


class SessionState(CodeTable, table="mediation_session_state"):
    PLANNED = "planned", "已安排", "planned"
    INVITED = "invited", "已通知", "parties invited"
    HELD = "held", "已举行", "held"
    POSTPONED = "postponed", "已延期", "postponed"
    CANCELLED = "cancelled", "已取消", "cancelled"


class SessionForm(CodeTable, table="mediation_session_form"):
    JOINT = "joint", "共同调解", "all parties together"
    SEPARATE = "separate", "单独调解（背对背）", "one party alone (caucus)"


class ParticipantKind(CodeTable, table="session_participant"):
    """Who may join beside the parties, and only with every party's consent (PM-20)."""

    FAMILY = "family", "亲属", "family"
    NEIGHBOUR = "neighbour", "邻里", "neighbour"
    COLLEAGUE = "colleague", "同事", "colleague"
    EXPERT = "expert", "专业人员", "expert"
    GROUP = "group", "社会组织", "social organisation"
    LAWYER = "lawyer", "律师", "lawyer"
    DEPARTMENT = "department", "有关部门", "department"
    POLICE = "police", "公安机关", "police"
    COURT = "court", "法院", "court"
    OBSERVER = "observer", "旁听人员", "observer"


class NoticeKind(CodeTable, table="session_notice"):
    INVITATION = "invitation", "预约通知", "invitation"
    POSTPONED = "postponed", "改期通知", "postponed"
    CANCELLED = "cancelled", "取消通知", "cancelled"


class NoticeForm(CodeTable, table="session_notice_form"):
    BY_HAND = "by_hand", "当面交付", "by hand"
    PHONE = "phone", "电话告知", "by telephone"
    POST = "post", "邮寄", "by post"
    FILE = "file", "日历文件", "calendar file"


class CameAs(CodeTable, table="session_came_as"):
    """How a party was there."""

    SELF = "self", "本人到场", "in person"
    AGENT = "agent", "代理人到场", "by an agent with mandate"
    GUARDIAN = "guardian", "监护人到场", "by a guardian"
    ABSENT = "absent", "未到场", "did not come"


STANDS_FOR = (CameAs.AGENT, CameAs.GUARDIAN)
"""Somebody else came for the party, and is named."""


class Despite(CodeTable, table="session_despite"):
    """Why a session is planned although its mediator sits in another one at that time."""

    SHUTTLE = (
        "shuttle",
        "同案背对背，在两室之间往返调解",
        "the same case: the mediator goes between two rooms",
    )
    COLLEAGUE = "colleague", "由本案另一名调解员主持", "another mediator of the case presides"
    ENDS_EARLY = "ends_early", "另一场将提前结束", "the other one will end earlier"
    REPLACED = "replaced", "届时更换调解员", "somebody else will mediate by then"


OPEN = (SessionState.PLANNED, SessionState.INVITED, SessionState.POSTPONED)
"""Still to come: a refusal or any other end of the case cancels these."""


def room_key(room: str) -> str:
    """By what two rooms are the same one: without blanks, width and case."""
    return "".join(unicodedata.normalize("NFKC", room).split()).casefold()


def overlap_refusal(despite: str, *, same_case: bool, somebody_free: bool, apart: bool = True) -> str | None:
    """Why a session may not be planned beside what its mediators sit in at that time. It warns: a person may
    say that it is meant, where that can be true. `apart`: no party would be in two rooms."""
    meant = {
        Despite.SHUTTLE: same_case and apart, Despite.COLLEAGUE: somebody_free, Despite.ENDS_EARLY: True,
        Despite.REPLACED: not same_case,
    }  # fmt: skip
    return None if despite and meant[Despite(despite)] else "session_mediator_busy"


def _with_reason(facts: Mapping[str, Any]) -> str | None:
    return None if facts.get("reason") else "reason_required"


@law("DV-23")
def joint_refusal(facts: Mapping[str, Any]) -> str | None:
    """Why a session may not be joint: by what a party said alone, or on the protected track without wish."""
    if facts.get("form") != SessionForm.JOINT:
        return None
    if facts.get("protected") and not facts.get("wished"):
        return "joint_not_wished"
    return "separate_sessions_only" if facts.get("limited") else None


@law("PM-23", "PM-29b")
def public_refusal(facts: Mapping[str, Any]) -> str | None:
    """Public only if every party wants it; one objection closes the doors."""
    if not facts.get("public"):
        return None
    return "public_not_agreed" if facts.get("not_public") or facts.get("protected") else None


def plan_refusal(facts: Mapping[str, Any]) -> str | None:
    """Why a session may not be planned as it is meant. After the agreement there are sessions to sign it."""
    if facts.get("case_state") not in {CaseState.ACCEPTED, CaseState.AGREED}:
        return "case_not_at_table"
    return joint_refusal(facts) or public_refusal(facts)


@law("PM-19", "PM-23", "DV-23")
def begin_refusal(facts: Mapping[str, Any]) -> str | None:
    """Why a session may not begin. Nobody sits down with the other side of a protected case before the person
    at risk wished it, in a talk alone neither."""
    if refusal := plan_refusal(facts):
        return refusal
    if facts.get("not_to_call"):
        return "wish_required"
    if facts.get("form") == SessionForm.JOINT and facts.get("not_asked"):
        return "alone_question_owed"
    return "session_people_missing" if facts.get("missing") else None


SESSION = StateTable(
    "mediation_session",
    initial="planned",
    transitions=(
        Transition("planned", "invite", "invited", ANYONE_THERE, plan_refusal),
        Transition("planned", "start", "held", TABLE, begin_refusal, "PM-19"),
        Transition("invited", "start", "held", TABLE, begin_refusal, "PM-19"),
        Transition("planned", "postpone", "postponed", ANYONE_THERE, _with_reason),
        Transition("invited", "postpone", "postponed", ANYONE_THERE, _with_reason),
        Transition("postponed", "replan", "planned", ANYONE_THERE, plan_refusal),
        Transition("planned", "cancel", "cancelled", ANYONE_THERE, _with_reason),
        Transition("invited", "cancel", "cancelled", ANYONE_THERE, _with_reason),
        Transition("postponed", "cancel", "cancelled", ANYONE_THERE, _with_reason),
    ),
    terminal=("held", "cancelled"),
)


@law("PM-20")
def without_consent(parties: Iterable[Any], answers: Mapping[Any, str]) -> list[Any]:
    """The parties whose last word about somebody at the table is not a yes. Silence is not a yes."""
    return [party for party in parties if answers.get(party) != "given"]
