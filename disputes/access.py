"""Who sees which screening and dispute. One queryset for lists, details, counts and phones; hidden is absent.

| role | screenings | disputes |
|---|---|---|
| grid worker | the own; of the own grids what is neither restricted nor protected | likewise |
| coordinator | of the community, not restricted | the same |
| clerk | of the street, not restricted; restricted ones when the director named this clerk | the same |
| director | of the street, all | the same |
| mediator | of the own cases | where named |
| duty officer | on duty: non-restricted danger that the centre left unopened | none |
| everybody else | none | none |

On the protected track address, place, numbers and free text are for author (own screening), named mediator
and director alone (`sees_whereabouts`); the others get the record with these parts masked.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from accounts.models import OrganisationKind
from accounts.selectors import actor_areas, area_subtree_ids, headed_organisations
from disputes.models import (
    Dispute,
    DisputeScreening,
    DisputeTransition,
    JointHandling,
    NamedClerk,
    Screening,
    ScreeningRound,
)
from edge.policy import Policy
from grids.models import Grid
from grids.selectors import assigned_grid_ids
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law
from privacy.closing import GONE, closed
from sync.models import Inbox
from tasks.access import on_duty_now

READERS = frozenset(
    {
        Role.GRID_WORKER, Role.COMMUNITY_COORDINATOR, Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR, Role.MEDIATOR,
    }
)  # fmt: skip
WRITERS = frozenset({Role.COMMUNITY_COORDINATOR, Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR})
FIELD = WRITERS | {Role.GRID_WORKER}
CENTRE = frozenset({Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR})
DIRECTOR = frozenset({Role.CENTRE_DIRECTOR})

SCREENINGS = Policy(
    {
        "list": READERS | {Role.DUTY_OFFICER},
        "retrieve": READERS | {Role.DUTY_OFFICER},
        "create": WRITERS,
        "particulars": READERS,
    }
)
EXPORTS = Policy({"get": CENTRE})
CALL_UPS = Policy({"get": CENTRE | {Role.DUTY_OFFICER}})
_JOINT_READERS = WRITERS | {Role.MEDIATOR}
JOINT = Policy({"get": _JOINT_READERS, "post": DIRECTOR})
JOINT_HANDLINGS = Policy(
    {
        **dict.fromkeys(("list", "retrieve"), _JOINT_READERS),
        "ask": DIRECTOR,
        "decide": DIRECTOR | {Role.COMMUNITY_COORDINATOR},
    },
    without_role={"list", "retrieve", "decide"},
)
JOINT_QUESTIONS = Policy({"answer": CENTRE, "supply": DIRECTOR, "withdraw": DIRECTOR})
DISPUTES = Policy({"list": READERS, "retrieve": READERS, "history": READERS, "parties": READERS})
STEPS = Policy({"post": FIELD | {Role.MEDIATOR}})
ACTS = Policy({"post": FIELD})
CENTRE_ACTS = Policy({"post": CENTRE})
MEDIATING_ACTS = Policy({"get": DIRECTOR | {Role.MEDIATOR}, "post": DIRECTOR | {Role.MEDIATOR}})
COLOUR_ACTS = Policy({"post": WRITERS})
ATTEMPTS = Policy({"get": READERS, "post": FIELD | {Role.MEDIATOR}})
PLACING = Policy({"get": READERS, "post": WRITERS})
DIRECTOR_ACTS = Policy({"post": DIRECTOR})
TRIAGE = Policy({"get": FIELD, "post": FIELD})
KEPT_WORDS = Policy({"get": READERS, "post": FIELD})
APPLICATIONS = Policy({"get": READERS, "post": FIELD})
REPORTING = Policy({"post": FIELD | {Role.MEDIATOR}})
TIMELINE = Policy({"get": READERS})
LIKELY = Policy({"get": FIELD})
SEARCH = Policy({"post": CENTRE})
ROUNDS = Policy({"list": FIELD, "retrieve": FIELD, "progress": FIELD, "create": WRITERS, "close": WRITERS})
REFUSED = Policy({"list": WRITERS})
NAMED_CLERKS = Policy({"list": DIRECTOR, "create": DIRECTOR, "end": DIRECTOR})

_LINK = DisputeScreening.objects.filter(screening=OuterRef("pk"))
_IN_RESTRICTED = Q(Exists(_LINK.filter(dispute__restricted=True)))
IN_PROTECTED = Q(Exists(_LINK.filter(dispute__protected=True)))
_OPEN_TO_GRID = Q(restricted=False, protected=False) & ~_IN_RESTRICTED & ~IN_PROTECTED
_NOT_RESTRICTED = Q(restricted=False) & ~_IN_RESTRICTED


def _subtree(actor: Actor) -> list[UUID]:
    return area_subtree_ids(actor_areas(actor))


def named_streets(actor: Actor) -> list[UUID]:
    """The streets for which a clerk is named today to read restricted screenings."""
    today = clock.today()
    rows = NamedClerk.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gt=today), user_id=actor.person, valid_from__lte=today
    )
    return list(rows.values_list("street_id", flat=True))


def own(actor: Actor) -> Q:
    """What the actor has written in the role that is active now (there is no view over two roles)."""
    return Q(author_id=actor.user_id, author_role=actor.role)


def wrote(actor: Actor, screening: Screening) -> bool:
    """The same for one record."""
    return screening.author_id == actor.user_id and screening.author_role == actor.role


def _worker_screenings(actor: Actor) -> Q:
    return Q(grid_id__in=assigned_grid_ids(actor.person)) & _OPEN_TO_GRID


def _coordinator_screenings(actor: Actor) -> Q:
    return Q(_NOT_RESTRICTED, community_id__in=_subtree(actor))


def _clerk_screenings(actor: Actor) -> Q:
    open_ones = Q(street_id__in=_subtree(actor)) & _NOT_RESTRICTED
    return open_ones | Q(street_id__in=set(named_streets(actor)) & set(_subtree(actor)))


def _director_screenings(actor: Actor) -> Q:
    return Q(street_id__in=_subtree(actor))


def _mediator_screenings(actor: Actor) -> Q:
    return Q(Exists(_LINK.filter(dispute__named_mediators__contains=[actor.user_id])))


def _duty_screenings(actor: Actor) -> Q:
    """While on duty: danger that the centre left unopened, and what the actor has opened of it."""
    if not on_duty_now(actor):
        return Q(pk__in=[])
    unopened = Q(danger_opened_at__isnull=True) | Q(danger_opened_by=actor.user_id)
    return Q(unopened, street_id__in=_subtree(actor), danger_step__gt=0) & _NOT_RESTRICTED


_SCREENINGS: Mapping[Role, Callable[[Actor], Q]] = {
    Role.GRID_WORKER: _worker_screenings,
    Role.COMMUNITY_COORDINATOR: _coordinator_screenings,
    Role.CENTRE_CLERK: _clerk_screenings,
    Role.CENTRE_DIRECTOR: _director_screenings,
    Role.MEDIATOR: _mediator_screenings,
    Role.DUTY_OFFICER: _duty_screenings,
}


@law("DV-23")
def screenings_visible_to(actor: Actor) -> QuerySet[Screening]:
    """The screenings that exist for this actor."""
    if actor.is_system:
        return Screening.objects.all()
    rule = _SCREENINGS.get(actor.role) if actor.role else None
    rows = Screening.objects.filter(own(actor) | rule(actor)) if rule else Screening.objects.none()
    return rows.exclude(Exists(_LINK.filter(dispute__in=closed("dispute"))))


def _worker_disputes(actor: Actor) -> Q:
    """Restricted disputes are on no phone and in no grid; a protected one is known to the authors of its
    records."""
    grids = assigned_grid_ids(actor.person)
    mine = Exists(
        DisputeScreening.objects.filter(
            dispute=OuterRef("pk"),
            screening__author_id=actor.user_id,
            screening__author_role=Role.GRID_WORKER,
        )
    )
    return Q(restricted=False) & (Q(mine) | Q(grid_id__in=grids, protected=False))


def _coordinator_disputes(actor: Actor) -> Q:
    return Q(community_id__in=_subtree(actor), restricted=False)


def _clerk_disputes(actor: Actor) -> Q:
    areas = _subtree(actor)
    return Q(street_id__in=areas, restricted=False) | Q(street_id__in=set(named_streets(actor)) & set(areas))


def _director_disputes(actor: Actor) -> Q:
    return Q(street_id__in=_subtree(actor))


def _mediator_disputes(actor: Actor) -> Q:
    return Q(named_mediators__contains=[actor.user_id])


_DISPUTES: Mapping[Role, Callable[[Actor], Q]] = {
    Role.GRID_WORKER: _worker_disputes,
    Role.COMMUNITY_COORDINATOR: _coordinator_disputes,
    Role.CENTRE_CLERK: _clerk_disputes,
    Role.CENTRE_DIRECTOR: _director_disputes,
    Role.MEDIATOR: _mediator_disputes,
}


def disputes_visible_to(actor: Actor) -> QuerySet[Dispute]:
    """The disputes that exist for this actor."""
    if actor.is_system:
        return Dispute.objects.all()
    return _in_reach(actor).exclude(pk__in=closed("dispute"))


def disputes_going_on(actor: Actor) -> QuerySet[Dispute]:
    """Whose parties' requests the desk still answers: also what is restricted, not what is sealed or gone."""
    return _in_reach(actor).exclude(pk__in=closed("dispute", *GONE))


