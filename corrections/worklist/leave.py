"""Leave on an officer's worklist: what waits for a decision, here or with the city, and what is over."""

from collections.abc import Iterable
from datetime import datetime

from corrections import access
from corrections.leave import UNDECIDED
from corrections.leave_codes import DecisionKind, LeaveLevel, LeaveReason, LeaveState, NoticeKind, PermitState
from corrections.machine import AGENCY, STAFF
from corrections.models import Leave, LeaveDecision, LeaveNotice
from kernel.actor import Actor
from kernel.clock import day_end, day_start
from tasks.worklist import Section, SectionKind, WorklistItem


def to_decide(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Due by the first day: silence is no refusal."""
    rows = access.leaves_visible_to(actor).filter(state__in=UNDECIDED)
    return [_item(row, due_at=day_start(row.first_day)) for row in rows]


def objected(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return [_item(row) for row in access.leaves_visible_to(actor).filter(state=LeaveState.OBJECTED)]


def with_city(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = access.leaves_visible_to(actor).filter(state=LeaveState.WITH_CITY)
    return [_item(row, due_at=day_start(row.first_day), waiting_for="市级矫正机构") for row in rows]


def city_unconfirmed(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = LeaveDecision.objects.filter(
        leave__in=access.leaves_visible_to(actor), level=LeaveLevel.CITY, confirmed_at__isnull=True
    )
    return [
        WorklistItem(
            "leave", row.leave_id, "市级决定待核对", "a city decision to be compared", since=row.recorded_at
        )
        for row in rows.exclude(kind=DecisionKind.FORWARD).exclude(recorded_by=actor.user_id)
    ]


def overdue(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """For an officer to look at: a date has passed, and nothing is found by that."""
    states = [LeaveState.OVERDUE, LeaveState.UNDER_REVIEW]
    rows = access.leaves_visible_to(actor).filter(state__in=states)
    return [_item(row, due_at=day_end(row.last_day)) for row in rows]


def notices(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = LeaveNotice.objects.filter(
        leave__in=access.leaves_visible_to(actor), done_on__isnull=True, dropped=False
    )
    named = [(row, NoticeKind(row.kind)) for row in rows]
    return [
        WorklistItem("leave", row.leave_id, kind.zh, kind.en, due_at=day_end(row.due_on))
        for row, kind in named
    ]


def permits(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = access.permits_visible_to(actor).filter(state=PermitState.APPLIED)
    return [
        WorklistItem("permit", row.id, "经常性许可待审批", "a permit to be decided", since=row.created_at)
        for row in rows
    ]


def _item(row: Leave, due_at: datetime | None = None, waiting_for: str = "") -> WorklistItem:
    reason = LeaveReason(row.reason)
    return WorklistItem(
        "leave", row.id, f"外出（{reason.zh}）", f"leave ({reason.en})", due_at=due_at, since=row.created_at,
        waiting_for=waiting_for,
    )  # fmt: skip


SECTIONS = (
    Section("leaves_to_decide", SectionKind.TO_DO, "外出待审批", "leaves to be decided", STAFF, to_decide),
    Section("leaves_objected", SectionKind.CAME_BACK, "外出异议", "objections to refusals", AGENCY, objected),
    Section("leaves_with_city", SectionKind.WAITING, "市级审批中", "leaves with the city", STAFF, with_city),
    Section(
        "city_unconfirmed",
        SectionKind.MISSING,
        "市级决定待核对",
        "city decisions to be compared",
        AGENCY,
        city_unconfirmed,
    ),
    Section("leaves_overdue", SectionKind.OVERDUE, "外出逾期待核查", "leaves that are over", STAFF, overdue),
    Section("leave_notices", SectionKind.TO_DO, "外出告知备案", "notices about leave", STAFF, notices),
    Section(
        "permits_to_decide", SectionKind.TO_DO, "经常性许可待审批", "permits to be decided", STAFF, permits
    ),
)
