"""What a form of privacy is filled with (plain Python): what its record says in clear, never a value of the
file that it is about. Without anything in it, it is the blank.
"""

from dataclasses import dataclass

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """个人信息请求. Who asks is written on the paper by hand."""

    kind: str = ""
    paper_no: str = ""
    kept_at: str = ""
    received: str = ""
    due: str = ""
    identity: str = ""
    answer: str = ""
    refused: str = ""
    outcome: str = ""
    checked_by: str = ""
    answered_by: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """销毁清册: records by number, class and day."""

    kind: str = ""
    drafted: str = ""
    document_no: str = ""
    state: str = ""
    cancelled: str = ""
    rows: tuple[Row, ...] = ()
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class Queried:
    """依法查询 of a sealed file: which fields are asked for, never what stands there."""

    unit: str = ""
    basis: str = ""
    document_no: str = ""
    scope: str = ""
    seal_number: str = ""
    entered: str = ""
    decision: str = ""
    decided: str = ""
    refused: str = ""
    opened: str = ""
    answer: str = ""
    answered: str = ""
    entered_by: str = ""
    approved_by: str = ""


@dataclass(frozen=True, slots=True)
class Happened:
    """What happened with one record. `left_off`: what this paper does not hold, and from when on it does."""

    paper_no: str = ""
    since: str = ""
    rows: tuple[Row, ...] = ()
    left_off: str = ""
