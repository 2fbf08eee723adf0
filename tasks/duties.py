"""What places put on the worklist: grids without a primary, hand-overs nobody has taken, and leave areas that
the tree or the shapes have left behind."""

from collections.abc import Iterator
from datetime import datetime

from grids import access
from grids.selectors import assigned_grid_ids, vacancies_in
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from tasks.worklist import Section, SectionKind, WorklistItem, register


def connect() -> None:
    """Enter the sections (once, when the app is ready)."""
    register(
        Section(
            code="grids_vacant",
            kind=SectionKind.MISSING,
            zh="网格缺少主责网格员",
            en="Grids without a primary worker",
            roles=access.ASSIGN,
            rows=vacant,
        )
    )
    register(
        Section(
            code="handovers_waiting",
            kind=SectionKind.TO_DO,
            zh="待接收的交接说明",
            en="Hand-overs to take",
            roles=frozenset({Role.GRID_WORKER}),
            rows=handovers,
        )
    )
    register(
        Section(
            code="leave_areas_outdated",
            kind=SectionKind.MISSING,
            zh="活动区域待重新确认",
            en="Leave areas to confirm anew",
            roles=access.SUPERVISING - {Role.PROCURATOR},
            rows=outdated,
        )
    )


def vacant(actor: Actor, now: datetime) -> Iterator[WorklistItem]:
    """Vacant now, or about to be: due at the beginning of the first day without anybody."""
    for one in vacancies_in(access.own_communities(actor)):
        open_now = one.day <= clock.local_day(now)
        yield WorklistItem(
            subject_kind="grid",
            subject_id=one.grid_id,
            title=f"{one.name}无主责网格员",
            title_en=f"Grid {one.code} has no primary worker",
            due_at=clock.day_start(one.day),
            marks=("vacant" if open_now else "soon", f"from={one.day.isoformat()}"),
        )


def handovers(actor: Actor, now: datetime) -> Iterator[WorklistItem]:
    """Notes about grids that the worker is in charge of today, by somebody else, not taken by anybody."""
    rows = access.handovers_visible_to(actor).filter(
        taken_at__isnull=True, grid_id__in=assigned_grid_ids(actor.person)
    )
    for row in rows.exclude(author_id=actor.person).select_related("grid").order_by("created_at", "id"):
        yield WorklistItem(
            subject_kind="handover",
            subject_id=row.id,
            title=f"{row.grid.name}交接说明",
            title_en=f"Hand-over of grid {row.grid.code}",
            since=row.created_at,
        )


def outdated(actor: Actor, now: datetime) -> Iterator[WorklistItem]:
    """That of the own unit when the tree or the shapes give another one and no new one is confirmed: the head
    confirms, the officers know that it is not to be relied on."""
    rows = access.leave_areas_visible_to(actor).filter(outdated_at__isnull=False, valid_to__isnull=True)
    for row in rows.select_related("unit").defer("geom").order_by("valid_from"):
        yield WorklistItem(
            subject_kind="leave_area",
            subject_id=row.id,
            title=f"{row.unit.name}活动区域与现行区划不符",
            title_en=f"The leave area of {row.unit.code} is not that of the divisions as they are now",
            since=row.outdated_at,
            waiting_for="" if actor.role in access.LEAVE_AREAS.roles("create") else Role.AGENCY_HEAD.zh,
        )
