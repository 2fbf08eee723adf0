"""Complaints 投诉 (CCL-34b, CCL-61): their machine, by when they are answered, and who decides beside an
officer.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import Any

from kernel.calendar import DueDay, WorkCalendar
from kernel.codes import CodeTable
from kernel.codes.roles import Role
from kernel.deadlines import deadline
from kernel.law import law
from kernel.transitions import StateTable, Transition

DESK = frozenset({Role.COMPLAINTS_DESK, Role.PROCURATOR})
OUTSIDE = DESK | {Role.BUREAU_HEAD}


class ComplaintWay(CodeTable):
    """How a complaint came. None of them passes the officer."""

    PAPER = "paper", "书面", "on paper"
    PHONE = "phone", "电话", "by telephone"
    IN_PERSON = "in_person", "当面", "in person"


RECEIVED, ASSIGNED, ANSWERED = "received", "assigned", "answered"
PASSED_ON, WITHDRAWN, TOLD = "passed_on", "withdrawn", "told_procurator"
OPEN = frozenset({RECEIVED, ASSIGNED})


def _from_outside(facts: Mapping[str, Any]) -> str | None:
    return "complaint_needs_outsider" if facts["unit"] in facts["units_of_officer"] else None


COMPLAINT = StateTable(
    "correction_complaint",
    initial=RECEIVED,
    transitions=[
        *(
            Transition(state, "assign", ASSIGNED, roles=DESK, guard=_from_outside, law="CCL-34b")
            for state in (RECEIVED, ASSIGNED)
        ),
        Transition(ASSIGNED, "answer", ANSWERED, roles=OUTSIDE, law="CCL-34b"),
        *(Transition(state, "pass_on", PASSED_ON, roles=DESK) for state in (RECEIVED, ASSIGNED)),
        *(Transition(state, "withdraw", WITHDRAWN, roles=DESK) for state in (RECEIVED, ASSIGNED)),
        Transition(ANSWERED, "tell_procurator", TOLD, roles=DESK, law="CCL-34b"),
    ],
    terminal=[PASSED_ON, WITHDRAWN, TOLD],
)


@deadline(
    "complaint_answer", zh="投诉书面答复", en="a complaint is answered in writing", counted="working days",
    since="the day it was received", effect="stands as overdue at the desk and with the procurator",
    law=("CCL-34b",), settings=("COMPLAINT_ANSWER_WORKING_DAYS",),
)  # fmt: skip
def answer_due(received_on: date, working_days: int, calendar: WorkCalendar) -> DueDay:
    """The last day for the written answer."""
    return calendar.add_working_days(received_on, working_days)


# Beside an officer of the station somebody of agency or bureau decides; beside one of the agency the bureau;
# beside the bureau's head the agency's.
SECONDS: Mapping[Role, frozenset[Role]] = MappingProxyType(
    {
        Role.STATION_OFFICER: frozenset({Role.AGENCY_OFFICER, Role.AGENCY_HEAD, Role.BUREAU_HEAD}),
        Role.AGENCY_OFFICER: frozenset({Role.BUREAU_HEAD}),
        Role.AGENCY_HEAD: frozenset({Role.BUREAU_HEAD}),
        Role.BUREAU_HEAD: frozenset({Role.AGENCY_HEAD}),
    }
)


class Burden(CodeTable):
    """Acts that burden a person: each passes the same guard."""

    DECISION = "decision", "考核奖惩决定", "a sanction, or a proposal of one"
    POSITIONING = "positioning", "电子定位", "electronic positioning"
    LEAVE_REFUSED = "leave_refused", "不准外出", "leave refused"
    ORDERED_BACK = "ordered_back", "责令返回", "ordered back from a leave"
    LOST_CONTACT = "lost_contact", "失联查找", "a search opened"
    CONTACT_LIMIT = "contact_limit", "接触限制", "a limit of contacts, or a stricter plan"
    TRANSFER_REFUSED = "transfer_refused", "不同意变更执行地", "a change of place refused"
    ENTRY_REFUSED = "entry_refused", "不准进入特定区域场所", "permission to enter refused or taken back"
    LENGTHENING_REFUSED = "lengthening_refused", "不准延长报告期限", "a report's term not lengthened"
    TERMINATION = "termination", "终止矫正", "termination"


ASKED, AGREED, DECLINED, USED = "asked", "agreed", "declined", "used"
# Whoever asked needs it no more. A complaint has a state of the same name.
TAKEN_BACK = "withdrawn"


def _second_person(facts: Mapping[str, Any]) -> str | None:
    """Of another unit, in a role that may decide beside this one."""
    fits = facts["role"] in SECONDS.get(facts["first_role"], frozenset())
    other = facts["unit"] != facts["first_unit"] and facts["actor"] != facts["first"]
    return None if fits and other else "second_decider_not_fit"


def _asker(facts: Mapping[str, Any]) -> str | None:
    return None if facts["actor"] == facts["first"] else "second_decider_asker_only"


_ANY_SECOND = frozenset().union(*SECONDS.values())
SECOND = StateTable(
    "second_decision",
    initial=ASKED,
    transitions=[
        Transition(ASKED, "agree", AGREED, roles=_ANY_SECOND, guard=_second_person, law="CCL-61"),
        Transition(ASKED, "decline", DECLINED, roles=_ANY_SECOND, guard=_second_person),
        Transition(ASKED, "withdraw", TAKEN_BACK, roles=frozenset(SECONDS), guard=_asker),
        Transition(AGREED, "use", USED, roles=frozenset(SECONDS)),
    ],
    terminal=[USED, DECLINED, TAKEN_BACK],
)


@law("CCL-34b", "CCL-61")
def needs_second(open_complaint: bool, earlier: Iterable[datetime], now: datetime, again_days: int) -> bool:
    """Whether a burdening act needs a second decider: while a complaint of the person against the officer is
    open, and whenever the same officer burdened the same person shortly before.

    The second reason holds for everybody, so that being asked for a second one tells nobody of a complaint.
    """
    return open_complaint or any(now - at < timedelta(days=again_days) for at in earlier)
