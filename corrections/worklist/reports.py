"""Health and review reports and help after release on an officer's worklist. No title holds a name."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from corrections import access
from corrections.aftercare import ACCEPTED, HANDED_OVER
from corrections.machine import AGENCY, STAFF
from corrections.medical import DUE, PROPOSED, LengthenLevel, MedicalKind
from corrections.models import Aftercare
from corrections.reports import TOLD, TimelyKind
from edge.conf import setting
from kernel.actor import Actor
from kernel.deadlines import ran_out
from tasks.worklist import Section, SectionKind, WorklistItem


def _due(actor: Actor, now: datetime, *, over: bool) -> list[WorklistItem]:
    rows = access.medical_visible_to(actor).filter(state=DUE)
    rows = rows.filter(due_at__lte=now + timedelta(days=setting("MEDICAL_SHOWN_DAYS")))
    return [
        WorklistItem(
            "medical_report", row.id, MedicalKind(row.kind).zh, MedicalKind(row.kind).en, due_at=row.due_at
        )
        for row in rows
        if ran_out(row.due_at, now) == over
    ]


def late(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _due(actor, now, over=True)


def soon(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _due(actor, now, over=False)


def asked(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """What the actor may decide or compare: not the own proposal, not the own record."""
    rows = access.lengthenings_visible_to(actor).filter(state=PROPOSED)
    for row in rows:
        own = row.level == LengthenLevel.AGENCY
        first = row.proposed_by_id if own else row.recorded_by_id
        if (own or row.document_no) and first != actor.user_id:
            yield WorklistItem(
                "report_lengthening", row.id, "报告期限延长", "a longer term", since=row.proposed_at
            )


def higher(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = access.lengthenings_visible_to(actor).filter(state=PROPOSED, document_no="")
    return [
        WorklistItem(
            "report_lengthening", row.id, "报告期限延长", "a longer term", since=row.proposed_at,
            waiting_for=LengthenLevel(row.level).zh,
        )
        for row in rows.exclude(level=LengthenLevel.AGENCY)
    ]  # fmt: skip


def told(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Events that people told of, for an officer to look at. The kind is no word of a phone."""
    rows = access.timely_reports_visible_to(actor).filter(state=TOLD)
    return [
        WorklistItem(
            "timely_report", row.id, TimelyKind(row.kind).zh, TimelyKind(row.kind).en, since=row.taken_at
        )
        for row in rows
    ]


def _help(actor: Actor, state: str) -> Iterable[Aftercare]:
    return access.aftercares_visible_to(actor).filter(state=state)


def agreed(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return [
        WorklistItem("aftercare", row.id, "安置帮教", "help after release", since=row.entered_at)
        for row in _help(actor, ACCEPTED)
    ]


def passed_on(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return [
        WorklistItem(
            "aftercare", row.id, "安置帮教", "help after release", since=row.entered_at,
            waiting_for=row.recipient,
        )
        for row in _help(actor, HANDED_OVER)
    ]  # fmt: skip


SECTIONS = (
    Section("medical_late", SectionKind.OVERDUE, "报告未按期提交", "reports that are late", STAFF, late),
    Section("medical_soon", SectionKind.TO_DO, "近期应提交的报告", "reports due soon", STAFF, soon),
    Section("lengthenings", SectionKind.UNREAD, "报告期限延长待决定", "terms to lengthen", AGENCY, asked),
    Section(
        "lengthenings_higher", SectionKind.WAITING, "报告期限延长待上级决定",
        "terms that a higher agency decides", AGENCY, higher,
    ),
    Section("timely_reports", SectionKind.UNREAD, "及时报告待查看", "events told", STAFF, told),
    Section("aftercare_agreed", SectionKind.TO_DO, "待衔接安置帮教", "help to pass on", STAFF, agreed),
    Section(
        "aftercare_waits", SectionKind.WAITING, "安置帮教待回执", "help without a receipt", STAFF, passed_on
    ),
)  # fmt: skip
