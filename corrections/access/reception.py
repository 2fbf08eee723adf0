"""Who sees receptions, files and limits. Injunctions and contact limits are the agency's alone (CCM-25)."""

from django.db.models import QuerySet

from corrections.access.people import visible_to
from corrections.access.roles import READERS, SEEN
from corrections.machine import AGENCY, STAFF
from corrections.models import Assessment, EndConfirmation, EntryPermission, FileItem, Limit, Reception
from edge.policy import Policy
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law
from privacy.closing import closed

RECEPTIONS = Policy(SEEN | dict.fromkeys(("create", "report_in", "check", "announce", "complete"), STAFF))
END_CONFIRMATIONS = Policy(SEEN | {"create": STAFF})
FILE_ITEMS = Policy(SEEN | {"create": STAFF, "reveal": READERS})
LIMITS = Policy(dict.fromkeys(("list", "retrieve", "reveal", "create", "lift"), AGENCY))
ENTRIES = Policy(
    dict.fromkeys(
        ("list", "retrieve", "reveal", "create", "approve", "refuse", "withdraw", "revoke", "tell"), AGENCY
    )
)
ASSESSMENT_PAPERS = Policy({"post": STAFF})
ASSESSMENTS = Policy(
    dict.fromkeys(("list", "retrieve", "reveal", "visit", "draft"), STAFF)
    | dict.fromkeys(("create", "assign", "send_back", "sign", "send", "return_it", "withdraw"), AGENCY)
)


def receptions_visible_to(actor: Actor) -> QuerySet[Reception]:
    return Reception.objects.filter(subject__in=visible_to(actor))


def end_confirmations_visible_to(actor: Actor) -> QuerySet[EndConfirmation]:
    return EndConfirmation.objects.filter(subject__in=visible_to(actor))


def file_items_visible_to(actor: Actor) -> QuerySet[FileItem]:
    return FileItem.objects.filter(subject__in=visible_to(actor))


@law("CCM-25")
def limits_visible_to(actor: Actor) -> QuerySet[Limit]:
    if actor.role not in AGENCY:
        return Limit.objects.none()
    return Limit.objects.filter(subject__in=visible_to(actor))


@law("CCM-25", "CCM-39")
def entries_visible_to(actor: Actor) -> QuerySet[EntryPermission]:
    """What tells of an injunction is the agency's alone, as the injunction is."""
    if actor.role not in AGENCY:
        return EntryPermission.objects.none()
    return EntryPermission.objects.filter(subject__in=visible_to(actor))


@law("CCM-14")
def assessments_visible_to(actor: Actor) -> QuerySet[Assessment]:
    """The agency's own; for a station those that were given to it. Secret to everybody else."""
    rows = Assessment.objects.exclude(pk__in=closed("assessment"))
    if actor.role in AGENCY:
        return rows.filter(agency_id=actor.organisation_id)
    if actor.role == Role.STATION_OFFICER:
        return rows.filter(station_id=actor.organisation_id)
    return rows.none()