def _in_reach(actor: Actor) -> QuerySet[Dispute]:
    rule = _DISPUTES.get(actor.role) if actor.role else None
    return Dispute.objects.filter(rule(actor)) if rule else Dispute.objects.none()


def joint_visible_to(actor: Actor) -> QuerySet[JointHandling]:
    """Joint handlings of the disputes that the actor sees at the desk, of protected ones for the director
    alone; and what waits for the decision of the actor as head of a street, in whatever role."""
    if actor.is_system:
        return JointHandling.objects.all()
    headed = headed_organisations(actor.user_id).filter(kind=OrganisationKind.STREET).values("area")
    waiting = Q(undecided_at__isnull=False, dispute__street__in=headed, dispute__protected=False)
    if actor.role not in _JOINT_READERS:
        return JointHandling.objects.filter(waiting)
    seen = Q(dispute__in=disputes_visible_to(actor))
    if actor.role != Role.CENTRE_DIRECTOR:
        seen &= Q(dispute__protected=False)
    return JointHandling.objects.filter(waiting | seen)


def readable_files(actor: Actor, ids: Sequence[UUID]) -> list[UUID]:
    """Of these screenings those whose pictures the actor may see. A picture shows where it was made: on the
    protected track it is for those who see the whereabouts. What a newer version closes is closed."""
    visible = screenings_visible_to(actor)
    rows = visible.filter(id__in=ids).annotate(
        in_protected=IN_PROTECTED,
        mediators=Subquery(_LINK.values("dispute__named_mediators")[:1]),
        newer_protected=F("latest__protected"),
    )
    found = list(rows)
    newer = {row.latest_id for row in found if row.latest_id}
    open_newer = set(visible.filter(id__in=newer).values_list("id", flat=True)) if newer else set()
    return [
        row.id
        for row in found
        if (row.latest_id is None or row.latest_id in open_newer) and _sees_pictures(actor, row)
    ]


