"""What grid workers own: the grids that they are in charge of. They pass on by a new assignment alone, which
whoever assigns in the community makes."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import Organisation
from accounts.ownership import OwnedItem, Owner, Source, register
from accounts.selectors import area_subtree_ids, held_elsewhere
from grids.models import Assignment
from kernel import clock
from kernel.codes.roles import Role


def connect() -> None:
    """Enter the source (once, when the app is ready)."""
    register(Source("assignments", "负责的网格", "grids in charge", assignments))


def assignments(owner: Owner) -> Iterable[OwnedItem]:
    """Those in force and to come, of the organisation's area; of no other organisation: all."""
    if owner.role != Role.GRID_WORKER:
        return
    rows = Assignment.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=clock.today()), worker_id=owner.user_id, closed=False
    )
    if held_elsewhere(owner):
        area = Organisation.objects.values_list("area_id", flat=True).get(pk=owner.organisation_id)
        rows = rows.filter(grid__community_id__in=area_subtree_ids(area))
    for row in rows.select_related("grid").order_by("grid__code", "id"):
        zh, en = row.get_kind_display().split()
        yield OwnedItem("assignment", row.id, f"网格 {row.grid.code}（{zh}）", f"grid {row.grid.code}, {en}")
