"""What of disputes follows the ground when boundaries change: open ones, and tasks about screenings.

A screening keeps the grid and the release of its day for ever.
"""

from uuid import UUID

from disputes.machine import OPEN_STATES
from disputes.services.telling import readers_changed
from edge import sqlfile
from grids.restamping import Work, follow
from tasks.restamping import move_sql


def connect() -> None:
    """Enter both (once, when the app is ready)."""
    states = ", ".join(f"'{state.value}'" for state in sorted(OPEN_STATES))
    rows = sqlfile.load("disputes", "restamp_disputes").replace("{states}", states)
    moved = sqlfile.load("disputes", "restamp_disputes_update")
    follow(Work("dispute", "dispute", rows, moved, after=steps_follow))
    follow(Work("screening_task", "task", sqlfile.load("disputes", "restamp_tasks"), move_sql()))


def steps_follow(disputes: list[UUID]) -> None:
    """The steps of a dispute are on the phones that hold it."""
    readers_changed(disputes, screenings=False)
