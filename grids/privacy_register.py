"""Personal fields of places: the number under which a grid's worker is reached, which GR-8 publishes."""

from edge.policy import EVERYONE
from kernel.codes.roles import Role
from privacy.register import Kept, Sensitivity, Whose, enter

enter(
    "grids.Assignment", ["phone"], whose=Whose.WORKER,
    purpose="公示网格员工作电话 the work phone that is published", basis=["GR-8"],
    sensitivity=Sensitivity.ORDINARY, seen_by=EVERYONE, kept=Kept.EMPLOYED,
)  # fmt: skip
enter(
    "grids.Handover", ["note"], whose=Whose.WORKER,
    purpose="网格交接说明 what the next one in charge must know", basis=["GR-8"],
    sensitivity=Sensitivity.ORDINARY,
    seen_by=[Role.GRID_WORKER, Role.COMMUNITY_COORDINATOR, Role.DISTRICT_ADMIN], kept=Kept.EMPLOYED,
)  # fmt: skip
