"""The rows of law and practice that code and tests may cite: id → (source, rule in short, how sure)."""

from importlib.resources import files
from typing import NamedTuple


class LawRow(NamedTuple):
    id: str
    source: str
    rule: str
    status: str


def _read() -> dict[str, LawRow]:
    """A row of several articles (`CCL-9/10`) is also known by each of its numbers (`CCL-9`, `CCL-10`)."""
    found: dict[str, LawRow] = {}
    for line in files("kernel").joinpath("law_rows.tsv").read_text(encoding="utf-8").splitlines()[1:]:
        row = LawRow(*line.split("\t"))
        prefix, _, numbers = row.id.partition("-")
        for number in numbers.split("/"):
            found.setdefault(f"{prefix}-{number}", row)
        found[row.id] = row
    return found


LAW_ROWS = _read()
