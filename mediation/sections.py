"""What the mediation centre finds on its worklist."""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet

from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from mediation import access, selectors
from mediation.machine import CaseState
from mediation.models import Case, IntakeItem
from mediation.models.intake import OPEN_INTAKE
from tasks.worklist import Section, SectionKind, WorklistItem, register

DESK = frozenset({Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR})
TABLE = DESK | {Role.MEDIATOR}


def _items(actor: Actor) -> QuerySet[IntakeItem]:
    return access.visible_intake(actor).filter(state__in=OPEN_INTAKE).select_related("dispute")


def _item_line(item: IntakeItem) -> WorklistItem:
    marks = [name for name in ("danger", "protected", "barred") if getattr(item, name)]
    text = item.reasons[-1] if item.reasons else {"zh": "待受理", "en": "intake"}
    title, title_en = f"{item.dispute.code} {text['zh']}", f"{item.dispute.code} {text['en']}"
    return WorklistItem(
        "mediation_intake", item.pk, title, title_en, since=item.opened_at, marks=tuple(marks)
    )


def danger(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    return [_item_line(item) for item in _items(actor).filter(danger=True, read_at=None)]


def unread(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    return [_item_line(item) for item in _items(actor).filter(danger=False, read_at=None)]


def undecided(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    return [_item_line(item) for item in _items(actor).filter(read_at__isnull=False)]


def _cases(actor: Actor) -> QuerySet[Case]:
    return access.visible_cases(actor).select_related("dispute")


def _case_line(case: Case, due_at: datetime | None, title: str, title_en: str) -> WorklistItem:
    name = case.number or case.dispute.code
    marks = ("protected",) if case.protected else ()
    return WorklistItem(
        "mediation_case",
        case.pk,
        f"{name} {title}",
        f"{name} {title_en}",
        due_at=due_at,
        since=case.asked_at,
        marks=marks,
    )


def _due_of(case: Case) -> datetime | None:
    return case.mediation_due_at or case.acceptance_due_at


def time_over(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Time over is a question to all parties, asked once by a person; it ends nothing."""
    rows = selectors.over(_cases(actor), now)
    return [_case_line(case, _due_of(case), "期限已到", "time is over") for case in rows]


def due_today(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    end = clock.day_end(clock.local_day(now))
    rows = selectors.over(selectors.not_over(_cases(actor), now), end)
    return [_case_line(case, _due_of(case), "今日到期", "due today") for case in rows]


def consents(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    """Cases that wait for a party's word; nobody is reminded of it."""
    rows = list(_cases(actor).filter(state__in=(CaseState.ASKING, CaseState.UNREACHABLE)))
    missing = selectors.missing_consents([case.pk for case in rows])
    return [
        _case_line(case, _due_of(case), "缺少同意", "consents missing") for case in rows if case.pk in missing
    ]


def ways(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    """PM-26: every end without agreement owes one notice of other ways."""
    rows = _cases(actor).filter(ways_owed_at__isnull=False, ways_told_on=None)
    return [_case_line(case, None, "待告知其他途径", "tell the other ways") for case in rows]


SECTIONS = (
    Section("intake_danger", SectionKind.DANGER, "未读危险情况", "unread danger", DESK, danger),
    Section("intake_unread", SectionKind.UNREAD, "未读待受理", "unread intake", DESK, unread),
    Section("intake_undecided", SectionKind.TO_DO, "已读未处理", "read, not decided", DESK, undecided),
    Section("mediation_over", SectionKind.OVERDUE, "调解期限已到", "mediation time over", TABLE, time_over),
    Section(
        "mediation_today", SectionKind.DUE_TODAY, "调解今日到期", "mediation due today", TABLE, due_today
    ),
    Section(
        "mediation_consents", SectionKind.MISSING, "等待当事人同意", "waiting for consents", TABLE, consents
    ),
    Section("mediation_ways", SectionKind.TO_DO, "待告知其他途径", "notices of other ways owed", DESK, ways),
)


def connect() -> None:
    """Enter the sections (once, when the app is ready)."""
    for section in SECTIONS:
        register(section)
