"""The matrix of access as observed, as a page, and as it stands in the documents."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from kernel.codes.roles import Role
from tests.access.observed import Table
from tests.access.routes import Route, routes

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "concepts" / "access.md"
SECTION = re.compile(r"(?<=<!-- matrix -->\n).*?(?=<!-- /matrix -->)", re.DOTALL)
LISTS_LESS: frozenset[str] = frozenset()
"""Kinds whose list leaves out on purpose what details still show."""


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
