"""Tables on a terminal; Chinese characters take two columns."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any


def width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def table(head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Texts to the left, numbers to the right."""
    body = [list(row) for row in rows]
    texts = [any(not isinstance(row[n], int) for row in body) for n in range(len(head))]
    lines = [list(head), *([str(cell) for cell in row] for row in body)]
    wide = [max(width(line[n]) for line in lines) for n in range(len(head))]
    out = ["  ".join(_cell(cell, wide[n], left=texts[n]) for n, cell in enumerate(line)) for line in lines]
    return "\n".join(line.rstrip() for line in [out[0], "  ".join("-" * size for size in wide), *out[1:]])


def _cell(text: str, size: int, *, left: bool) -> str:
    room = " " * (size - width(text))
    return text + room if left else room + text


def counts(title: str, found: dict[str, int]) -> str:
    """`title: a 3, b 1`, most frequent first."""
    ordered = Counter(found).most_common()
    return f"{title}: " + (", ".join(f"{name} {number}" for name, number in ordered) or "none")
