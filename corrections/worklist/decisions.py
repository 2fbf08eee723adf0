"""Decisions, objections, complaints and second deciders on the worklist."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from corrections import access
from corrections.complaints import ASKED, DESK, OUTSIDE
from corrections.decisions import DECIDED, DRAFTED, FURTHER, HEARD, MADE, DecisionKind
from corrections.machine import AGENCY, STAFF
from corrections.models import Decision
from kernel.actor import Actor
from kernel.deadlines import ran_out
from tasks.worklist import Section, SectionKind, WorklistItem


def _complaints(actor: Actor, now: datetime, *, late: bool) -> list[WorklistItem]:
    rows = access.complaints_visible_to(actor).filter(closed_at=None)
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
    rows = access.complaints_visible_to(actor).filter(state="answered")
    return [
        WorklistItem("complaint", row.id, "投诉已答复", "a complaint was answered", since=row.closed_at)
        for row in rows
    ]


def asked(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = access.seconds_visible_to(actor).filter(state=ASKED).exclude(asked_by=actor.user_id)
    return [
        WorklistItem("second_decision", row.id, "请共同决定", "to decide with another", since=row.asked_at)
        for row in rows.exclude(asked_unit=actor.organisation_id)
    ]


def unheard(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Drafts about which the person is asked first (CCL-28)."""
    return _decisions(access.decisions_visible_to(actor).filter(state=DRAFTED))


def undecided(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Heard, and for another than who drafted it."""
    rows = access.decisions_visible_to(actor).filter(state=HEARD)
    return _decisions(rows.exclude(drafted_by=actor.user_id))


def unserved(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _decisions(access.decisions_visible_to(actor).filter(state=DECIDED))


def unfinished(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Drafted and neither dropped nor served, whoever is to act."""
    return _decisions(access.decisions_visible_to(actor).filter(state__in=(DRAFTED, HEARD, DECIDED)))


def _decisions(rows: QuerySet[Decision]) -> list[WorklistItem]:
    named = [(row, DecisionKind(row.kind)) for row in rows]
    return [WorklistItem("decision", row.id, kind.zh, kind.en, since=row.drafted_at) for row, kind in named]


def objections(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = access.objections_visible_to(actor).filter(state__in=[MADE, FURTHER])
    return [WorklistItem("objection", row.id, "异议", "an objection", since=row.entered_at) for row in rows]


SECTIONS = (
    Section(
        "complaints_overdue", SectionKind.OVERDUE, "投诉答复超期", "complaints overdue", OUTSIDE, overdue
    ),
    Section(
        "complaints_open", SectionKind.TO_DO, "待答复投诉", "complaints to be answered", OUTSIDE, waiting
    ),
    Section(
        "complaints_answered", SectionKind.TO_DO, "待告知检察院", "to tell the procurator", DESK, answered
    ),
    Section(
        "second_deciders",
        SectionKind.UNREAD,
        "请共同决定",
        "asked to decide with another",
        access.SECONDS.roles("agree"),
        asked,
    ),
    Section("decisions_unheard", SectionKind.TO_DO, "待听取陈述", "people to be heard", STAFF, unheard),
    Section("decisions_to_decide", SectionKind.TO_DO, "待决定", "decisions to be taken", AGENCY, undecided),
    Section("decisions_unserved", SectionKind.TO_DO, "待送达决定", "decisions to be served", STAFF, unserved),
    Section("objections_open", SectionKind.UNREAD, "待处理异议", "objections", AGENCY, objections),
)
