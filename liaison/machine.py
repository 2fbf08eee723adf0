"""The life of a report to the police 公安联络报告 as a table (domain: liaison).

A machine may put a report on the table (`propose`); every step from there on is a person's.
"""

from collections.abc import Mapping
from typing import Any

from kernel.codes import CodeTable
from kernel.codes.roles import Role
from kernel.transitions import StateTable, Transition
from liaison.grounds import MACHINE_MAY_PROPOSE, REPORTERS, RULES


class ReportState(CodeTable, table="report_state"):
    DRAFTED = "drafted", "起草", "drafted"
    PROPOSED = "proposed", "待审核", "proposed"
    RETURNED = "returned", "退回补充", "returned"
    DECLINED = "declined", "不予报送", "declined"
    APPROVED = "approved", "同意报送", "approved"
    SENT = "sent", "已报送", "sent"
    FORWARDED = "forwarded", "转送", "forwarded"
    CORRECTED = "corrected", "已更正", "corrected"
    REVIEWED_AFTER = "reviewed_after", "事后复核", "reviewed after"
    RECEIVED = "received", "已签收", "received"
    ANSWERED = "answered", "已回复", "answered"
    QUESTIONED = "questioned", "追问", "questioned"
    REPLIED = "replied", "已答复追问", "replied"
    WITHDRAWN_NO_BASIS = "withdrawn_no_basis", "无依据撤回", "withdrawn, no basis"
    CLOSED = "closed", "办结", "closed"


S = ReportState
AUTHORS = REPORTERS
SECOND = frozenset({Role.DUTY_OFFICER, Role.CENTRE_DIRECTOR, Role.AGENCY_OFFICER, Role.AGENCY_HEAD})
DECIDERS = frozenset({Role.CENTRE_DIRECTOR, Role.AGENCY_HEAD})
LIAISON = frozenset({Role.LIAISON_OFFICER})
_ALL = AUTHORS | SECOND | LIAISON


RESTING = (S.DRAFTED, S.RETURNED, S.DECLINED)
"""Where it lies with its author, and silences nobody else who has seen something."""
OVER = (S.CLOSED, S.WITHDRAWN_NO_BASIS)


def _person(facts: Mapping[str, Any]) -> str | None:
    return None if facts.get("role") else "role_not_allowed"


def _proposer(facts: Mapping[str, Any]) -> str | None:
    """A person of the ground, or the machine where a machine may propose it."""
    if facts.get("role") is None:
        return None if facts["ground"] in MACHINE_MAY_PROPOSE else "ground_not_for_machine"
    return _reporter(facts)


def _reporter(facts: Mapping[str, Any]) -> str | None:
    return None if facts.get("role") in RULES[facts["ground"]].reporters else "ground_not_yours"


def _second(facts: Mapping[str, Any]) -> str | None:
    """The second person of the ground, never the author (law.md §8 c)."""
    if facts["role"] not in RULES[facts["ground"]].second_person:
        return "ground_not_yours"
    if facts["role"] == Role.DUTY_OFFICER and not facts.get("on_duty", True):
        return "not_on_duty"
    return "own_report" if facts["user_id"] == facts["author_id"] else None


def _decider(facts: Mapping[str, Any]) -> str | None:
    """Whom a declined author goes to; nobody decides on the own."""
    decider = Role.AGENCY_HEAD if facts.get("at_agency") else RULES[facts["ground"]].decider
    if facts["role"] != decider:
        return "ground_not_yours"
    return "own_report" if facts["user_id"] == facts["author_id"] else None


def _upholds(facts: Mapping[str, Any]) -> str | None:
    """An author is heard first, and by another than who declined."""
    if refusal := _decider(facts):
        return refusal
    if not facts.get("appealed"):
        return "appeal_not_made"
    return "appeal_needs_another" if facts["user_id"] == facts.get("decliner_id") else None


def _with_reason(facts: Mapping[str, Any]) -> str | None:
    return _second(facts) or (None if facts.get("reason") else "reason_required")


def _at_once(facts: Mapping[str, Any]) -> str | None:
    """PS-3, PS-4 and PS-6 go without waiting, PS-5 where it cannot; the others need their second person
    first."""
    rule = RULES[facts["ground"]]
    urgent = rule.at_once or (rule.if_urgent and bool(facts.get("reason")))
    return _reporter(facts) or (None if urgent else "second_person_required")


def _pending(facts: Mapping[str, Any]) -> str | None:
    """Nobody answered, not the deputy either: it goes out marked as pending, by a person's hand."""
    return _reporter(facts) or (None if facts.get("second_person_silent") else "second_person_required")


