"""The matrix of access as observed, as a page, and as it stands in the documents."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from kernel.codes.roles import Role
from tests.access.records import cell, kinds, shown
from tests.access.routes import Route, routes
from tests.access.stock import Stock, everything

Table = dict[str, dict[str, str]]
DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "concepts" / "access.md"
SECTION = re.compile(r"(?<=<!-- matrix -->\n).*?(?=<!-- /matrix -->)", re.DOTALL)
LISTS_LESS: frozenset[str] = frozenset()
"""Kinds whose list leaves out on purpose what details still show."""


def observed(stock: Stock) -> Table:
    """Kind of record → role → what that role is shown of it."""
    table: Table = {}
    for kind in kinds():
        pks = [row.pk for row in everything(kind.model())]
        assert pks, f"{kind.name}: the story has no such record; add one to tests/access/stock.py"
        row = {role: cell(stock, shown(kind, who, pks), pks) for role, who in stock.by_role().items()}
        table[kind.name] = row
    return table


def page(table: Table) -> str:
    """Both tables in Markdown: records by role, and acts by role."""
    return "\n".join([*_records(table), "", *_acts(), ""])


def _records(table: Table) -> Iterable[str]:
    yield "| role | " + " | ".join(f"`{kind}`" for kind in table) + " |"
    yield "|---" * (len(table) + 1) + "|"
    for role in Role:
        yield f"| `{role}` | " + " | ".join(row[role] for row in table.values()) + " |"


def _acts() -> Iterable[str]:
    yield "| route | roles |"
    yield "|---|---|"
    for route in routes():
        yield f"| `{route.name.replace('/api/v1', '')}` | {_roles(route)} |"


def _roles(route: Route) -> str:
    if route.view.policy.public:
        return "*public*"
    allowed = set(route.view.policy.roles(route.action))
    if len(allowed) > len(Role) // 2:
        missing = sorted(set(Role) - allowed)
        return "all" + (f" but {', '.join(missing)}" if missing else "")
    return ", ".join(sorted(allowed))


def in_document(wanted: str) -> str:
    """The section of the document; with GRIDGOV_WRITE_DOCS=1 it is written first."""
    text = DOCUMENT.read_text(encoding="utf-8")
    if os.environ.get("GRIDGOV_WRITE_DOCS") == "1":
        text = SECTION.sub(lambda _: wanted, text)
        DOCUMENT.write_text(text, encoding="utf-8")
    found = SECTION.search(text)
    return found[0] if found else ""
