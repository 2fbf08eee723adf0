"""From a missed contact to lost contact and out of it again: the table, the clocks, and the counting of days.

No hour count and no missed contact makes anybody lost: an officer of the agency does (CCL-30).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from corrections.machine import AGENCY
from corrections.search_codes import SearchState, TakenOut
from corrections.term import add_months
from kernel.deadlines import deadline
from kernel.law import law
from kernel.transitions import StateTable, Transition

S = SearchState
OPEN = (S.REVIEW, S.LOST)
WAYS_ENOUGH = 2


@law("CCL-30")
def says_why(facts: Mapping[str, Any]) -> str | None:
    """Every step of the agency has its reason in words."""
    return None if facts["text"] else "search_needs_reason"


@law("CCM-38")
def found_fully(facts: Mapping[str, Any]) -> str | None:
    """Found: where, since when, the reason as told, and the officer's judgement."""
    missing = [name for name in ("place", "since_on", "told", "judgement") if not facts.get(name)]
    return "search_end_incomplete" if missing else None


def by_document(facts: Mapping[str, Any]) -> str | None:
    """Detention, death and what takes somebody out of the category rest on a document and a date."""
    return None if facts.get("document_no") and facts.get("since_on") else "search_end_incomplete"


def since_when(facts: Mapping[str, Any]) -> str | None:
    return None if facts.get("since_on") else "search_end_incomplete"


SEARCH = StateTable(
    "search",
    initial=S.REVIEW,
    transitions=[
        Transition(S.REVIEW, "explain", S.EXPLAINED, roles=AGENCY, guard=says_why),
        Transition(S.REVIEW, "late_data", S.EXPLAINED),
        Transition(S.REVIEW, "consider_admonition", S.ADMONITION, roles=AGENCY, guard=says_why),
        Transition(S.REVIEW, "lose", S.LOST, roles=AGENCY, guard=says_why, law="CCL-30"),
        Transition(S.LOST, "find", S.FOUND, roles=AGENCY, guard=found_fully, law="CCM-38"),
        Transition(S.LOST, "find_refusing", S.FOUND_REFUSES, roles=AGENCY, guard=found_fully, law="CCM-38"),
        Transition(S.LOST, "detained", S.DETAINED, roles=AGENCY, guard=by_document, law="CCM-41"),
        Transition(S.LOST, "hospital", S.HOSPITAL, roles=AGENCY, guard=since_when),
        Transition(S.LOST, "die", S.DIED, roles=AGENCY, guard=by_document, law="CCL-51"),
        Transition(S.LOST, "leave_category", S.LEFT, roles=AGENCY, guard=by_document),
        *(Transition(state, "our_error", S.ERROR, roles=AGENCY, guard=says_why) for state in OPEN),
        *(Transition(state, "term_end", S.LEFT) for state in OPEN),
    ],
    terminal=[state for state in S if state not in OPEN],
)
ENDINGS = ("find", "find_refusing", "detained", "hospital", "die", "leave_category", "our_error")


@deadline(
    "missed_review", zh="未联系后的核查", en="a missed contact is reviewed", counted="hours",
    since="the contact was missed, or a second way failed", effect="a review opens at the agency by itself",
    law=("CCL-30",), settings=("MISSED_REVIEW_H",),
)  # fmt: skip
def review_due(missed_at: datetime, hours: int) -> datetime:
    """When the agency's review opens by itself, if nothing has settled the contact by then."""
    return missed_at + timedelta(hours=hours)


@deadline(
    "lost_told", zh="失联通报", en="police and procuratorate are told of a lost contact", counted="hours",
    since="lost contact", effect="on the worklist, overdue", law=("CCL-30", "CCM-38"),
    settings=("LOST_TELL_H",),
)  # fmt: skip
def tell_due(lost_at: datetime, hours: int) -> datetime:
    return lost_at + timedelta(hours=hours)


def tried_enough(ways: Iterable[str]) -> bool:
    """Whether two different ways were tried. It is shown; a search does not wait for it."""
    return len(set(ways)) >= WAYS_ENOUGH


# Days out of supervision.


@dataclass(frozen=True, slots=True)
class Out:
    """Days that are taken out, both ends included, with the paper that proves them."""

    kind: TakenOut
    first: date
    last: date
    document_no: str = ""


@dataclass(frozen=True, slots=True)
class Counted:
    """Days out of supervision as an officer counted them from stated dates, and what stands beside them."""

    days: int
    taken_out: int
    above_days: bool
    above_month: bool


@law("CCL-X1", "CCM-34")
def count_days(first: date, last: date, outs: Iterable[Out], *, limit: int) -> Counted:
    """The days from `first` to `last`, both included, without hospital, detention, leave and our outages.

    `above_days` and `above_month` are flags for an officer to look at. Nothing follows from them, and the
    machine proposes nothing.
    """
    span = {first + timedelta(days=step) for step in range((last - first).days + 1)}
    away = {
        out.first + timedelta(days=step) for out in outs for step in range((out.last - out.first).days + 1)
    }
    days = len(span - away)
    month = (add_months(first, 1) - first).days
    return Counted(days, len(span & away), days > limit, days > month)