def _reviewable(facts: Mapping[str, Any]) -> str | None:
    return _second(facts) or (None if facts.get("review_owed") else "no_review_owed")


def _author(facts: Mapping[str, Any]) -> str | None:
    return _person(facts) or (None if facts["user_id"] == facts["author_id"] else "not_your_report")


def _saying(facts: Mapping[str, Any]) -> str | None:
    return _person(facts) or (None if facts.get("reason") else "reason_required")


def _for_the_station(facts: Mapping[str, Any]) -> str | None:
    """The station's own step. Where it is not on the system it told us by phone or in person, and somebody
    here enters that."""
    if facts.get("role") == Role.LIAISON_OFFICER:
        return None
    return _person(facts) or (None if facts.get("station_outside") else "role_not_allowed")


def _station_says(facts: Mapping[str, Any]) -> str | None:
    return _for_the_station(facts) or (None if facts.get("reason") else "reason_required")


def _all_done(facts: Mapping[str, Any]) -> str | None:
    """Nothing is owed any more: the review afterwards, and a word to the person or why not yet."""
    refusal = _person(facts)
    if refusal is None and facts.get("review_owed"):
        refusal = "review_still_owed"
    if refusal:
        return refusal
    return None if facts.get("told") else "telling_owed"


def _rows(
    sources: tuple[str, ...], event: str, target: str, roles: frozenset[Role], guard: Any = _person
) -> list[Transition]:
    return [Transition(source, event, target, roles, guard) for source in sources]


OUT = (S.SENT, S.FORWARDED, S.CORRECTED)

REPORT = StateTable(
    "liaison_report",
    initial=S.DRAFTED,
    terminal=(S.CLOSED,),
    transitions=[
        *_rows((S.DRAFTED, S.RETURNED), "propose", S.PROPOSED, AUTHORS, _proposer),
        Transition(S.DRAFTED, "send_at_once", S.SENT, AUTHORS, _at_once, law="PS-4"),
        Transition(S.PROPOSED, "send_at_once", S.SENT, AUTHORS, _at_once),
        Transition(S.PROPOSED, "approve", S.APPROVED, SECOND, _second, law="PS-1"),
        *_rows((S.PROPOSED, S.APPROVED), "return", S.RETURNED, SECOND, _with_reason),
        Transition(S.PROPOSED, "decline", S.DECLINED, SECOND, _with_reason),
        Transition(S.PROPOSED, "send_pending", S.SENT, AUTHORS, _pending),
        Transition(S.DECLINED, "overrule", S.APPROVED, DECIDERS, _decider),
        Transition(S.DECLINED, "uphold", S.CLOSED, DECIDERS, _upholds),
        *_rows((S.DRAFTED, S.RETURNED, S.DECLINED), "accept", S.CLOSED, AUTHORS, _author),
        Transition(S.DECLINED, "appeal", S.DECLINED, AUTHORS, _author),
        Transition(S.APPROVED, "send", S.SENT, AUTHORS | SECOND, _person),
        *_rows(OUT, "forward", S.FORWARDED, LIAISON | AUTHORS),
        *_rows((*OUT, S.RECEIVED, S.REVIEWED_AFTER), "correct", S.CORRECTED, AUTHORS | SECOND, _saying),
        *_rows((*OUT, S.REVIEWED_AFTER), "receive", S.RECEIVED, _ALL),
        *_rows((*OUT, S.RECEIVED), "confirm_after", S.REVIEWED_AFTER, SECOND, _reviewable),
        # Answered before anybody looked: what is owed is still done, and the answer stands.
        *[
            Transition(state, "confirm_after", state, SECOND, _reviewable)
            for state in (S.ANSWERED, S.QUESTIONED, S.REPLIED)
        ],
        *_rows(
            (*OUT, S.RECEIVED, S.REVIEWED_AFTER, S.ANSWERED, S.REPLIED),
            "no_basis",
            S.WITHDRAWN_NO_BASIS,
            SECOND,
            _with_reason,
        ),
        *_rows((S.RECEIVED, S.REVIEWED_AFTER), "answer", S.ANSWERED, _ALL, _for_the_station),
        Transition(S.ANSWERED, "question", S.QUESTIONED, AUTHORS | SECOND, _saying),
        Transition(S.QUESTIONED, "reply", S.REPLIED, _ALL, _station_says),
        *_rows((S.ANSWERED, S.REPLIED), "close", S.CLOSED, AUTHORS | SECOND, _all_done),
        Transition(S.WITHDRAWN_NO_BASIS, "acknowledge", S.CLOSED, _ALL, _for_the_station),
    ],
)
