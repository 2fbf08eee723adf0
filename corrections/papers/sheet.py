"""What the head of every form says about the person and the orders (plain Python). Empty: a blank."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Sheet:
    """One person in correction as a form needs it."""

    name: str = ""
    category: str = ""
    document_no: str = ""
    organ: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    station: str = ""
    agency: str = ""
    officer: str = ""
    guardian: str = ""


BLANK = Sheet()


def day(value: date | None) -> str:
    """2026年3月2日; empty for none."""
    return "" if value is None else f"{value.year}年{value.month}月{value.day}日"


def boxes(*options: str) -> str:
    """Options to be ticked by hand."""
    return "　".join(f"□{option}" for option in options)
