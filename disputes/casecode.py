"""One code for a dispute's whole life 一案一码: `JF26-103003-00042-7`.

JF (纠纷), year, the last three digits of the county and the three of the street (GB/T 2260, GB/T 10114), a
running number of that street and year, and a check digit (ISO 7064 MOD 11,10), so that a code read out over
the telephone and heard wrong is noticed.
"""

import re

from kernel.law import law

_PATTERN = re.compile(r"JF(\d{2})-(\d{6})-(\d{5,7})-(\d)")
_AREA_DIGITS = 9
_MOD, _PLUS = 10, 11


def check_digit(digits: str) -> int:
    """ISO 7064 MOD 11,10 over decimal digits."""
    product = _MOD
    for digit in digits:
        total = (int(digit) + product) % _MOD or _MOD
        product = total * 2 % _PLUS
    return (_PLUS - product) % _MOD


@law("EF-1")
def dispute_code(*, year: int, street_code: str, number: int) -> str:
    """`street_code`: the 12-digit (or 9-digit) code of the street; `number` from 1."""
    if len(street_code) < _AREA_DIGITS or not street_code.isdigit():
        raise ValueError("a street's code has nine digits at least")
    parts = f"{year % 100:02d}", street_code[3:_AREA_DIGITS], f"{number:05d}"
    return f"JF{'-'.join(parts)}-{check_digit(''.join(parts))}"


def is_dispute_code(text: str) -> bool:
    """Whether `text` is a well-formed code with the right check digit."""
    match = _PATTERN.fullmatch(text)
    return match is not None and check_digit("".join(match.groups()[:3])) == int(match.group(4))
