"""Code tables: closed enums with a Chinese and an English text, and one hash over all of them.

Phones keep the tables offline; the hash tells them whether theirs is the current one.
"""

from enum import StrEnum
from hashlib import sha256
from typing import Self

_tables: dict[str, type["CodeTable"]] = {}


class CodeTable(StrEnum):
    """Base of every code table. A member is written `NAME = value, zh, en`."""

    zh: str
    en: str

    def __new__(cls, value: str, zh: str = "", en: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.zh = zh
        member.en = en
        return member

    def __init_subclass__(cls, *, table: str = "") -> None:
        super().__init_subclass__()
        if table:
            _tables[table] = cls

    @classmethod
    def choices(cls) -> list[tuple[str, str]]:
        """Pairs of value and Chinese text, as Django's `choices`."""
        return [(member.value, member.zh) for member in cls]

    @classmethod
    def values(cls) -> list[str]:
        return [member.value for member in cls]


def tables() -> dict[str, type[CodeTable]]:
    """Every published table by its name (`dispute_category`, …), sorted."""
    return dict(sorted(_tables.items()))


def content_hash() -> str:
    """SHA-256 (hex) over names, values and texts of all tables: changes when any of them changes."""
    lines = [f"{name}|{m.value}|{m.zh}|{m.en}" for name, table in tables().items() for m in table]
    return sha256("\n".join(lines).encode()).hexdigest()
