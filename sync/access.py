"""Who has a phone. What a phone may hold is decided by its scopes, asked anew on every page."""

from django.db.models import Q, QuerySet

from edge.policy import Policy
from kernel.actor import Actor
from kernel.codes.roles import WITH_PHONE, Role
from sync import registry
from sync.items import State
from sync.models import Inbox

PHONES = Policy(WITH_PHONE, device=True)
UPLOADING = Policy(WITH_PHONE, device=True, options=True)
ANSWERING = frozenset(
    {
        Role.COMMUNITY_COORDINATOR,
        Role.CENTRE_CLERK,
        Role.CENTRE_DIRECTOR,
        Role.STATION_OFFICER,
    }
)
INBOX = Policy(dict.fromkeys(("list", "sides", "resolve", "release", "reject"), ANSWERING))


def inbox_visible_to(actor: Actor) -> QuerySet[Inbox]:
    """Items that were not accepted, of the kinds that the actor's role answers for, in the queue of the
    actor's organisation; a command belongs to the kind it is about."""
    kinds = [kind.name for kind in registry.kinds().values() if actor.role in kind.answers]
    if not kinds or actor.organisation_id is None:
        return Inbox.objects.none()
    mine = Q(kind__in=kinds) | Q(kind=registry.COMMAND, about__in=kinds)
    return Inbox.objects.filter(mine, queue_id=actor.organisation_id, first=True).exclude(
        state=State.ACCEPTED
    )
