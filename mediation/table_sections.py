"""What the table puts on the worklist."""

from collections.abc import Iterable
from datetime import datetime

from kernel import clock
from kernel.actor import Actor
from mediation import table_access
from mediation.machine import ANYONE_THERE
from mediation.models import Session, SessionParticipant
from mediation.session_rules import NoticeKind, SessionState
from mediation.table_selectors import (
    clashing,
    consents_missing_for,
    left_behind,
    open_notices,
    open_offers,
    upcoming,
)
from tasks.worklist import Section, SectionKind, WorklistItem, register


def _line(session: Session, zh: str, en: str) -> WorklistItem:
    code = session.case.dispute.code
    marks = ("protected",) if session.case.protected else ()
    return WorklistItem(
        "mediation_session", session.pk, f"{code} {zh}", f"{code} {en}", due_at=session.starts_at,
        since=session.planned_at, marks=marks,
    )  # fmt: skip


def today(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Sessions of the local day that are still to come or to be written up."""
    day = clock.local_day(now)
    rows = upcoming(table_access.visible_sessions(actor)).exclude(state="postponed")
    rows = rows.filter(starts_at__gte=clock.day_start(day), starts_at__lt=clock.day_end(day))
    return [_line(row, row.room, row.room) for row in rows.select_related("case__dispute")]


def left_open(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Sessions of earlier days that nobody has called off, held, or written up to their end."""
    rows = left_behind(table_access.visible_sessions(actor), clock.day_start(clock.local_day(now)))
    words = "日期已过，待记录或取消", "its day is over: to be written up or cancelled"
    return [_line(row, *words) for row in rows.select_related("case__dispute")]


def clashes(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    """Whose mediator was named for another case that sits at the same time: another date, or another
    mediator."""
    rows = clashing(table_access.visible_sessions(actor)).select_related("case__dispute")
    return [_line(row, "调解员同时另有调解会", "its mediator sits elsewhere at that time") for row in rows]


def undated(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    """Postponed sessions that have no new date."""
    rows = table_access.visible_sessions(actor).filter(state=SessionState.POSTPONED)
    words = "待另定日期", "waits for a new date"
    return [_line(row, *words) for row in rows.select_related("case__dispute")]


def consents(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    """PM-20: somebody is to join, and a party has not said yes."""
    rows = upcoming(table_access.visible_sessions(actor)).select_related("case__dispute")
    sessions = list(rows.filter(participants__isnull=False, participants__removed_at=None).distinct())
    there = list(SessionParticipant.objects.filter(session__in=sessions, removed_at=None))
    missing = consents_missing_for(there)
    open_ = {row.session_id for row in there if row.pk in missing}
    return [
        _line(row, "参加人待同意", "consents to participants missing") for row in sessions if row.pk in open_
    ]


def notices(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Words that a party is to be told now; nobody is invited to what is over."""
    rows = open_notices(table_access.visible_notices(actor)).filter(not_before__lte=now)
    rows = rows.exclude(kind=NoticeKind.INVITATION, session__starts_at__lte=now)
    return [
        WorklistItem(
            "mediation_notice", row.pk, f"{row.session.case.dispute.code} 待通知",
            f"{row.session.case.dispute.code} to be told", due_at=row.session.starts_at, since=row.made_at,
            marks=(row.kind,),
        )
        for row in rows.select_related("session__case__dispute")
    ]  # fmt: skip


def offers(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Offers that end today. Nobody is reminded: a person may look whether an answer is on its way."""
    end = clock.day_end(clock.local_day(now))
    rows = open_offers(table_access.visible_offers(actor)).filter(expires_at__gt=now, expires_at__lte=end)
    return [
        WorklistItem(
            "mediation_offer", row.pk, f"{row.case.dispute.code} 方案今日到期",
            f"{row.case.dispute.code} an offer ends today", due_at=row.expires_at, since=row.made_at,
        )
        for row in rows.select_related("case__dispute")
    ]  # fmt: skip


SECTIONS = (
    Section("sessions_today", SectionKind.DUE_TODAY, "今日调解会", "sessions today", ANYONE_THERE, today),
    Section(
        "sessions_left_open", SectionKind.OVERDUE, "日期已过的调解会", "sessions whose day is over",
        ANYONE_THERE, left_open,
    ),
    Section(
        "sessions_undated", SectionKind.TO_DO, "待另定日期的调解会", "sessions without a new date",
        ANYONE_THERE, undated,
    ),
    Section(
        "sessions_clash", SectionKind.TO_DO, "调解员时间冲突", "mediators in two places", ANYONE_THERE,
        clashes,
    ),
    Section(
        "session_consents",
        SectionKind.MISSING,
        "参加人待同意",
        "participants' consents",
        ANYONE_THERE,
        consents,
    ),
    Section(
        "session_notices", SectionKind.TO_DO, "待通知当事人", "parties to be told", ANYONE_THERE, notices
    ),
    Section(
        "offers_today", SectionKind.DUE_TODAY, "方案今日到期", "offers that end today", ANYONE_THERE, offers
    ),
)  # fmt: skip


def connect() -> None:
    """Enter the sections (once, when the app is ready)."""
    for section in SECTIONS:
        register(section)
