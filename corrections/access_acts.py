"""Who sees decisions, second decisions and complaints.

A complaint exists for the desk, the procurator and whoever handles it; never for the officer it is about,
whatever the officer's role: no row, no count, no worklist line, and the answer of an absent one.
"""

from django.db.models import Q, QuerySet

from accounts.models import OrganisationKind
from accounts.selectors import actor_areas, area_subtree_ids
from corrections.access import AGENCY, READERS, readable_by, visible_to
from corrections.complaints import DESK, OUTSIDE
from corrections.decisions import STANDING
from corrections.machine import STAFF
from corrections.models import (
    Complaint,
    Decision,
    Detention,
    Ending,
    Finding,
    Objection,
    Opinion,
    PositioningOrder,
    SecondDecision,
    Subject,
    Transfer,
)
from edge.policy import Policy
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law

DECIDERS = STAFF | {Role.BUREAU_HEAD}
_READ = dict.fromkeys(("list", "retrieve", "reveal"), READERS)
DECISIONS = Policy(
    _READ
    | {"remedies": READERS, "board": STAFF}
    | dict.fromkeys(("create", "hear", "serve", "drop", "copy", "object_to"), STAFF)
    | dict.fromkeys(("decide", "result"), AGENCY)
)
OBJECTIONS = Policy(
    _READ | dict.fromkeys(("uphold", "annul", "change", "close"), AGENCY) | {"take_further": STAFF}
)
COUNTS = Policy({"get": READERS})
_SEEN = dict.fromkeys(("list", "retrieve", "reveal"), DECIDERS)
SECONDS = Policy(
    _SEEN | {"create": DECIDERS} | dict.fromkeys(("agree", "decline"), DECIDERS - {Role.STATION_OFFICER})
)
COMPLAINTS = Policy(
    dict.fromkeys(("list", "retrieve", "reveal", "answer_it"), OUTSIDE)
    | dict.fromkeys(("create", "assign", "pass_on", "withdraw", "tell_procurator"), DESK)
    | {"link": frozenset({Role.PROCURATOR})}
)
BUREAU = frozenset({Role.BUREAU_HEAD})
TRACKS = AGENCY | {Role.PROCURATOR}
FINDINGS = Policy(
    dict.fromkeys(("list", "retrieve", "reveal"), TRACKS)
    | dict.fromkeys(("create", "annul", "other_person"), AGENCY)
)
POSITIONING = Policy(
    dict.fromkeys(("list", "retrieve", "reveal"), TRACKS | BUREAU)
    | dict.fromkeys(("approve", "refuse"), BUREAU)
    | {"lift": AGENCY | BUREAU, "track": TRACKS}
    | dict.fromkeys(
        ("create", "tell", "fit", "start", "suspend", "resume", "uphold", "need", "points", "fault"), AGENCY
    )
)

_PAPERS = dict.fromkeys(("list", "retrieve"), TRACKS)
ENDINGS = Policy(
    _PAPERS
    | dict.fromkeys(("certify", "released_by", "terminate", "notice", "close"), AGENCY)
    | {"look_at": frozenset({Role.AGENCY_HEAD})}
)
DETENTIONS = Policy(dict.fromkeys(("list", "retrieve"), READERS) | dict.fromkeys(("create", "resume"), STAFF))
TRANSFERS = Policy(
    dict.fromkeys(("list", "retrieve"), READERS)
    | dict.fromkeys(
        ("create", "decide", "withdraw", "move", "file_sent", "receipt", "report", "not_arrived"), AGENCY
    )
)
OPINIONS = Policy(_PAPERS | {"reveal": TRACKS, "create": frozenset({Role.PROCURATOR}), "reply": AGENCY})
CHECKLIST = Policy({"get": READERS, "post": STAFF})
TERMINATE = Policy({"post": AGENCY})


def decisions_visible_to(actor: Actor) -> QuerySet[Decision]:
    return Decision.objects.filter(subject__in=visible_to(actor))


@law("CCM-32", "CCL-54")
def board_rows(actor: Actor) -> QuerySet[Decision]:
    """What may hang inside the centre: adults' decisions that stand, by number; newest first."""
    rows = decisions_visible_to(actor).filter(of_minor=False, state__in=sorted(STANDING))
    return rows.exclude(number="").order_by("-decided_on", "number")


def objections_visible_to(actor: Actor) -> QuerySet[Objection]:
    return Objection.objects.filter(decision__subject__in=visible_to(actor))


