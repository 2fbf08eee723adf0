"""Are the phone rows what the domain's tables say? Rebuild them all beside, and compare."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection, transaction

from edge import sqlfile
from edge.locks import longer_statements
from sync import inbox, registry
from sync.services import rows_sql, with_mark

TIMEOUT_MS = 600_000


@dataclass(frozen=True, slots=True)
class Difference:
    """One phone row that is not what it should be: `missing`, `extra` or `different`."""

    sort: str
    kind: str
    scope: str
    id: UUID

    def __str__(self) -> str:
        return f"{self.sort}: {self.kind} {self.id} in {self.scope}"


@dataclass(frozen=True, slots=True)
class Report:
    rows: int
    differences: list[Difference]


def check() -> Report:
    """Compare every living row with its rebuilt twin, in one snapshot."""
    fresh = not connection.in_atomic_block
    with transaction.atomic():
        with connection.cursor() as cursor:
            if fresh:
                cursor.execute("set transaction isolation level repeatable read")
            longer_statements(TIMEOUT_MS)
            cursor.execute(sqlfile.load("sync", "check_table"))
            for kind in registry.kinds().values():
                rebuild = with_mark(sqlfile.load("sync", "check_rebuild"), "f.id")
                rebuild = rebuild.replace("{rows}", rows_sql(kind, "true"))
                cursor.execute(rebuild, {"kind": kind.name})
                cursor.execute(inbox.returned_sql("check_returned", kind.name), {"kind": kind.name})
            cursor.execute("select count(*) from sync_rebuilt")
            rows = cursor.fetchone()[0]
            cursor.execute(sqlfile.load("sync", "check_compare"))
            differences = [Difference(*row) for row in cursor.fetchall()]
            cursor.execute("drop table sync_rebuilt")
    return Report(rows, differences)
