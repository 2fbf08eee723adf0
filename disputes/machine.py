"""The life of a dispute 纠纷 as a table (domain: disputes). `handling` carries its level in a column of its
own.

A refusal and a withdrawal are at the word, without guard; after them nothing invites, reminds or counts down.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from disputes.codes import ClosedElsewhere, DisputeState, ReopenReason
from kernel.codes.law import HandlingLevel
from kernel.codes.roles import Role
from kernel.transitions import StateTable, Transition

S = DisputeState
LEVELS = (HandlingLevel.GRID, HandlingLevel.COMMUNITY, HandlingLevel.STREET, HandlingLevel.DISTRICT)
ACTS_AT = {
    HandlingLevel.GRID: frozenset(
        {Role.GRID_WORKER, Role.COMMUNITY_COORDINATOR, Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR}
    ),
    HandlingLevel.COMMUNITY: frozenset({Role.COMMUNITY_COORDINATOR, Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR}),
    HandlingLevel.STREET: frozenset({Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR}),
    HandlingLevel.DISTRICT: frozenset({Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR}),
}
CENTRE = frozenset({Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR})
STAFF = CENTRE | {Role.COMMUNITY_COORDINATOR}
FIELD = STAFF | {Role.GRID_WORKER}
TABLE_SIDE = CENTRE | {Role.MEDIATOR}
OPEN_STATES = frozenset(
    {
        S.REGISTERED, S.ACCEPTED, S.TRIAGED, S.HANDLING, S.WITH_DEPARTMENT, S.WITH_MEDIATION, S.WITH_REFERRAL,
        S.REOPENED,
    }
)  # fmt: skip
MEDIATION_OVER = frozenset({S.REFUSED, S.WITHDRAWN})


def rank(level: str) -> int:
    """0 for the grid, 3 for the district."""
    return LEVELS.index(HandlingLevel(level))


def _acts_at_level(facts: Mapping[str, Any]) -> str | None:
    """A dispute is moved only by who answers for its present level, or by one above."""
    role, level = facts.get("role"), HandlingLevel(facts["level"])
    return None if role is None or role in ACTS_AT[level] else "level_not_yours"


def _upwards(facts: Mapping[str, Any]) -> str | None:
    return _acts_at_level(facts) or (
        None if rank(facts["to_level"]) > rank(facts["level"]) else "level_not_above"
    )


def _downwards(facts: Mapping[str, Any]) -> str | None:
    if facts.get("restricted") and rank(facts["to_level"]) < rank(HandlingLevel.STREET):
        return "restricted_stays_at_street"
    return _acts_at_level(facts) or (
        None if rank(facts["to_level"]) < rank(facts["level"]) else "level_not_below"
    )


def _with_reason(facts: Mapping[str, Any]) -> str | None:
    return _acts_at_level(facts) or (None if facts.get("reason") else "reason_required")


def _refusal_of_acceptance(facts: Mapping[str, Any]) -> str | None:
    """Not accepted: with the reason and the other ways that the person has (PM-3)."""
    return _with_reason(facts) or (None if facts.get("other_ways") else "other_ways_required")


def _settling(facts: Mapping[str, Any]) -> str | None:
    """On the spot by who answers for the level; a mediator settles what a mediator was asked into."""
    return None if facts.get("role") == Role.MEDIATOR else _acts_at_level(facts)


def _keeping(facts: Mapping[str, Any]) -> str | None:
    """The answer "it stays here" needs a question and a reason, and is not given by who asked."""
    if not facts.get("hand_up_asked"):
        return "hand_up_not_asked"
    if facts.get("role") is not None and facts.get("asked_by") == facts["role"]:
        return "hand_up_asked_by_you"
    return _with_reason(facts)


def _mediation_possible(facts: Mapping[str, Any]) -> str | None:
    """After a refusal only a party's own later application opens mediation again (PM-17)."""
    return "mediation_refused" if facts.get("mediation_refused") else None


def _closing(facts: Mapping[str, Any]) -> str | None:
    return None if facts.get("closed_as") in ClosedElsewhere.values() else "closing_unknown"


def _after_settlement(facts: Mapping[str, Any]) -> str | None:
    return None if facts.get("outcome") == S.SETTLED else "follow_up_not_owed"


def _follow_up_over(facts: Mapping[str, Any]) -> str | None:
    owed = facts.get("outcome") == S.SETTLED and not facts.get("follow_up_declined")
    return "follow_up_open" if owed else None


def _reopening(facts: Mapping[str, Any]) -> str | None:
    if facts.get("reopen_reason") not in ReopenReason.values():
        return "reason_required"
    refused = facts.get("mediation_refused") and facts["reopen_reason"] == ReopenReason.NEW_APPLICATION
    return "application_by_party_required" if refused and not facts.get("party_asks") else None


def _each(
    sources: Iterable[str], event: str, target: str, roles: frozenset[Role], guard: Any = None
) -> list[Transition]:
    return [Transition(source, event, target, roles, guard) for source in sources]


_BEFORE_HANDLING = (S.REGISTERED, S.ACCEPTED, S.TRIAGED)
_ELSEWHERE = (S.WITH_DEPARTMENT, S.WITH_REFERRAL)
_OVER = (S.REFUSED, S.WITHDRAWN, S.CLOSED_ELSEWHERE)
_WITH_CENTRE = (S.HANDLING, *_ELSEWHERE)
# The level may change before anybody has accepted: attention moves up, nothing about the matter is decided
# by that.
_LEVEL_STEPS = [row for state in (*_BEFORE_HANDLING, S.HANDLING) for row in (
    Transition(state, "hand_up", state, FIELD, _upwards),
    Transition(state, "hand_back", state, STAFF, _downwards),
    Transition(state, "ask_hand_up", state, FIELD - CENTRE, _upwards),
    Transition(state, "keep_level", state, STAFF, _keeping),
)]  # fmt: skip

