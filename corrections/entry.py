"""Permission to enter a place that an injunction closes 进入特定区域场所审批 (CCM-39): the agency's alone."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from corrections.machine import AGENCY
from kernel.codes import CodeTable
from kernel.deadlines import deadline
from kernel.law import law
from kernel.transitions import StateTable, Transition

APPLIED, APPROVED, REFUSED = "applied", "approved", "refused"
WITHDRAWN, REVOKED, ENDED = "withdrawn", "revoked", "ended"
OPEN = (APPLIED, APPROVED)


class EntryTold(CodeTable):
    """Who is told of an approval."""

    COURT = "court", "原审人民法院", "the court of the injunction"
    PROCURATORATE = "procuratorate", "人民检察院", "the procuratorate"


def _with_reason(facts: Mapping[str, Any]) -> str | None:
    return None if facts["text"] else "reason_required"


ENTRY = StateTable(
    "entry_permission",
    initial=APPLIED,
    transitions=[
        Transition(APPLIED, "approve", APPROVED, roles=AGENCY, law="CCM-39"),
        Transition(APPLIED, "refuse", REFUSED, roles=AGENCY, guard=_with_reason, law="CCM-39"),
        Transition(APPLIED, "withdraw", WITHDRAWN, roles=AGENCY),
        Transition(APPROVED, "revoke", REVOKED, roles=AGENCY, guard=_with_reason),
        *(Transition(state, "lapse", ENDED) for state in OPEN),
    ],
    terminal=[REFUSED, WITHDRAWN, REVOKED, ENDED],
)


@law("CCM-39")
def holds(first: date, last: date, today: date) -> bool:
    """Whether an approval covers a day: both its days do. It ends by its date, without anybody's act."""
    return first <= today <= last


@deadline(
    "entry_told", zh="准予进入后告知法院和检察院",
    en="court and procuratorate are told of a permission to enter",
    counted="calendar days", since="the approval", effect="on the worklist until both are", law=("CCM-39",),
    settings=("ENTRY_TELL_DAYS",),
)  # fmt: skip
def told_due(approved_on: date, days: int) -> date:
    return approved_on + timedelta(days=days)
