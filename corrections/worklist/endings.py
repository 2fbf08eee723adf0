"""Ends, changes of place and the procuratorate's words on the agency's worklist."""

from collections.abc import Iterable
from datetime import datetime

from corrections import access
from corrections.machine import AGENCY
from kernel.actor import Actor
from kernel.codes.roles import Role
from tasks.worklist import Section, SectionKind, WorklistItem


def papers(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = access.endings_visible_to(actor)
    return [
        WorklistItem("ending", row.id, "解除终止文书", "papers of an end", since=row.created_at)
        for row in rows
    ]


def pending(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Ends in detention, or with a proposal pending: for the head to look at, never prolonged."""
    rows = access.endings_visible_to(actor).filter(looked_at_by=None)
    marks = ("in_detention", "proposal_pending")
    return [
        WorklistItem(
            "ending", row.id, "期满时有待决事项", "an end with something pending", since=row.created_at,
            marks=tuple(mark for mark in marks if getattr(row, mark)),
        )
        for row in rows.filter(in_detention=True) | rows.filter(proposal_pending=True)
    ]  # fmt: skip


def late(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = access.transfers_visible_to(actor).filter(due_at__lte=now)
    return [
        WorklistItem(
            "transfer", row.id, "执行地变更", "a transfer", due_at=row.due_at, waiting_for=row.to_agency
        )
        for row in rows
    ]


def opinions(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = access.opinions_visible_to(actor).filter(state="issued")
    return [
        WorklistItem("opinion", row.id, "检察意见", "an opinion", due_at=row.due_at, since=row.entered_at)
        for row in rows
    ]


SECTIONS = (
    Section("endings_to_paper", SectionKind.TO_DO, "解除终止文书", "papers of an end", AGENCY, papers),
    Section(
        "endings_pending",
        SectionKind.UNREAD,
        "期满时羁押或有提请待决",
        "ends with something pending",
        frozenset({Role.AGENCY_HEAD}),
        pending,
    ),
    Section("transfers_late", SectionKind.WAITING, "执行地变更逾期", "transfers that wait", AGENCY, late),
    Section(
        "opinions_to_reply",
        SectionKind.TO_DO,
        "检察意见待回复",
        "the procuratorate to be replied to",
        AGENCY,
        opinions,
    ),
)