def of_bureau(actor: Actor) -> QuerySet[Subject]:
    """The people whose agency belongs to the bureau of the actor."""
    rows = Subject.objects.filter(
        state="in_correction", agency__area_id__in=area_subtree_ids(actor_areas(actor))
    ).exclude(ends_on__lt=clock.today())
    return rows if actor.role == Role.BUREAU_HEAD else rows.none()


@law("CCL-61")
def seconds_visible_to(actor: Actor) -> QuerySet[SecondDecision]:
    """What was asked about the people whom the actor answers for; a station sees what it asked itself."""
    if actor.role == Role.STATION_OFFICER:
        return SecondDecision.objects.filter(subject__in=visible_to(actor), asked_by=actor.user_id)
    if actor.role == Role.BUREAU_HEAD:
        return SecondDecision.objects.filter(subject__in=of_bureau(actor))
    return SecondDecision.objects.filter(subject__in=visible_to(actor))


@law("CCL-34b", "CCL-61")
def complaints_visible_to(actor: Actor) -> QuerySet[Complaint]:
    """Those of the own desk's district; for the bureau's head only what was assigned. Never one's own."""
    rows = Complaint.objects.exclude(against=actor.user_id)
    if actor.role in DESK:
        return rows.filter(door__area_id__in=area_subtree_ids(actor_areas(actor)))
    if actor.role == Role.BUREAU_HEAD:
        return rows.filter(assigned_to=actor.user_id)
    return rows.none()


def officers_of(actor: Actor) -> Q:
    """Offices whose officers a complaint may be about, in the actor's district."""
    kinds = [OrganisationKind.STATION, OrganisationKind.AGENCY, OrganisationKind.BUREAU]
    return Q(organisation__kind__in=kinds, organisation__area_id__in=area_subtree_ids(actor_areas(actor)))


def findings_visible_to(actor: Actor) -> QuerySet[Finding]:
    if actor.role not in TRACKS:
        return Finding.objects.none()
    return Finding.objects.filter(subject__in=visible_to(actor))


@law("CCL-29b", "CCL-29d")
def positioning_visible_to(actor: Actor) -> QuerySet[PositioningOrder]:
    """Orders for the agency, the bureau's head who approves them, and the procurator. No station, no
    worker."""
    if actor.role == Role.BUREAU_HEAD:
        return PositioningOrder.objects.filter(subject__in=of_bureau(actor))
    if actor.role not in TRACKS:
        return PositioningOrder.objects.none()
    return PositioningOrder.objects.filter(subject__in=visible_to(actor))


@law("CCL-29d")
def tracks_readable_by(actor: Actor) -> QuerySet[PositioningOrder]:
    """Orders whose points may be read: by the agency and the procurator; after the term by the agency's head
    and the procurator."""
    if actor.role not in TRACKS:
        return PositioningOrder.objects.none()
    return PositioningOrder.objects.filter(subject__in=readable_by(actor))


def tracks_delivered_by(actor: Actor) -> QuerySet[PositioningOrder]:
    """Orders to which points are delivered: of the own agency, also in the day after the end."""
    rows = PositioningOrder.objects.filter(subject__agency_id=actor.organisation_id)
    return rows if actor.role in AGENCY else rows.none()


def detentions_visible_to(actor: Actor) -> QuerySet[Detention]:
    return Detention.objects.filter(subject__in=visible_to(actor))


def transfers_visible_to(actor: Actor) -> QuerySet[Transfer]:
    return Transfer.objects.filter(subject__in=visible_to(actor))


@law("CCL-44")
def endings_visible_to(actor: Actor) -> QuerySet[Ending]:
    """Ends whose papers are not complete, for the own agency; the procurator sees all of the district. No
    value of the person stands in them."""
    if actor.role in AGENCY:
        return Ending.objects.filter(subject__agency_id=actor.organisation_id).exclude(state="closed")
    if actor.role == Role.PROCURATOR:
        return Ending.objects.filter(subject__station__area_id__in=area_subtree_ids(actor_areas(actor)))
    return Ending.objects.none()


@law("CCL-8")
def opinions_visible_to(actor: Actor) -> QuerySet[Opinion]:
    """What was said to the own agency; what the procurators of the district said."""
    if actor.role in AGENCY:
        return Opinion.objects.filter(agency_id=actor.organisation_id)
    if actor.role == Role.PROCURATOR:
        return Opinion.objects.filter(agency__area_id__in=area_subtree_ids(actor_areas(actor)))
    return Opinion.objects.none()
