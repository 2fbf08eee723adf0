"""What of disputes follows the ground when boundaries change: open ones, and tasks about screenings.

A screening keeps the grid and the release of its day for ever.
"""

from disputes.machine import OPEN_STATES
from edge import sqlfile
from grids.restamping import Work, follow
from tasks.restamping import move_sql


def connect() -> None:
    """Enter both (once, when the app is ready)."""
    states = ", ".join(f"'{state.value}'" for state in sorted(OPEN_STATES))
    rows = sqlfile.load("disputes", "restamp_disputes").replace("{states}", states)
    follow(Work("dispute", "dispute", rows, sqlfile.load("disputes", "restamp_disputes_update")))
    follow(Work("screening_task", "task", sqlfile.load("disputes", "restamp_tasks"), move_sql()))
