"""Who sees health and review reports and help after release. What a report says needs a purpose."""

from django.db.models import Q, QuerySet

from corrections.access.people import visible_to
from corrections.access.roles import READ
from corrections.aftercare import OPEN
from corrections.ends import RELEASES
from corrections.machine import AGENCY, STAFF
from corrections.models import Aftercare, Ending, MedicalReport, ReportLengthening
from edge.policy import Policy
from kernel.actor import Actor
from kernel.law import law

MEDICAL_REPORTS = Policy(READ | dict.fromkeys(("hand_in", "excuse"), STAFF))
LENGTHENINGS = Policy(
    READ
    | dict.fromkeys(("create", "withdraw"), STAFF)
    | dict.fromkeys(("record_decision", "grant", "refuse", "told"), AGENCY)
)
AFTERCARES = Policy(
    READ
    | dict.fromkeys(("create", "accept", "decline", "hand_over", "receive", "withdraw"), STAFF)
)  # fmt: skip


@law("CCM-24b", "CCL-9/10")
def medical_visible_to(actor: Actor) -> QuerySet[MedicalReport]:
    return MedicalReport.objects.filter(subject__in=visible_to(actor))


def lengthenings_visible_to(actor: Actor) -> QuerySet[ReportLengthening]:
    return ReportLengthening.objects.filter(subject__in=visible_to(actor))


@law("CCM-53", "CCL-44")
def aftercares_visible_to(actor: Actor) -> QuerySet[Aftercare]:
    """Of the people whom the actor sees; after a release, while papers of the end are open, for the own
    agency what is still to be handed over. No value of the person stands in them."""
    seen = Q(subject__in=visible_to(actor))
    if actor.role in AGENCY:
        released = Ending.objects.filter(reason__in=sorted(RELEASES)).exclude(state="closed")
        open_ends = released.filter(subject__agency_id=actor.organisation_id).values("subject_id")
        seen |= Q(subject__in=open_ends, state__in=OPEN)
    return Aftercare.objects.filter(seen)
