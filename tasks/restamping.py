"""Open tasks follow their grid when boundaries change."""

from edge import sqlfile
from grids.restamping import Work, follow


def connect() -> None:
    """Enter the tasks (once, when the app is ready)."""
    follow(Work("task", "task", sqlfile.load("tasks", "restamp_tasks"), move_sql()))


def move_sql() -> str:
    """The statement that moves tasks; for packages above that know where a task's subject lies."""
    return sqlfile.load("tasks", "restamp_update")
