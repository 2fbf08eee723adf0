"""What decisions, complaints and second deciders put on the worklist. No title holds a name."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from corrections import access_acts as seen
from corrections.complaints import ASKED, DESK, OUTSIDE
from corrections.decisions import DECIDED, FURTHER, MADE, DecisionKind
from corrections.machine import STAFF
from corrections.positioning import APPLIED, BEFORE, IN_FORCE, REVIEWED, RUNNING, standing
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.deadlines import ran_out
from tasks.worklist import Section, SectionKind, WorklistItem, register

ENDING_SOON = timedelta(days=7)


def connect() -> None:
    """Enter the sections (once, when the app is ready)."""
    asked_of = seen.SECONDS.roles("agree")
    for code, kind, zh, en, roles, rows in (
        ("complaints_overdue", SectionKind.OVERDUE, "投诉答复超期", "complaints overdue", OUTSIDE, overdue),
        ("complaints_open", SectionKind.TO_DO, "待答复投诉", "complaints to be answered", OUTSIDE, waiting),
        ("complaints_answered", SectionKind.TO_DO, "待告知检察院", "to tell the procurator", DESK, answered),
        (
            "second_deciders",
            SectionKind.UNREAD,
            "请共同决定",
            "asked to decide with another",
            asked_of,
            asked,
        ),
        ("decisions_unserved", SectionKind.TO_DO, "待送达决定", "decisions to be served", STAFF, unserved),
        ("objections_open", SectionKind.UNREAD, "待处理异议", "objections", seen.AGENCY, objections),
        ("positioning_applied", SectionKind.UNREAD, "电子定位待审批", "positioning to be approved",
         frozenset({Role.BUREAU_HEAD}), applied),
        ("positioning_review", SectionKind.OVERDUE, "电子定位事由待复核", "positioning whose proof fell",
         seen.AGENCY, to_review),
        ("positioning_needed", SectionKind.DUE_TODAY, "是否仍需电子定位", "is positioning still needed?",
         seen.AGENCY, needed),
        ("positioning_to_fit", SectionKind.TO_DO, "电子定位待告知安装", "positioning to be told and fitted",
         seen.AGENCY, to_fit),
        ("positioning_ending", SectionKind.TO_DO, "电子定位即将到期", "positioning that ends soon",
         seen.AGENCY, ending),
        ("endings_to_paper", SectionKind.TO_DO, "解除终止文书", "papers of an end", seen.AGENCY, papers),
        ("endings_pending", SectionKind.UNREAD, "期满时羁押或有提请待决", "ends with something pending",
         frozenset({Role.AGENCY_HEAD}), pending),
        ("transfers_late", SectionKind.WAITING, "执行地变更逾期", "transfers that wait", seen.AGENCY, late),
        ("opinions_to_reply", SectionKind.TO_DO, "检察意见待回复", "the procuratorate to be replied to",
         seen.AGENCY, opinions),
    ):  # fmt: skip
        register(Section(code, kind, zh, en, roles, rows))


def _complaints(actor: Actor, now: datetime, *, late: bool) -> list[WorklistItem]:
    rows = seen.complaints_visible_to(actor).filter(closed_at=None)
    return [
        WorklistItem("complaint", row.id, "投诉", "a complaint", due_at=row.due_at, since=row.received_at)
        for row in rows
        if ran_out(row.due_at, now) == late
    ]


def overdue(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _complaints(actor, now, late=True)


def waiting(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _complaints(actor, now, late=False)


def answered(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = seen.complaints_visible_to(actor).filter(state="answered")
    return [
        WorklistItem("complaint", row.id, "投诉已答复", "a complaint was answered", since=row.closed_at)
        for row in rows
    ]


def asked(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = seen.seconds_visible_to(actor).filter(state=ASKED).exclude(asked_by=actor.user_id)
    return [
        WorklistItem("second_decision", row.id, "请共同决定", "to decide with another", since=row.asked_at)
        for row in rows.exclude(asked_unit=actor.organisation_id)
    ]


def unserved(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = seen.decisions_visible_to(actor).filter(state=DECIDED)
    return [
        WorklistItem("decision", row.id, DecisionKind(row.kind).zh, DecisionKind(row.kind).en) for row in rows
    ]


def objections(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = seen.objections_visible_to(actor).filter(state__in=[MADE, FURTHER])
    return [WorklistItem("objection", row.id, "异议", "an objection", since=row.entered_at) for row in rows]


def _orders(actor: Actor, now: datetime, states: Iterable[str], due: str) -> list[WorklistItem]:
    """Orders that stand in one of the states now, with the column that says by when."""
    rows = seen.positioning_visible_to(actor).filter(state__in=list(states))
    return [
        WorklistItem(
            "positioning_order", row.id, "电子定位", "positioning", due_at=getattr(row, due),
            since=row.applied_at,
        )
        for row in rows
        if standing(row, now) in states
    ]  # fmt: skip


def applied(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _orders(actor, now, [APPLIED], "ends_at")


def to_review(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _orders(actor, now, [REVIEWED], "review_due_at")


def to_fit(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _orders(actor, now, BEFORE, "execute_due_at")


def ending(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    items = _orders(actor, now, RUNNING, "ends_at")
    return [item for item in items if item.due_at is not None and item.due_at - now <= ENDING_SOON]


def needed(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Orders in force for which the question stands open."""
    rows = seen.positioning_visible_to(actor).filter(state=IN_FORCE, needs__needed=None)
    return [
        WorklistItem("positioning_order", row.id, "是否仍需电子定位", "still needed?", due_at=row.ask_at)
        for row in rows.filter(needs__isnull=False).distinct()
    ]


def papers(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = seen.endings_visible_to(actor)
    return [
        WorklistItem("ending", row.id, "解除终止文书", "papers of an end", since=row.created_at)
        for row in rows
    ]


def pending(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Ends in detention, or with a proposal pending: for the head to look at, never prolonged."""
    rows = seen.endings_visible_to(actor).filter(looked_at_by=None)
    marks = ("in_detention", "proposal_pending")
    return [
        WorklistItem(
            "ending", row.id, "期满时有待决事项", "an end with something pending", since=row.created_at,
            marks=tuple(mark for mark in marks if getattr(row, mark)),
        )
        for row in rows.filter(in_detention=True) | rows.filter(proposal_pending=True)
    ]  # fmt: skip


def late(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = seen.transfers_visible_to(actor).filter(due_at__lte=now)
    return [
        WorklistItem(
            "transfer", row.id, "执行地变更", "a transfer", due_at=row.due_at, waiting_for=row.to_agency
        )
        for row in rows
    ]


def opinions(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = seen.opinions_visible_to(actor).filter(state="issued")
    return [
        WorklistItem("opinion", row.id, "检察意见", "an opinion", due_at=row.due_at, since=row.entered_at)
        for row in rows
    ]
