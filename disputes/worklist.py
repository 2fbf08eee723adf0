"""Danger that nobody at the centre has opened, and what phones sent that a person has to decide about, on the
worklist of whoever may."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import OuterRef, Subquery

from disputes.access import (
    WRITERS,
    disputes_visible_to,
    joint_visible_to,
    refused_visible_to,
    screenings_visible_to,
)
from disputes.codes import Urgency
from disputes.joint import JointState
from disputes.machine import OPEN_STATES
from disputes.models import DisputeTransition, JointQuestion
from disputes.selectors import review_over
from kernel import clock
from kernel.actor import Actor
from kernel.clock import TZ
from kernel.codes.law import HandlingLevel
from kernel.codes.roles import Role
from sync.access import inbox_visible_to
from sync.items import State
from sync.registry import COMMAND
from tasks.worklist import Section, SectionKind, WorklistItem, register

TITLES = {
    Urgency.AT_ONCE: ("未读危险情况", "Unread danger"),
    Urgency.OLD_SIGN: ("旧情况，今日电话核实", "Old sign, check by phone today"),
}


def connect() -> None:
    """Enter the sections (once, when the app is ready)."""
    openers = frozenset({Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR, Role.DUTY_OFFICER})
    kinds = SectionKind
    for section in (
        Section("danger_unread", kinds.DANGER, "未读危险情况", "Danger nobody has opened", openers, unread),
        Section(
            "screenings_refused", kinds.CAME_BACK, "未被接收的排查记录", "Screenings that were not taken",
            WRITERS, refused,
        ),
        Section(
            "commands_waiting", kinds.CAME_BACK, "待决定的现场请求",
            "What the field asked of disputes and waits for a person", WRITERS, waiting,
        ),
        Section(
            "hand_up_asked", kinds.WAITING, "请求提级，待答复", "Asked to be handed up", WRITERS,
            hand_up_asked,
        ),
        Section(
            "suspension_review", kinds.DUE_TODAY, "中止待复查", "Suspended, to be reviewed", WRITERS,
            suspended,
        ),
        Section(
            "joint_waiting", kinds.WAITING, "等待部门答复", "Departments that have not answered", WRITERS,
            joint_waiting,
        ),
        Section(
            "joint_needs", kinds.CAME_BACK, "部门要求补充", "Departments that need something", WRITERS,
            joint_needs,
        ),
        Section(
            "joint_undecided", kinds.WAITING, "待街道负责人裁定承办部门", "The head of the street decides",
            WRITERS, joint_undecided,
        ),
    ):  # fmt: skip
        register(section)


def _joint(actor: Actor, *states: str) -> Iterator[WorklistItem]:
    rows = JointQuestion.objects.filter(handling__in=joint_visible_to(actor), state__in=states)
    for row in rows.select_related("handling__dispute", "department").order_by("due_at", "id"):
        code, kind = row.handling.dispute.code, JointState(row.state)
        yield WorklistItem(
            subject_kind="joint_question", subject_id=row.id, title=f"{code} {kind.zh}",
            title_en=f"{code} {kind.en}", due_at=row.due_at, since=row.asked_at,
            waiting_for=row.department.name, marks=("silent",) if row.silent_at else (),
        )  # fmt: skip


def joint_waiting(actor: Actor, now: datetime) -> Iterator[WorklistItem]:
    return _joint(actor, JointState.ASKED, JointState.WILL_DO)


def joint_needs(actor: Actor, now: datetime) -> Iterator[WorklistItem]:
    return _joint(actor, JointState.NEEDS)


def joint_undecided(actor: Actor, now: datetime) -> Iterator[WorklistItem]:
    rows = joint_visible_to(actor).filter(undecided_at__isnull=False, dispute__state__in=OPEN_STATES)
    rows = rows.select_related("dispute")
    for row in rows.order_by("undecided_at", "id"):
        yield WorklistItem(
            subject_kind="joint_handling", subject_id=row.id,
            title=f"{row.dispute.code} 两个部门均称不属其职责",
            title_en=f"{row.dispute.code} two departments say: not ours", since=row.undecided_at,
            waiting_for="街道负责人 head of the street",
        )  # fmt: skip


def hand_up_asked(actor: Actor, now: datetime) -> Iterator[WorklistItem]:
    """Disputes whose level has asked the one above for help, and has no answer yet."""
    rows = disputes_visible_to(actor).exclude(hand_up_asked="").exclude(hand_up_asked_by=actor.role or "")
    asked = DisputeTransition.objects.filter(dispute=OuterRef("pk"), event="ask_hand_up").order_by("-at")
    for row in rows.annotate(asked_at=Subquery(asked.values("at")[:1])).order_by("asked_at", "id"):
        level = HandlingLevel(row.hand_up_asked)
        yield WorklistItem(
            subject_kind="dispute", subject_id=row.id, title=f"{row.code} 请求提级",
            title_en=f"{row.code} asked to be handed up", since=row.asked_at,
            waiting_for=f"{level.zh} {level.en}", marks=(row.level, row.hand_up_asked),
        )  # fmt: skip


def suspended(actor: Actor, now: datetime) -> Iterator[WorklistItem]:
    """Suspended disputes whose review date has come: their clocks stand still until somebody looks."""
    rows = disputes_visible_to(actor).filter(review_over(clock.local_day(now)))
    for row in rows.order_by("suspended_until", "id"):
        due = row.suspended_until
        yield WorklistItem(
            subject_kind="dispute", subject_id=row.id, title=f"{row.code} 中止待复查",
            title_en=f"{row.code} suspension to be reviewed",
            due_at=clock.day_end(due) if due else None,
        )  # fmt: skip


def waiting(actor: Actor, now: datetime) -> Iterator[WorklistItem]:
    """Commands about disputes that are in conflict with what stands, or that a person has to judge."""
    rows = inbox_visible_to(actor).filter(kind=COMMAND, about="dispute", closed_at__isnull=True)
    rows = rows.filter(state__in=(State.CONFLICT, State.QUARANTINED)).order_by("received_at", "no")
    for row in rows.only("id", "state", "code", "clash", "received_at"):
        yield WorklistItem(
            subject_kind="inbox_item",
            subject_id=row.id,
            title="待决定的现场请求",
            title_en="What the field asked and waits for a person",
            since=row.received_at,
            marks=(row.state, row.code, *(row.clash or ())),
        )


def refused(actor: Actor, now: datetime) -> Iterator[WorklistItem]:
    """Records of the own workers that were not taken: somebody has to look."""
    for row in refused_visible_to(actor).order_by("received_at").values("id", "state", "code", "received_at"):
        yield WorklistItem(
            subject_kind="refused_screening",
            subject_id=row["id"],
            title="未被接收的排查记录",
            title_en="A screening that was not taken",
            since=row["received_at"],
            marks=(row["state"], row["code"]),
        )


def unread(actor: Actor, now: datetime) -> Iterator[WorklistItem]:
    """Unopened urgent screenings. Old signs carry both times: when it happened and when it arrived."""
    rows = screenings_visible_to(actor).filter(danger_opened_at__isnull=True).exclude(urgency=Urgency.NONE)
    for row in rows.order_by("received_at", "id").defer("brief", "point"):
        zh, en = TITLES[Urgency(row.urgency)]
        yield WorklistItem(
            subject_kind="screening",
            subject_id=row.id,
            title=zh,
            title_en=en,
            due_at=row.danger_due_at,
            since=row.received_at,
            marks=(row.urgency, f"occurred_at={row.occurred_at.astimezone(TZ).isoformat()}"),
        )