DISPUTE = StateTable(
    "dispute",
    initial=S.REGISTERED,
    terminal=(S.NOT_ACCEPTED, S.NOT_A_DISPUTE, S.ARCHIVED),
    transitions=[
        Transition(S.REGISTERED, "accept", S.ACCEPTED, FIELD, _acts_at_level),
        Transition(S.REGISTERED, "not_accept", S.NOT_ACCEPTED, STAFF, _refusal_of_acceptance, law="PM-3"),
        Transition(S.REGISTERED, "not_a_dispute", S.NOT_A_DISPUTE, FIELD, _with_reason),
        Transition(S.REGISTERED, "watch_over", S.NOT_A_DISPUTE),
        Transition(S.REGISTERED, "merge", S.MERGED, STAFF, _acts_at_level),
        Transition(S.MERGED, "unmerge", S.REGISTERED, STAFF, _with_reason),
        Transition(S.ACCEPTED, "triage", S.TRIAGED, FIELD, _acts_at_level),
        Transition(S.REOPENED, "triage", S.TRIAGED, FIELD, _acts_at_level),
        Transition(S.TRIAGED, "handle", S.HANDLING, FIELD, _acts_at_level),
        *_LEVEL_STEPS,
        Transition(S.HANDLING, "reroute", S.HANDLING, STAFF, _with_reason),
        Transition(S.HANDLING, "settle", S.SETTLED, FIELD | {Role.MEDIATOR}, _settling),
        Transition(S.HANDLING, "to_department", S.WITH_DEPARTMENT, CENTRE, _acts_at_level),
        Transition(S.HANDLING, "to_mediation", S.WITH_MEDIATION, CENTRE, _mediation_possible, law="PM-17"),
        Transition(S.HANDLING, "to_referral", S.WITH_REFERRAL, CENTRE, _acts_at_level),
        *_each(_ELSEWHERE, "declined", S.HANDLING, CENTRE),
        *_each(_ELSEWHERE, "no_answer", S.HANDLING, CENTRE),
        *_each((*_ELSEWHERE, S.WITH_MEDIATION), "settle", S.SETTLED, TABLE_SIDE),
        *_each((*_ELSEWHERE, S.WITH_MEDIATION), "not_settle", S.NOT_SETTLED, TABLE_SIDE),
        Transition(S.WITH_MEDIATION, "refuse", S.REFUSED, TABLE_SIDE, law="PM-17"),
        Transition(S.WITH_MEDIATION, "withdraw", S.WITHDRAWN, TABLE_SIDE, law="PM-23"),
        Transition(S.WITH_MEDIATION, "not_taken", S.HANDLING, CENTRE),
        *_each(_WITH_CENTRE, "close_elsewhere", S.CLOSED_ELSEWHERE, CENTRE, _closing),
        Transition(S.WITH_MEDIATION, "close_elsewhere", S.CLOSED_ELSEWHERE, TABLE_SIDE, _closing),
        *_each((S.SETTLED, S.NOT_SETTLED), "feedback", S.FEEDBACK, STAFF | {Role.MEDIATOR}),
        # After a no the workers are told and nothing else follows.
        *[Transition(over, "feedback", over, STAFF | {Role.MEDIATOR}) for over in _OVER],
        Transition(S.FEEDBACK, "follow_up", S.FOLLOW_UP, STAFF, _after_settlement, law="PM-FU"),
        Transition(S.FEEDBACK, "archive", S.ARCHIVED, STAFF, _follow_up_over),
        *_each((S.FOLLOW_UP, *_OVER), "archive", S.ARCHIVED, STAFF),
        Transition(S.ARCHIVED, "reopen", S.REOPENED, STAFF, _reopening),
    ],
)

_GIVEN = {"reason": "?", "other_ways": ["?"], "closed_as": ClosedElsewhere.COURT, "party_asks": True,
          "reopen_reason": ReopenReason.NEW_FACTS}  # fmt: skip
"""What a person still says with a step: it is asked for when the step is taken."""


def choices(state: str, role: str, facts: Mapping[str, Any]) -> list[str]:
    """The steps that this role may take now, of a dispute with these facts (`level`, `restricted`,
    `hand_up_asked`, `asked_by`, `outcome`, `follow_up_declined`, `mediation_refused`)."""
    ways = {"hand_up": LEVELS[-1], "ask_hand_up": LEVELS[-1], "hand_back": LEVELS[0]}
    if facts.get("restricted"):
        ways["hand_back"] = HandlingLevel.STREET
    possible = []
    for row in DISPUTE.transitions:
        if row.source == state and role in row.roles:
            asked = {**_GIVEN, **facts, "role": role, "to_level": ways.get(row.event, "")}
            if row.guard is None or row.guard(asked) is None:
                possible.append(row.event)
    return possible


TO_HANDLING = {
    S.REGISTERED: ("accept", "triage", "handle"),
    S.ACCEPTED: ("triage", "handle"),
    S.REOPENED: ("triage", "handle"),
    S.TRIAGED: ("handle",),
    S.HANDLING: (),
}
"""The steps that one act of a person walks at once when it starts with the handling itself."""
