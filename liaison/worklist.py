"""What reports ask of somebody: second persons, calls that are owed, reviews, answers, and days to look
again."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from liaison.access import ASKED, visible_to
from liaison.grounds import Ground
from liaison.machine import AUTHORS, DECIDERS, OUT, SECOND, ReportState
from liaison.models import Report
from tasks.worklist import Section, SectionKind, WorklistItem, register

S = ReportState


def connect() -> None:
    """Enter the sections (once, when the app is ready)."""
    kinds, here, police = SectionKind, AUTHORS | SECOND, frozenset({Role.LIAISON_OFFICER})
    for code, kind, zh, en, roles, rows in (
        ("report_second", kinds.DANGER, "报告待第二人审核", "Reports for a second person", SECOND, second),
        ("report_call", kinds.OVERDUE, "报告未签收，须电话联系", "Not received: call", here, calls),
        ("report_review", kinds.DUE_TODAY, "报告待事后复核", "Reports to review", SECOND, reviews),
        ("report_appeal", kinds.DUE_TODAY, "报告申诉待决定", "Declined reports to decide", DECIDERS, appeals),
        ("report_back", kinds.CAME_BACK, "报告被退回或不予报送", "Reports that came back", AUTHORS, back),
        ("report_draft", kinds.TO_DO, "报告起草未提交", "Drafts not put forward", AUTHORS, drafts),
        (
            "report_silent",
            kinds.DANGER,
            "无人审核，可先行报送",
            "Nobody answered: may be sent",
            AUTHORS,
            silent,
        ),
        ("report_to_send", kinds.DANGER, "报告已同意，待报送", "Approved: to be sent", AUTHORS, to_send),
        ("report_waits", kinds.WAITING, "报告待派出所答复", "Sent, not answered", AUTHORS, waits),
        ("report_again", kinds.DUE_TODAY, "告知本人，到期再看", "Look again whether to tell", here, again),
        ("report_untold", kinds.TO_DO, "本人尚未告知", "The person has not been told", AUTHORS, untold),
        ("report_answered", kinds.TO_DO, "报告已回复", "Reports answered", AUTHORS, answered),
        ("report_received", kinds.UNREAD, "收到的报告", "Reports received", police, incoming),
        ("report_to_answer", kinds.TO_DO, "待答复的报告", "Reports to answer", police, to_answer),
    ):
        register(Section(code, kind, zh, en, roles, rows))


def second(actor: Actor, _now: datetime) -> Iterator[WorklistItem]:
    rows = visible_to(actor).filter(state=S.PROPOSED).exclude(author_id=actor.user_id)
    return _items(rows, "second_due_at")


def calls(actor: Actor, _now: datetime) -> Iterator[WorklistItem]:
    return _items(visible_to(actor).filter(call_owed_at__isnull=False), "call_owed_at")


def reviews(actor: Actor, _now: datetime) -> Iterator[WorklistItem]:
    owed = visible_to(actor).filter(review_due_at__isnull=False, reviewed_at__isnull=True)
    return _items(owed.exclude(author_id=actor.user_id), "review_due_at")


def appeals(actor: Actor, _now: datetime) -> Iterator[WorklistItem]:
    rows = visible_to(actor).filter(state=S.DECLINED, decide_due_at__isnull=False)
    return _items(rows.exclude(author_id=actor.user_id), "decide_due_at")


def back(actor: Actor, _now: datetime) -> Iterator[WorklistItem]:
    rows = visible_to(actor).filter(author_id=actor.user_id, state__in=[S.RETURNED, S.DECLINED])
    return _items(rows.filter(appealed_at__isnull=True), "created_at")


def drafts(actor: Actor, _now: datetime) -> Iterator[WorklistItem]:
    return _items(_mine(actor).filter(state=S.DRAFTED), "second_due_at")


def silent(actor: Actor, _now: datetime) -> Iterator[WorklistItem]:
    """Duty officer and deputy were asked and said nothing: by the author's hand it may go as pending."""
    return _items(_mine(actor).filter(state=S.PROPOSED, second_step__gte=len(ASKED)), "second_due_at")


def to_send(actor: Actor, _now: datetime) -> Iterator[WorklistItem]:
    return _items(_mine(actor).filter(state=S.APPROVED), "second_due_at")


def waits(actor: Actor, _now: datetime) -> Iterator[WorklistItem]:
    """Sent, and the station still has something to say."""
    sent = _mine(actor).filter(sent_at__isnull=False)
    return _items(sent.exclude(state__in=[S.ANSWERED, S.REPLIED, S.CLOSED]), "receipt_due_at")


def _mine(actor: Actor) -> QuerySet[Report]:
    return visible_to(actor).filter(author_id=actor.user_id)


def again(actor: Actor, _now: datetime) -> Iterator[WorklistItem]:
    """The day that somebody named comes also when the report itself is closed."""
    due = visible_to(actor).filter(told_on__isnull=True, look_again_on__lte=clock.today())
    return _items(due, "created_at")


def untold(actor: Actor, _now: datetime) -> Iterator[WorklistItem]:
    """What was sent, and the person was neither told nor is it said why not; also of what had no basis."""
    rows = _mine(actor).filter(sent_at__isnull=False, told_on__isnull=True, not_told="")
    return _items(rows, "sent_at")


def answered(actor: Actor, _now: datetime) -> Iterator[WorklistItem]:
    rows = visible_to(actor).filter(author_id=actor.user_id, state__in=[S.ANSWERED, S.REPLIED])
    return _items(rows, "answered_at")


def incoming(actor: Actor, _now: datetime) -> Iterator[WorklistItem]:
    """To be received, to be replied to, or withdrawn."""
    unread = Q(state__in=[*OUT, S.QUESTIONED, S.WITHDRAWN_NO_BASIS])
    unread |= Q(state=S.REVIEWED_AFTER, received_at__isnull=True)
    return _items(visible_to(actor).filter(unread), "sent_at")


def to_answer(actor: Actor, _now: datetime) -> Iterator[WorklistItem]:
    owed = visible_to(actor).filter(state__in=[S.RECEIVED, S.REVIEWED_AFTER], received_at__isnull=False)
    return _items(owed, "received_at")


def _items(rows: QuerySet[Report], column: str) -> Iterator[WorklistItem]:
    """By ground: no act and no place stands on a printed page."""
    shown: Any = rows.order_by(column, "id").values_list("pk", "ground", column, "created_at")
    for pk, ground, at, since in shown:
        words = Ground(ground)
        yield WorklistItem("report", pk, words.zh, words.en, due_at=at, since=since)
