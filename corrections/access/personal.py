"""Who sees what people report of themselves, and papers that are owed to organs."""

from django.db.models import Q, QuerySet

from corrections.access.people import going_on, visible_to
from corrections.access.roles import READ, SEEN
from corrections.machine import AGENCY, STAFF
from corrections.models import OwedSending, PeriodicReport, TimelyReport
from corrections.sendings import OWED
from edge.policy import Policy
from kernel.actor import Actor
from kernel.law import law

PERIODIC_REPORTS = Policy(READ | {"create": STAFF})
TIMELY_REPORTS = Policy(READ | dict.fromkeys(("create", "look_at", "take_back"), STAFF))
SENDINGS = Policy(SEEN | {"send": AGENCY})


@law("CCM-24a")
def periodic_reports_visible_to(actor: Actor) -> QuerySet[PeriodicReport]:
    return PeriodicReport.objects.filter(subject__in=visible_to(actor))


@law("CCM-24a")
def timely_reports_visible_to(actor: Actor) -> QuerySet[TimelyReport]:
    return TimelyReport.objects.filter(subject__in=visible_to(actor))


@law("CCM-32")
def sendings_visible_to(actor: Actor) -> QuerySet[OwedSending]:
    """Those about the people whom the actor may see; one that is still owed goes on when the term has
    ended."""
    open_still = Q(state=OWED, subject__in=going_on(actor))
    return OwedSending.objects.filter(Q(subject__in=visible_to(actor)) | open_still)
