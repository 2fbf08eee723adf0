"""School and work of the young in a plan (CCL-55): compulsory education is ensured, help with work comes from
sixteen on."""

from collections.abc import Collection
from datetime import date

from corrections.codes import Education, HelpMeasure
from corrections.term import add_months
from kernel.law import law

WORK_AT = 16


@law("CCL-55")
def schooling_gaps(
    born_on: date, starts_on: date, education: str, help_measures: Collection[str], *, minors_rules: bool
) -> list[str]:
    """Codes of what a plan lacks for somebody young; empty when it may be put in force. Who is past sixteen
    need not tell of school; where it was broken off, the plan helps back to it, at any age under the minors'
    rules."""
    gaps = []
    young = starts_on < add_months(born_on, WORK_AT * 12)
    if young and not education:
        gaps.append("schooling_unknown")
    if minors_rules and education == Education.BROKEN_OFF and HelpMeasure.STUDY not in help_measures:
        gaps.append("schooling_needs_help")
    if young and HelpMeasure.EMPLOYMENT in help_measures:
        gaps.append("work_from_sixteen")
    return gaps
