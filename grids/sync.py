"""The kinds `area grid assignment code_table`: pull only. Scopes: own grids, and their streets."""

from edge import sqlfile
from grids import access
from sync.registry import Kind, add_scopes, register

KINDS = {
    "area": ("accounts_area", access.phone_areas),
    "grid": ("grids_grid", access.phone_grids),
    "assignment": ("grids_assignment", access.phone_assignments),
    "code_table": ("grids_codetablerow", access.phone_code_tables),
}


def connect() -> None:
    """Enter kinds and scopes (once, when the app is ready)."""
    for name, (table, phone_set) in KINDS.items():
        rows = sqlfile.load("grids", f"{name}_rows")
        register(Kind(name=name, version=1, root_table=table, rows_sql=rows, phone_set=phone_set))
    streets = access.streets_sql()
    add_scopes(f"select 'area:' || street.id::text from ({streets}) as street (id)")  # noqa: S608  because the text is our own file
    add_scopes(sqlfile.load("grids", "grid_scopes"))
