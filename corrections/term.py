"""The term of an order: its last day by category, who has to report by when, who is a minor."""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kernel.codes.law import CorrectionCategory
from kernel.law import law

REPORT_IN_DAYS = 10
ADULT_AT = 18
_CUSTODY_COUNTS = {CorrectionCategory.PUBLIC_SURVEILLANCE: 2}
# 刑法 38 with 69 (several punishments), 刑法 73: a slip of the pen must not burden anybody for years.
MOST_MONTHS = {CorrectionCategory.PUBLIC_SURVEILLANCE: 36, CorrectionCategory.SUSPENDED_SENTENCE: 60}
_STATED_BY_DOCUMENT = frozenset({CorrectionCategory.PAROLE, CorrectionCategory.TEMPORARY_OUTSIDE_PRISON})


@dataclass(frozen=True, slots=True)
class Term:
    """What the operative document says. `stated_end` only where the document names the last day itself."""

    category: CorrectionCategory
    starts_on: date
    months: int = 0
    days: int = 0
    custody_days: int = 0
    stated_end: date | None = None


def term_gaps(term: Term) -> list[str]:
    """Codes of what is wrong with a term; empty when its end can be computed."""
    gaps = []
    stated = term.category in _STATED_BY_DOCUMENT
    if stated and term.stated_end is None:
        gaps.append("term_end_not_stated")
    if not stated and term.months + term.days <= 0:
        gaps.append("term_has_no_length")
    if term.custody_days and term.category not in _CUSTODY_COUNTS:
        gaps.append("term_takes_no_credit")
    if min(term.months, term.days, term.custody_days) < 0:
        gaps.append("term_is_negative")
    if not gaps and end_date(term) < term.starts_on:
        gaps.append("term_ends_before_start")
    if not gaps and _beyond_law(term):
        gaps.append("term_beyond_law")
    return gaps


@law("C-1")
def _beyond_law(term: Term) -> bool:
    """Longer than the category's punishment can be, before anything is credited."""
    most = MOST_MONTHS.get(term.category)
    length = add_months(term.starts_on, term.months) + timedelta(days=term.days)
    return most is not None and length > add_months(term.starts_on, most)


def end_date(term: Term) -> date:
    """The last day of the term, itself included: everything that burdens the person stops at its 24:00.

    Public surveillance: a day of custody counts for two (刑法 41). Suspended sentence: the probation runs
    from the day the judgment became final and nothing is credited (刑法 73). Parole and temporary service
    outside prison: the day that the document states.
    """
    if term.category in _STATED_BY_DOCUMENT and term.stated_end is not None:
        return term.stated_end
    after = add_months(term.starts_on, term.months) + timedelta(days=term.days)
    credited = term.custody_days * _CUSTODY_COUNTS.get(term.category, 0)
    return after - timedelta(days=1 + credited)


def add_months(day: date, months: int) -> date:
    """The same day of a later month, or that month's last day."""
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class ReportIn:
    """Who has to act by which day after the judgment is final. Lateness of an organ is never the person's."""

    due_on: date
    owed_by: str


@law("CCL-21")
def report_in(category: CorrectionCategory, effective_on: date) -> ReportIn:
    """The person reports within ten days; of category 04 the transferring organ owes the transfer."""
    owed_by = "organ" if category == CorrectionCategory.TEMPORARY_OUTSIDE_PRISON else "person"
    return ReportIn(effective_on + timedelta(days=REPORT_IN_DAYS), owed_by)


@law("CCL-58")
def minor_regime(born_on: date, received_on: date) -> bool:
    """Whether the minors' rules apply. Fixed at reception and never computed again from the age."""
    return received_on < add_months(born_on, ADULT_AT * 12)


@dataclass(frozen=True, slots=True)
class SaidEnd:
    """A last day that an officer wrote down of an order, in the order of writing."""

    order: object
    ends_on: date
    confirmed: bool


@law("CCL-9/10", "CCL-44")
def held_until(said: Sequence[SaidEnd]) -> date:
    """The last day that holds: several orders, one term, which ends with the last of them. Once a second
    officer has confirmed a term, nothing prolongs or shortens it on one officer's word: of each order holds
    what was confirmed last. Before that the newest of each holds."""
    holding = [one for one in said if one.confirmed] or said
    newest = {one.order: one.ends_on for one in holding}
    return max(newest.values())


def in_force(ends_on: date, day: date) -> bool:
    """Whether the term still runs on `day`; the last day belongs to it (CCL-44)."""
    return day <= ends_on