def _sees_pictures(actor: Actor, row: Any) -> bool:
    if not (row.protected or row.in_protected or row.newer_protected):
        return True
    return sees_whereabouts(actor, own=wrote(actor, row), mediators=row.mediators)


def phone_screenings(actor: Actor) -> list[UUID]:
    """What phones hold: the visible ones less the restricted, which leave the author's phone after the
    receipt."""
    if actor.role != Role.GRID_WORKER:
        return []
    # A version stands in the place of its first record, and both belong to one dispute.
    rows = screenings_visible_to(actor).filter(_NOT_RESTRICTED, version_of__isnull=True)
    return list(rows.values_list("id", flat=True))


def phone_disputes(actor: Actor) -> list[UUID]:
    if actor.role != Role.GRID_WORKER:
        return []
    return list(disputes_visible_to(actor).values_list("id", flat=True))


def phone_dispute_events(actor: Actor) -> list[UUID]:
    """The steps of the disputes that phones hold."""
    steps = DisputeTransition.objects.filter(dispute_id__in=phone_disputes(actor))
    return list(steps.values_list("id", flat=True))


def sees_whereabouts(actor: Actor, *, own: bool, mediators: Collection[UUID] | None) -> bool:
    """Whether address, place, numbers and free text of a protected record may be shown to this actor. `own`:
    the actor wrote it; to have written one record of a dispute opens that one, not what others told."""
    if own or actor.role == Role.CENTRE_DIRECTOR or actor.is_system:
        return True
    return actor.role == Role.MEDIATOR and actor.user_id in (mediators or ())


def in_charge(actor: Actor, dispute: Dispute) -> bool:
    """Whether what others told of a dispute is for this actor: for a worker only as long as it lies in a grid
    of the worker's, or somewhere in their community. To have made one record of it opens that one."""
    if actor.role != Role.GRID_WORKER:
        return True
    held = Grid.objects.filter(id__in=assigned_grid_ids(actor.person))
    there = {"id": dispute.grid_id} if dispute.grid_id else {"community_id": dispute.community_id}
    return held.filter(**there).exists()


def in_reach(actor: Actor, area_id: UUID) -> bool:
    """Whether an area lies within that of the actor's organisation."""
    return area_id in _subtree(actor)


def named_clerks_visible_to(actor: Actor) -> QuerySet[NamedClerk]:
    if actor.role != Role.CENTRE_DIRECTOR:
        return NamedClerk.objects.none()
    return NamedClerk.objects.filter(street_id__in=_subtree(actor))


def rounds_visible_to(actor: Actor) -> QuerySet[ScreeningRound]:
    """Rounds that go through a community of the actor; a worker's through those of the own grids."""
    if actor.is_system:
        return ScreeningRound.objects.all()
    if actor.role not in FIELD:
        return ScreeningRound.objects.none()
    areas = _subtree(actor)
    if actor.role == Role.GRID_WORKER:
        held = Grid.objects.filter(id__in=assigned_grid_ids(actor.person))
        areas = list(held.values_list("community_id", flat=True))
    return ScreeningRound.objects.filter(communities__overlap=areas)


def refused_visible_to(actor: Actor) -> QuerySet[Inbox]:
    """Refused records whose queue is the actor's own organisation: the community's, or the centre's for
    those that the community may not know of."""
    if actor.role not in WRITERS or actor.organisation_id is None:
        return Inbox.objects.none()
    rows = Inbox.objects.filter(kind="screening", queue_id=actor.organisation_id, first=True)
    return rows.filter(closed_at__isnull=True).exclude(state__in=("accepted", "held"))
