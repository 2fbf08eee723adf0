"""The time limits of privacy as pure functions."""

from datetime import date, timedelta

from kernel.deadlines import deadline
from kernel.law import law

SHARE_DAYS_LEAST = 1096
"""Three years with a leap day: the law's minimum, which no setting undercuts."""


@law("ND-12")
@deadline(
    "share_log", zh="提供记录保存期限", en="a row of the share log is kept", length="3 years at least",
    counted="calendar days", since="the day it was given", effect="may be removed by the owner",
    law=("ND-12",), settings=("SHARE_LOG_DAYS",),
)  # fmt: skip
def share_kept_until(day: date, *, days: int) -> date:
    """The last day on which the row must still stand."""
    return day + timedelta(days=max(days, SHARE_DAYS_LEAST))
