"""Who sees receptions, files and limits. Injunctions and contact limits are the agency's alone (CCM-25)."""

from django.db.models import QuerySet

from corrections.access.people import visible_to
from corrections.access.roles import READERS, SEEN
from corrections.machine import AGENCY, STAFF
from corrections.models import EndConfirmation, FileItem, Limit, Reception
from edge.policy import Policy
from kernel.actor import Actor
from kernel.law import law

RECEPTIONS = Policy(SEEN | dict.fromkeys(("create", "check", "announce", "complete"), STAFF))
END_CONFIRMATIONS = Policy(SEEN | {"create": STAFF})
FILE_ITEMS = Policy(SEEN | {"create": STAFF, "reveal": READERS})
LIMITS = Policy(dict.fromkeys(("list", "retrieve", "reveal", "create", "lift"), AGENCY))


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
