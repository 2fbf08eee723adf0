"""What must not grow with the rows a phone already holds runs over the index meant for it."""

from typing import Any

from django.db import transaction

from edge import sqlfile
from edge.driver import raw_cursor
from sync.pull import BY_KEY
from tests.sync import notes
from tests.sync.phones import Phone

FIRST = "00000000-0000-0000-0000-000000000000"


def plan(statement: str, asking: dict[str, Any]) -> str:
    with transaction.atomic():
        raw_cursor().execute(BY_KEY) if statement == "whole" else None
        rows = raw_cursor().execute(f"explain {sqlfile.load('sync', statement)}", asking).fetchall()
    return "\n".join(row[0] for row in rows)


def asked(**own: Any) -> dict[str, Any]:
    row = raw_cursor().execute("select pg_current_snapshot()::text").fetchone()
    snapshot = row[0] if row else ""
    return {"base": snapshot, "target": snapshot, "kinds": ["note"], "limit": 101, "view": ["grid:1"]} | own


def test_changes_are_found_over_the_change_index(phone: Phone) -> None:
    notes.write(["x"] * 2000, "grid:1")
    place = {"at_scope": None, "at_kind": None, "at_id": None}
    assert "sync_row_scope_xid" in plan("changes", asked(scopes=["grid:1"], **place))


def test_a_whole_scope_is_read_in_the_order_of_its_key(phone: Phone) -> None:
    notes.write(["x"] * 2000, "grid:1")
    own = {"scope": "grid:1", "redo": False, "earlier": [], "at_kind": "", "at_id": FIRST}
    text = plan("whole", asked(**own))
    assert "sync_row_pkey" in text
    assert "Sort" not in text
