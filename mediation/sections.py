"""What the mediation centre finds on its worklist."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db.models import Exists, OuterRef, QuerySet

from disputes import standing
from disputes.codes import DisputeState
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from mediation import access, agreed_sections, referral_sections, selectors, sitting
from mediation.agreement import ObligationState
from mediation.machine import CaseState
from mediation.models import Case, IntakeItem, Obligation
from mediation.models.intake import OPEN_INTAKE
from tasks.worklist import Section, SectionKind, WorklistItem, register

DESK = frozenset({Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR})
TABLE = DESK | {Role.MEDIATOR}
AGREED = (CaseState.IN_EFFECT, CaseState.PERFORMING, CaseState.PERFORMED, CaseState.SET_ASIDE)


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


def to_take(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    """Disputes at the street that nobody has taken in hand and about which no intake item waits."""
    waiting = IntakeItem.objects.filter(dispute=OuterRef("pk"), state__in=OPEN_INTAKE)
    return standing.lines(standing.to_take(actor).filter(~Exists(waiting)), standing.TAKE)


def to_archive(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    """What the table has settled, once nothing is owed any more by its agreement."""
    owed = Obligation.objects.filter(agreement__case__dispute=OuterRef("pk"), state=ObligationState.OPEN)
    rows = standing.ended(actor).filter(~Exists(owed), outcome=DisputeState.SETTLED)
    settled = rows.filter(Exists(Case.objects.filter(dispute=OuterRef("pk"), state__in=AGREED)))
    return standing.lines(settled, ("待归档", "to be archived"))


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


def notices(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    """PM-30b: accepted cases in which a party was not told its rights; no session begins before."""
    rows = selectors.without_notice(_cases(actor).filter(state=CaseState.ACCEPTED))
    return [_case_line(case, _due_of(case), "未告知权利义务", "rights notice missing") for case in rows]


def reviews(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Suspended cases and parties that cannot be reached, from the review date on."""
    rows = selectors.to_review(_cases(actor), clock.local_day(now))
    return [_case_line(case, None, "到复查日期", "to be looked at again") for case in rows]


def asked_for_time(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    """All parties were asked for more time; nobody is asked twice."""
    rows = _cases(actor).filter(state=CaseState.ACCEPTED, extension_asked_at__isnull=False)
    return [_waits(case) for case in rows]


def _waits(case: Case) -> WorklistItem:
    line = _case_line(case, _due_of(case), "等待各方答复是否延期", "waiting for a word on more time")
    return replace(line, since=case.extension_asked_at, waiting_for="当事人 parties")


def absent_mediators(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    """Cases without a mediator, or whose mediator is absent or no longer in the register: the director gives
    them to somebody."""
    rows = sitting.without_sitting_mediator(_cases(actor), clock.local_day(now))
    return [_case_line(case, _due_of(case), "调解员不能参加", "its mediator cannot sit") for case in rows]


def undeclared(actor: Actor, _now: datetime) -> Iterable[WorklistItem]:
    """Cases in which the reader has not signed the conflict declaration."""
    rows = sitting.undeclared_by(_cases(actor), actor.person)
    return [_case_line(case, None, "未作回避声明", "conflict declaration owed") for case in rows]


def register_ending(actor: Actor, now: datetime) -> Iterable[WorklistItem]:
    rows = sitting.register_ending(access.mediators_visible_to(actor), clock.local_day(now))
    return [
        WorklistItem(
            "mediator",
            row.pk,
            f"{row.user.name} 名册到期 {row.valid_to}",
            f"{row.user.name} leaves the register on {row.valid_to}",
            due_at=clock.day_end(row.valid_to) if row.valid_to else None,
        )
        for row in rows
    ]


KEEPER = frozenset({Role.COMMITTEE_KEEPER})
DIRECTOR = frozenset({Role.CENTRE_DIRECTOR})
MEDIATOR = frozenset({Role.MEDIATOR})
PEOPLE = (
    Section("mediation_notices", SectionKind.MISSING, "未告知权利义务", "rights notice owed", TABLE, notices),
    Section("mediation_review", SectionKind.DUE_TODAY, "到复查日期", "to be looked at again", TABLE, reviews),
    Section(
        "mediation_more_time", SectionKind.WAITING, "等待延期答复", "asked for more time", TABLE,
        asked_for_time,
    ),
    Section(
        "mediator_absent", SectionKind.MISSING, "调解员不能参加", "mediator cannot sit", DIRECTOR,
        absent_mediators,
    ),
    Section(
        "mediator_undeclared", SectionKind.MISSING, "未作回避声明", "declaration owed", MEDIATOR, undeclared
    ),
    Section(
        "mediator_register", SectionKind.TO_DO, "名册即将到期", "register ends soon", KEEPER, register_ending
    ),
)  # fmt: skip
SECTIONS = (
    Section("intake_danger", SectionKind.DANGER, "未读危险情况", "unread danger", DESK, danger),
    Section("intake_unread", SectionKind.UNREAD, "未读待受理", "unread intake", DESK, unread),
    Section("intake_undecided", SectionKind.TO_DO, "已读未处理", "read, not decided", DESK, undecided),
    Section("street_to_take", SectionKind.UNREAD, "待受理分流", "disputes to take in hand", DESK, to_take),
    Section("settled_to_archive", SectionKind.TO_DO, "待归档", "settled, to be archived", DESK, to_archive),
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
    for section in (*SECTIONS, *PEOPLE, *agreed_sections.SECTIONS, *referral_sections.SECTIONS):
        register(section)
