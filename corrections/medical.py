"""Health and review reports of 暂予监外执行 (CCM-24b): when each is due, who lengthens it, what is late.

A late report is shown with its days. Nothing follows from it: what an officer makes of it is a decision.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from corrections.machine import AGENCY, STAFF
from corrections.term import add_months
from kernel.codes import CodeTable
from kernel.codes.law import CorrectionCategory, TemporaryOutsideGround
from kernel.deadlines import deadline
from kernel.law import law
from kernel.transitions import StateTable, Transition


class MedicalKind(CodeTable):
    HEALTH = "health", "身体情况报告", "health report"
    REVIEW = "review", "病情复查报告", "review report of a hospital"


class MedicalExcuse(CodeTable):
    """Why a report is not asked for; none of them is the person's lateness."""

    DETAINED = "detained", "羁押", "detained"
    IN_HOSPITAL = "in_hospital", "住院治疗", "in hospital"
    OUR_FAULT = "our_fault", "我方原因", "our fault"


class LengthenLevel(CodeTable):
    """Who lengthens the term of a report; city and province stand outside of this system."""

    AGENCY = "agency", "县级社区矫正机构", "the county's agency"
    CITY = "city", "上一级社区矫正机构", "the next higher agency"
    PROVINCE = "province", "省级社区矫正机构", "the province's agency"


DUE, HANDED_IN, EXCUSED, CANCELLED = "due", "handed_in", "excused", "cancelled"


def _hospital_named(facts: Mapping[str, Any]) -> str | None:
    """A review is made by a designated hospital; the person tells of the own health without one."""
    wanted = facts["kind"] == MedicalKind.REVIEW
    return "review_needs_hospital" if wanted and not facts["hospital"] else None


MEDICAL = StateTable(
    "medical_report",
    initial=DUE,
    transitions=[
        *(
            Transition(state, "hand_in", HANDED_IN, roles=STAFF, guard=_hospital_named, law="CCM-24b")
            for state in (DUE, EXCUSED)
        ),
        Transition(DUE, "excuse", EXCUSED, roles=STAFF),
        Transition(DUE, "term_end", CANCELLED),
    ],
    terminal=[HANDED_IN, CANCELLED],
)

PROPOSED, IN_FORCE, REFUSED, WITHDRAWN = "proposed", "in_force", "refused", "withdrawn"


@law("CCM-24b")
def _granted(facts: Mapping[str, Any]) -> str | None:
    """The county's agency by another officer than the one who proposed it; above it by document, which
    another officer has compared."""
    if facts["level"] == LengthenLevel.AGENCY:
        return "lengthening_needs_another" if facts["by"] == facts["proposed_by"] else None
    if not facts["document_no"]:
        return "lengthening_needs_document"
    return "lengthening_needs_another" if facts["by"] == facts["recorded_by"] else None


LENGTHENING = StateTable(
    "report_lengthening",
    initial=PROPOSED,
    transitions=[
        Transition(PROPOSED, "grant", IN_FORCE, roles=AGENCY, guard=_granted, law="CCM-24b"),
        Transition(PROPOSED, "refuse", REFUSED, roles=AGENCY),
        Transition(PROPOSED, "withdraw", WITHDRAWN, roles=STAFF),
    ],
    terminal=[IN_FORCE, REFUSED, WITHDRAWN],
)


@law("CCM-24b")
def kinds_of(orders: Iterable[tuple[str, str]]) -> list[MedicalKind]:
    """What is reported under these (category, ground): of 04 the health, of 保外就医 the review besides."""
    outside = {
        ground for category, ground in orders if category == CorrectionCategory.TEMPORARY_OUTSIDE_PRISON
    }
    if not outside:
        return []
    medical = TemporaryOutsideGround.MEDICAL in outside
    return [MedicalKind.HEALTH, *([MedicalKind.REVIEW] if medical else [])]


@law("CCM-24b")
@deadline(
    "medical_report", zh="身体情况和病情复查报告", en="a health or review report is handed in",
    counted="calendar months", since="reception; after a lengthening, the lengthened day",
    effect="shown as late with its days; nothing follows from it", law=("CCM-24b",),
    settings=("HEALTH_REPORT_MONTHS", "REVIEW_REPORT_MONTHS"),
)  # fmt: skip
def report_due(counted_from: date, step: int, months: int) -> date:
    """The last day of the `step`-th report."""
    return add_months(counted_from, months * step)


@dataclass(frozen=True, slots=True)
class Counted:
    """Where a report stands in its row of reports. `due_on` differs from `regular_on` once lengthened."""

    counted_from: date
    step: int
    regular_on: date
    due_on: date


@dataclass(frozen=True, slots=True)
class Frame:
    """Of whom: received when, known here since when, the last day of the term (None: not known yet)."""

    received_on: date
    known_on: date
    ends_on: date | None


def next_report(last: Counted | None, frame: Frame, *, months: int, today: date) -> Counted | None:
    """The report that stands in the row after `last`; None while one lies ahead, or after the term.

    The first is the first one due once the person is known here: an old file makes nobody late.
    """
    if last is None:
        start, step, after = frame.received_on, 1, frame.known_on
    elif last.due_on >= today:
        return None
    else:
        lengthened = last.due_on != last.regular_on
        start = last.due_on if lengthened else last.counted_from
        step = 1 if lengthened else last.step + 1
        after = date.fromordinal(last.due_on.toordinal() + 1)
    while report_due(start, step, months) < after:
        step += 1
    due_on = report_due(start, step, months)
    if frame.ends_on is not None and due_on > frame.ends_on:
        return None
    return Counted(start, step, due_on, due_on)


@law("CCM-24b")
def lengthen_level(regular_on: date, until: date, *, city_months: int, province_months: int) -> LengthenLevel:
    """Who may set the day `until`, counted from the regular one: under a month the county's agency, up to
    three months the city's, beyond that the province's."""
    if until < add_months(regular_on, city_months):
        return LengthenLevel.AGENCY
    if until <= add_months(regular_on, province_months):
        return LengthenLevel.CITY
    return LengthenLevel.PROVINCE
