"""What the centre finds on its worklist about agreements: by days left to confirm, marks missing, a second
person waited for, what is owed, follow-ups. Nothing here is told to a party by itself.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Model, QuerySet

from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law
from mediation import agreed, agreed_access, deadlines
from mediation.agreement import MarkRole
from mediation.models import Agreement, AgreementMark
from tasks.worklist import Section, SectionKind, WorklistItem

DESK = frozenset({Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR})
TABLE = DESK | {Role.MEDIATOR}
KEEPER = frozenset({Role.COMMITTEE_KEEPER})
REVIEW = TABLE | KEEPER


def _line(
    agreement: Agreement, kind: str, row: Model, words: tuple[str, str], due_at: datetime | None = None
) -> WorklistItem:
    case = agreement.case
    name = case.number or case.dispute.code
    return WorklistItem(
        kind, row.pk, f"{name} {words[0]}", f"{name} {words[1]}",
        due_at=due_at, since=agreement.reached_at, marks=("protected",) if case.protected else (),
    )  # fmt: skip


@law("PM-33")
def to_confirm(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    """By days left; on the last day 0, warned by the earlier day."""
    today = clock.today()
    for row in agreed.open_confirmations(agreed_access.visible_confirmations(actor)):
        left = deadlines.days_left(row.last_day, today)
        words = f"司法确认剩余 {left} 天", f"{left} days left to ask for confirmation"
        yield _line(row.agreement, "mediation_confirmation", row, words, row.due_at)


@law("PM-33")
def reminded(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    """Those of which the centre was reminded, as long as nothing was filed."""
    rows = agreed.open_confirmations(agreed_access.visible_confirmations(actor))
    for row in rows.filter(reminders__reminded_at__isnull=False).distinct():
        words = "司法确认提醒", "a reminder of judicial confirmation"
        yield _line(row.agreement, "mediation_confirmation", row, words, row.due_at)


def _agreements(actor: Actor) -> QuerySet[Agreement]:
    return (
        agreed_access.visible_agreements(actor).select_related("case__dispute").order_by("reached_at", "id")
    )


@law("PM-29")
def marks(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    """Written agreements that still lack a mark."""
    rows = agreed.agreements_shown(agreed.waiting_for_marks(agreed_access.visible_agreements(actor)))
    for row in rows:
        missing = agreed.missing_of(row)
        if missing:
            words = f"缺 {len(missing)} 个签章", f"{len(missing)} marks missing"
            yield _line(row, "mediation_agreement", row, words)


@law("PM-29")
def seals(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    """Agreements that wait for the committee's seal."""
    sealed = AgreementMark.objects.filter(role=MarkRole.SEAL).values("agreement_id")
    for row in agreed.waiting_for_marks(_agreements(actor)).exclude(pk__in=sealed):
        yield _line(row, "mediation_agreement", row, ("待盖章", "waits for the seal"))


@law("PM-29")
def reviews(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    """What the reader, as the second person, may review: marks, and days put right."""
    for row in agreed.waiting_for_review(_agreements(actor), actor.person):
        yield _line(row, "mediation_agreement", row, ("待第二人复核", "waits for a second person"))


@law("PM-31")
def obligations_due(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """What falls due today; nobody is pressed."""
    return _owed(actor, now, late=False, words=("今日到履行期", "performance is due today"))


@law("PM-31")
def obligations_over(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    return _owed(actor, now, late=True, words=("履行期已过", "performance is overdue"))


def _owed(actor: Actor, now: datetime, *, late: bool, words: tuple[str, str]) -> Iterable[WorklistItem]:
    rows = agreed_access.visible_obligations(actor).select_related("agreement__case__dispute")
    begun = agreed.overdue(rows, now, "falls_due_at")
    past = agreed.overdue(rows, now) if late else agreed.not_overdue(begun, now)
    for row in past.order_by("due_at", "id"):
        yield _line(row.agreement, "mediation_obligation", row, words, row.due_at)


@law("PM-FU")
def follow_ups(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Follow-ups whose day has come."""
    rows = agreed.owed_follow_ups(
        agreed_access.visible_follow_ups(actor), clock.day_end(clock.local_day(now))
    )
    for row in rows.order_by("due_at", "id"):
        yield _line(row.agreement, "mediation_follow_up", row, ("回访", "a follow-up"), row.due_at)


_DUE, _OVER, _MISSING = SectionKind.DUE_TODAY, SectionKind.OVERDUE, SectionKind.MISSING
_TO_DO, _WAITING = SectionKind.TO_DO, SectionKind.WAITING
SECTIONS = (
    Section(
        "agreement_confirm",
        SectionKind.WAITING,
        "司法确认剩余天数",
        "days left to confirm",
        TABLE,
        to_confirm,
    ),
    Section("agreement_reminder", _TO_DO, "司法确认提醒", "confirmation", TABLE, reminded),
    Section("agreement_marks", _MISSING, "签章不齐", "marks missing", TABLE, marks),
    Section("agreement_seal", _MISSING, "待盖章", "waiting for the seal", KEEPER, seals),
    Section("agreement_review", _TO_DO, "待第二人复核", "for a second person", REVIEW, reviews),
    Section("obligation_due", _DUE, "今日到履行期", "performance due today", TABLE, obligations_due),
    Section("obligation_over", _OVER, "履行期已过", "performance overdue", TABLE, obligations_over),
    Section("follow_up", _TO_DO, "回访", "follow-ups due", TABLE, follow_ups),
)
