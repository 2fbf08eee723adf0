"""The times that statistics are made for: closed months and closed years of the local calendar, nothing else.

No free range: from two ranges that overlap one could subtract. Nor quarters and halves: with months and years
published they would only be one more line by which something hidden could be worked out.
"""

import re
from dataclasses import dataclass
from datetime import date

DECEMBER = 12
_ASKED = re.compile(r"(?P<year>20[0-9]{2})(?:-(?P<month>0[1-9]|1[0-2]))?")


@dataclass(frozen=True, slots=True)
class Period:
    """A month, or with `month` None a whole year. Days are half-open: [first, after)."""

    year: int
    month: int | None = None

    @property
    def first(self) -> date:
        return date(self.year, self.month or 1, 1)

    @property
    def after(self) -> date:
        if self.month is None or self.month == DECEMBER:
            return date(self.year + 1, 1, 1)
        return date(self.year, self.month + 1, 1)

    def closed(self, today: date) -> bool:
        return self.after <= today

    def __str__(self) -> str:
        return str(self.year) if self.month is None else f"{self.year}-{self.month:02d}"


def parse(asked: str) -> Period | None:
    """`2026-10` or `2026`; None for anything else."""
    found = _ASKED.fullmatch(asked)
    if found is None:
        return None
    return Period(int(found["year"]), int(found["month"]) if found["month"] else None)


def closed_months(year: int, today: date) -> list[Period]:
    return [month for number in range(1, DECEMBER + 1) if (month := Period(year, number)).closed(today)]
