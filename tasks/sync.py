"""The kind `task`, pull only, in the scope of a person's role."""

from edge import sqlfile
from sync.registry import Kind, add_scopes, register
from tasks import access

SCOPES = "select 'user:' || %(user)s::text || ':' || %(role)s::text"


def connect() -> None:
    """Enter kind and scope (once, when the app is ready)."""
    rows = sqlfile.load("tasks", "task_rows")
    register(
        Kind(name="task", version=1, root_table="tasks_task", rows_sql=rows, phone_set=access.phone_tasks)
    )
    add_scopes(SCOPES)
