"""Pre-sentence assessments on the worklist of the agency and of the station that looks into one."""

from collections.abc import Iterable
from datetime import datetime

from corrections import access
from corrections.assessment import DRAFTED, OPEN
from corrections.machine import AGENCY, STAFF
from kernel.actor import Actor
from kernel.deadlines import ran_out
from tasks.worklist import Section, SectionKind, WorklistItem


def _open(actor: Actor, now: datetime, *, late: bool) -> list[WorklistItem]:
    rows = access.assessments_visible_to(actor).filter(state__in=OPEN)
    title = "调查评估", "a pre-sentence assessment"
    return [
        WorklistItem("assessment", row.id, *title, due_at=row.due_at, since=row.entered_at)
        for row in rows
        if ran_out(row.due_at, now) == late
    ]


def waiting(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _open(actor, now, late=False)


def overdue(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _open(actor, now, late=True)


def to_sign(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Drafts that another one of the agency signs."""
    rows = access.assessments_visible_to(actor).filter(state=DRAFTED).exclude(drafted_by=actor.user_id)
    return [
        WorklistItem("assessment", row.id, "调查评估待签发", "an assessment to be signed", due_at=row.due_at)
        for row in rows
    ]


SECTIONS = (
    Section(
        "assessments_overdue", SectionKind.OVERDUE, "调查评估超期", "assessments overdue", STAFF, overdue
    ),
    Section("assessments_open", SectionKind.TO_DO, "调查评估", "assessments to be made", STAFF, waiting),
    Section(
        "assessments_to_sign", SectionKind.UNREAD, "调查评估待签发", "assessments to sign", AGENCY, to_sign
    ),
)
