"""Where disputes stand and wait for a person: to be taken in hand, with a department, to be told, to be
followed up, to be archived. What each level holds is on the worklist of whoever answers for it, until the
next step is taken.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from disputes.access import disputes_visible_to
from disputes.codes import DisputeState
from disputes.models import Dispute, DisputeTransition
from kernel.actor import Actor
from kernel.codes.law import HandlingLevel
from kernel.codes.roles import Role
from tasks.worklist import Section, SectionKind, WorklistItem, register

S = DisputeState
_LOW = (HandlingLevel.GRID, HandlingLevel.COMMUNITY)
_HIGH = (HandlingLevel.STREET, HandlingLevel.DISTRICT)
HOLDS: Mapping[Role, tuple[str, ...]] = {
    Role.GRID_WORKER: (HandlingLevel.GRID,),
    Role.COMMUNITY_COORDINATOR: _LOW,
    Role.CENTRE_CLERK: _HIGH,
    Role.CENTRE_DIRECTOR: _HIGH,
}
COORDINATOR = frozenset({Role.COMMUNITY_COORDINATOR})
CENTRE = frozenset({Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR})
STAFF = COORDINATOR | CENTRE
TO_TAKE = (S.REGISTERED, S.ACCEPTED, S.TRIAGED, S.REOPENED)
_OVER = (S.REFUSED, S.WITHDRAWN, S.CLOSED_ELSEWHERE)


def held(actor: Actor) -> QuerySet[Dispute]:
    """What the actor sees at the levels that the actor answers for, with the moment of its last step."""
    last = DisputeTransition.objects.filter(dispute=OuterRef("pk")).order_by("-at", "-id")
    rows = disputes_visible_to(actor).filter(level__in=HOLDS.get(actor.role, ()) if actor.role else ())
    since = Coalesce(Subquery(last.values("at")[:1]), F("opened_at"))
    return rows.annotate(stood_since=since).order_by("stood_since", "id")


def _mediated() -> Exists:
    asked = DisputeTransition.objects.filter(dispute=OuterRef("pk"), event="to_mediation")
    return Exists(asked)


def to_take(actor: Actor) -> QuerySet[Dispute]:
    """Not yet in hand; what is only watched ends by itself."""
    watched = Q(state=S.REGISTERED, watch_until__isnull=False, party_asked_at__isnull=True)
    return held(actor).filter(state__in=TO_TAKE).exclude(watched)


def with_department(actor: Actor) -> QuerySet[Dispute]:
    return held(actor).filter(state=S.WITH_DEPARTMENT)


def to_tell(actor: Actor) -> QuerySet[Dispute]:
    return held(actor).filter(state__in=(S.SETTLED, S.NOT_SETTLED))


def to_follow_up(actor: Actor) -> QuerySet[Dispute]:
    """Settled on the spot or by a department; what the table settled is followed up by its agreement."""
    return held(actor).filter(~_mediated(), state=S.FEEDBACK, outcome=S.SETTLED, follow_up_declined=False)


def ended(actor: Actor) -> QuerySet[Dispute]:
    """Nothing is owed any more but to put the file away."""
    told = Q(state=S.FEEDBACK) & (~Q(outcome=S.SETTLED) | Q(follow_up_declined=True))
    return held(actor).filter(told | Q(state__in=(S.FOLLOW_UP, *_OVER)))


def to_archive(actor: Actor) -> QuerySet[Dispute]:
    """The same without what the table has settled: that waits for its agreement to be performed."""
    return ended(actor).exclude(Q(outcome=S.SETTLED) & _mediated())


def lines(
    rows: QuerySet[Dispute], words: tuple[str, str], *, waiting_for: str = ""
) -> Iterator[WorklistItem]:
    """One line each: code, what is to be done, since when it stands there."""
    for row in rows:
        marks = ("protected",) if row.protected else ()
        yield WorklistItem(
            "dispute", row.pk, f"{row.code} {words[0]}", f"{row.code} {words[1]}",
            since=row.stood_since, waiting_for=waiting_for, marks=(row.level, row.state, *marks),
        )  # fmt: skip


TAKE = ("待受理分流", "to be taken in hand")


def _take(actor: Actor, _now: datetime) -> Iterator[WorklistItem]:
    return lines(to_take(actor), TAKE)


def _department(actor: Actor, _now: datetime) -> Iterator[WorklistItem]:
    words = "部门办理中", "with a department"
    return lines(with_department(actor), words, waiting_for="部门 department")


def _tell(actor: Actor, _now: datetime) -> Iterator[WorklistItem]:
    return lines(to_tell(actor), ("待反馈", "feedback is owed"))


def _follow_up(actor: Actor, _now: datetime) -> Iterator[WorklistItem]:
    return lines(to_follow_up(actor), ("待回访", "to be followed up"))


def _archive(actor: Actor, _now: datetime) -> Iterator[WorklistItem]:
    return lines(to_archive(actor), ("待归档", "to be archived"))


def connect() -> None:
    """Enter the sections (once, when the app is ready). At the street, what is to be taken in hand stands
    beside the intake items of mediation, which enters it."""
    kinds, field = SectionKind, COORDINATOR | {Role.GRID_WORKER}
    for section in (
        Section("disputes_to_take", kinds.UNREAD, "待受理分流", "Disputes to be taken in hand", field, _take),
        Section(
            "disputes_with_department", kinds.WAITING, "部门办理中", "Disputes with a department", CENTRE,
            _department,
        ),
        Section("disputes_to_tell", kinds.TO_DO, "待反馈", "Feedback owed", STAFF, _tell),
        Section("disputes_follow_up", kinds.TO_DO, "待回访", "Disputes to be followed up", STAFF, _follow_up),
        Section("disputes_to_archive", kinds.TO_DO, "待归档", "Disputes to be archived", STAFF, _archive),
    ):  # fmt: skip
        register(section)
