"""Code tables for phones: copied from the code whenever they differ."""

from django.db import transaction

from grids.models import CodeTableRow
from kernel import codes
from sync.services import publish


@transaction.atomic
def code_tables_refresh() -> int:
    """Bring the stored tables to what the code says; how many changed. Retired tables are deleted."""
    stored = {row.name: row for row in CodeTableRow.objects.select_for_update()}
    wanted = {
        name: [[member.value, member.zh, member.en] for member in table]
        for name, table in codes.tables().items()
    }
    changed = []
    for name, entries in wanted.items():
        row = stored.get(name) or CodeTableRow(name=name, entries=None)
        if row.entries != entries:
            row.entries = entries
            row.save()
            changed.append(row.id)
    gone = [row.id for name, row in stored.items() if name not in wanted]
    CodeTableRow.objects.filter(id__in=gone).delete()
    if changed or gone:
        publish("code_table", changed + gone)
    return len(changed) + len(gone)
