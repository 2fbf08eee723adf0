"""How papers write days, moments and choices."""

from collections.abc import Collection, Iterable
from datetime import date, datetime

from kernel import clock


def day(value: date | None) -> str:
    """2026年3月2日; empty for none."""
    return "" if value is None else f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime | None) -> str:
    """2026年3月2日 09:30, local; empty for none."""
    if value is None:
        return ""
    local = value.astimezone(clock.TZ)
    return f"{day(local.date())} {local:%H:%M}"


def boxes(options: Iterable[str], chosen: Collection[str] = ()) -> str:
    """All options in one line, the chosen ones filled: on the blank they are ticked by hand."""
    return "　".join(("■" if option in chosen else "□") + option for option in options)
