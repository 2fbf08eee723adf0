"""Grid and area codes (GR-3 to GR-6): digits, their parts, the width of the serial."""

import re
from collections.abc import Sequence

from kernel.codes.law import AreaLevel
from kernel.law import law

COMMUNITY_DIGITS = 12
AREA_DIGITS = {"province": 2, "city": 4, "district": 6, "street": 9, "community": 12}
_AREA = re.compile(r"[1-9][0-9]{11}")
# GR-6, digits 7 to 9: streets, towns, townships, bodies of the kind of an enterprise
STREET_SERIALS = range(1, 600)
HOUSEHOLDS = range(300, 501)


@law("GR-4", "GR-5")
def grid_code_fault(code: str, *, serial_digits: int) -> str | None:
    """What is wrong with a grid code of 6 + 3 + 3 + `serial_digits` digits; None when it is right."""
    if not code.isascii() or not code.isdigit():
        return "网格编码只含数字 a grid code has digits only"
    if len(code) != COMMUNITY_DIGITS + serial_digits:
        digits, parts = COMMUNITY_DIGITS + serial_digits, f"6 + 3 + 3 + {serial_digits}"
        return f"网格编码应为 {digits} 位 a grid code has {digits} digits ({parts})"
    return area_code_fault(code[:COMMUNITY_DIGITS], "community")


@law("GR-6")
def area_code_fault(code: str, level: str) -> str | None:
    """What is wrong with a 12-digit division code of a level; None when it is right."""
    if not _AREA.fullmatch(code):
        return "区划代码应为 12 位数字 a division code has 12 digits"
    own = AREA_DIGITS[level]
    if code[own:].strip("0"):
        zeros = COMMUNITY_DIGITS - own
        return f"{AreaLevel(level).zh}代码末 {zeros} 位应为零 a code of level {level} ends with {zeros} zeros"
    if level in ("street", "community") and int(code[6:9]) not in STREET_SERIALS:
        return "第 7 至 9 位不属于街道、镇或乡 digits 7 to 9 are not those of a street, town or township"
    if level == "community" and code.endswith("000"):
        return "社区代码第 10 至 12 位不为零 digits 10 to 12 of a community are not zero"
    return None


def community_code(grid_code: str) -> str:
    """The community a grid belongs to, by its code (GR-3)."""
    return grid_code[:COMMUNITY_DIGITS]


def parent_code(code: str, level: str) -> str | None:
    """The code of the division above; None above a province."""
    levels = list(AREA_DIGITS)
    at = levels.index(level)
    return None if at == 0 else code[: AREA_DIGITS[levels[at - 1]]].ljust(COMMUNITY_DIGITS, "0")


def level_of(code: str) -> str:
    """The level of a 12-digit division code, by where its zeros begin."""
    return next(level for level, digits in AREA_DIGITS.items() if not code[digits:].strip("0"))


@law("GR-1")
def household_warning(households: int | None) -> str | None:
    """A soft warning outside 300 to 500 households; None when the number is inside or not told."""
    if households is None or households in HOUSEHOLDS:
        return None
    span = f"{HOUSEHOLDS.start}-{HOUSEHOLDS.stop - 1}"
    return f"{households} 户，不在 {span} 户之间 {households} households, outside {span}"


@law("GR-3")
def numbered(centres: Sequence[tuple[float, float]]) -> list[int]:
    """Positions of (x, y) centres in the order of numbering: rows north to south, a row west to east."""
    if not centres:
        return []
    north = max(y for _, y in centres)
    height = north - min(y for _, y in centres)
    row = height / max(round(len(centres) ** 0.5), 1) or 1.0
    return sorted(range(len(centres)), key=lambda i: (int((north - centres[i][1]) / row), centres[i][0]))
