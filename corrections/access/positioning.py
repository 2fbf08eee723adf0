"""Who sees findings, positioning orders and the points of a device. No station and no worker."""

from django.db.models import QuerySet

from corrections.access.people import of_bureau, readable_by, visible_to
from corrections.access.roles import BUREAU, TRACKS
from corrections.machine import AGENCY
from corrections.models import Finding, PositioningOrder
from edge.policy import Policy
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law

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


def findings_visible_to(actor: Actor) -> QuerySet[Finding]:
    if actor.role not in TRACKS:
        return Finding.objects.none()
    return Finding.objects.filter(subject__in=visible_to(actor))


def findings_readable_by(actor: Actor) -> QuerySet[Finding]:
    """Whose words may be opened: also after the term, by the agency's head and the procurator."""
    if actor.role not in TRACKS:
        return Finding.objects.none()
    return Finding.objects.filter(subject__in=readable_by(actor))


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
