"""Disputes as a table for the street: what is protected or restricted is never in it."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction
from django.db.models import Count, QuerySet
from django.db.models.functions import TruncDate

from disputes.models import Dispute, DisputeParty
from edge.tables import Table, Value
from kernel import clock
from kernel.actor import Actor
from kernel.clock import TZ
from kernel.law import law
from privacy.codes import Processing, RecipientKind
from privacy.services import Given, share_logged
from privacy.switches import switch

HEAD = (
    "编号", "状态", "层级", "类别", "复杂程度", "颜色", "社区", "网格", "简要情况", "当事人数",
    "登记日", "登记时间（UTC+08:00）", "本级起始（UTC+08:00）",
)  # fmt: skip
FIELDS = ("disputes.Dispute.brief", "disputes.Dispute.grid")


def exportable(rows: QuerySet[Dispute]) -> QuerySet[Dispute]:
    """What may stand in a file, oldest first."""
    return rows.filter(protected=False, restricted=False).order_by("opened_at", "id")


def by_day(rows: QuerySet[Dispute]) -> QuerySet[Dispute, dict[str, object]]:
    """Disputes registered on each local day: the dashboard's count of what a file would hold."""
    days = exportable(rows).order_by().annotate(day=TruncDate("opened_at", tzinfo=TZ)).values("day")
    return days.annotate(count=Count("id")).order_by("day")


@law("PI-33/34/37", "PI-55/56")
@transaction.atomic
def disputes_export(*, actor: Actor, rows: Sequence[Dispute], street_id: UUID, purpose: str) -> Table:
    """The table of these disputes; the file leaves one row in the share log (an empty one holds
    nothing that could be shared).

    Problems `processing_off` (no impact assessment in force) and `share_incomplete` (no purpose).
    """
    switch(Processing.EXPORT_CASES)
    given = Given(
        "area", street_id, "PI-33/34/37", purpose, RecipientKind.EXPORT, "导出文件 exported file", FIELDS,
        records=len(rows),
    )  # fmt: skip
    if rows:
        share_logged(actor=actor, given=given)
    parties = DisputeParty.objects.filter(dispute__in=rows).values_list("dispute").annotate(Count("id"))
    counts = dict(parties.order_by())
    name = f"纠纷 {clock.today().isoformat()}"
    return Table(name, HEAD, [_line(row, counts.get(row.pk, 0)) for row in rows])


def _line(row: Dispute, parties: int) -> Sequence[Value]:
    return (
        row.code, row.get_state_display(), row.get_level_display(), row.get_category_display(),
        row.get_complexity_display() if row.complexity else "",
        row.get_colour_display() if row.colour else "",
        row.community.name if row.community else "", row.grid.code if row.grid else "", row.brief, parties,
        clock.local_day(row.opened_at), row.opened_at, row.level_since,
    )  # fmt: skip
