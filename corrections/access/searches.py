"""Who sees reviews and searches, and who answers them. No phone holds any of it."""

from django.db.models import QuerySet

from corrections.access.people import visible_to
from corrections.access.roles import READERS
from corrections.machine import AGENCY, STAFF
from corrections.models import Search
from edge.policy import Policy
from kernel.actor import Actor

SEARCHES = Policy(
    dict.fromkeys(("list", "retrieve", "reveal"), READERS)
    | dict.fromkeys(("create", "log"), STAFF)
    | dict.fromkeys(
        ("at_once", "explain", "consider_admonition", "lose", "told", "end", "count_days"), AGENCY
    )
)


def searches_visible_to(actor: Actor) -> QuerySet[Search]:
    return Search.objects.filter(subject__in=visible_to(actor))
