"""The three closings, the list of what is destroyed, and the lawful query, as tables (domain: privacy)."""

from collections.abc import Mapping
from typing import Any

from kernel.codes import CodeTable
from kernel.codes.roles import Role
from kernel.transitions import StateTable, Transition


class ClosingState(CodeTable):
    OPEN = "open", "在用", "open"
    RESTRICTED = "restricted", "限制", "restricted"
    SEALED = "sealed", "封存", "sealed"
    DESTROYED = "destroyed", "销毁", "destroyed"


# Rows of the law that can be the ground of a seal: offences under 18, and records of public-order violations.
SEAL_BASES = ("MI-59", "MI-SEAL", "PO-136")


class MarkFault(CodeTable):
    """Why the mark of a record that was to be sealed is taken back. A closed list: no words about a person
    stand in the clear."""

    AGE = "age", "犯罪时已满十八周岁", "eighteen or older at the offence"
    SENTENCE = "sentence", "刑期超过五年", "a sentence of more than five years"
    BASIS = "basis", "依据有误", "the wrong row of the law"
    PERSON = "person", "标错了人", "the wrong person"


class ListState(CodeTable):
    DRAFTED = "drafted", "拟定", "drafted"
    SIGNED = "signed", "一人已签", "signed once"
    DESTROYED = "destroyed", "已销毁", "destroyed"
    CANCELLED = "cancelled", "已取消", "cancelled"


class QueryState(CodeTable):
    ENTERED = "entered", "已登记", "entered"
    APPROVED = "approved", "已批准", "approved"
    OPENED = "opened", "启封查询中", "opened"
    ANSWERED = "answered", "已答复", "answered"
    REFUSED = "refused", "不予查询", "refused"


class RequestState(CodeTable):
    RECEIVED = "received", "已收到", "received"
    IDENTIFIED = "identified", "身份已核验", "identity checked"
    ANSWERED = "answered", "已答复", "answered"
    REFUSED = "refused", "不予办理", "refused"


class IncidentState(CodeTable):
    OPEN = "open", "处置中", "open"
    CONTAINED = "contained", "已控制", "contained"
    CLOSED = "closed", "办结", "closed"


DESKS = frozenset(
    {
        Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR, Role.STATION_OFFICER, Role.AGENCY_OFFICER, Role.AGENCY_HEAD,
    }
)  # fmt: skip
HEAD = frozenset({Role.BUREAU_HEAD})
KEEPER = frozenset({Role.ARCHIVE_KEEPER})
HOLDERS = HEAD | KEEPER
"""The two people who hold a half of the seal key each."""


def _two(facts: Mapping[str, Any]) -> str | None:
    """Both holders, two people."""
    return "second_person_same" if facts["user_id"] == facts["first_id"] else None


C, L, Q = ClosingState, ListState, QueryState
CLOSING = StateTable(
    "closing",
    initial=C.OPEN,
    terminal=(C.DESTROYED,),
    transitions=[
        Transition(C.OPEN, "restrict", C.RESTRICTED, HEAD, law="PI-19/47"),
        Transition(C.RESTRICTED, "seal", C.SEALED, HOLDERS, law="MI-SEAL"),
        Transition(C.SEALED, "lift", C.RESTRICTED, KEEPER, law="MI-SEAL"),
        # Roles empty: only a list with two signatures does it.
        Transition(C.RESTRICTED, "destroy", C.DESTROYED),
        Transition(C.SEALED, "destroy", C.DESTROYED),
    ],
)
DESTRUCTION = StateTable(
    "destruction_list",
    initial=L.DRAFTED,
    terminal=(L.DESTROYED, L.CANCELLED),
    transitions=[
        Transition(L.DRAFTED, "sign", L.SIGNED, KEEPER),
        Transition(L.SIGNED, "countersign", L.DESTROYED, HEAD, _two),
        Transition(L.DRAFTED, "cancel", L.CANCELLED, HOLDERS),
        Transition(L.SIGNED, "cancel", L.CANCELLED, HOLDERS),
    ],
)
QUERY = StateTable(
    "lawful_query",
    initial=Q.ENTERED,
    terminal=(Q.ANSWERED, Q.REFUSED),
    transitions=[
        Transition(Q.ENTERED, "approve", Q.APPROVED, HEAD, _two, law="MI-SEAL"),
        Transition(Q.ENTERED, "refuse", Q.REFUSED, HEAD),
        Transition(Q.APPROVED, "refuse", Q.REFUSED, HEAD),
        Transition(Q.APPROVED, "open", Q.OPENED, KEEPER, law="MI-SEAL"),
        Transition(Q.OPENED, "answer", Q.ANSWERED, KEEPER),
    ],
)
R, N = RequestState, IncidentState
REQUEST = StateTable(
    "person_request",
    initial=R.RECEIVED,
    terminal=(R.ANSWERED, R.REFUSED),
    transitions=[
        Transition(R.RECEIVED, "identify", R.IDENTIFIED, DESKS, law="PI-45/46/50"),
        Transition(R.IDENTIFIED, "answer", R.ANSWERED, DESKS),
        Transition(R.RECEIVED, "refuse", R.REFUSED, DESKS),
        Transition(R.IDENTIFIED, "refuse", R.REFUSED, DESKS),
    ],
)


def _authority_told(facts: Mapping[str, Any]) -> str | None:
    return None if facts["authority_told"] else "authority_not_told"


HANDLERS = frozenset({Role.DISTRICT_ADMIN, Role.BUREAU_HEAD})
INCIDENT = StateTable(
    "incident",
    initial=N.OPEN,
    terminal=(N.CLOSED,),
    transitions=[
        Transition(N.OPEN, "contain", N.CONTAINED, HANDLERS, law="PI-57"),
        Transition(N.CONTAINED, "close", N.CLOSED, HANDLERS, _authority_told),
    ],
)
