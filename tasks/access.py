"""Who sees which tasks: the person they are given to, in the role they are given for; colleagues of that
role in the organisation as long as nobody has it; nobody else.
"""

from uuid import UUID

from django.db.models import Q, QuerySet

from edge.policy import EVERYONE, STAFF, Policy
from kernel.actor import Actor
from kernel.codes.roles import Role
from tasks.codes import TaskState
from tasks.models import Task

# Heads who see and re-assign what their people have to do.
OVERSEERS = frozenset({Role.CENTRE_DIRECTOR, Role.AGENCY_HEAD, Role.COMMUNITY_COORDINATOR})
TASKS = Policy({"list": EVERYONE, "retrieve": EVERYONE, "done": EVERYONE, "cancel": STAFF})


def visible_to(actor: Actor) -> QuerySet[Task]:
    """Tasks of the actor in the active role; an overseer's also those of the own organisation."""
    if actor.is_system:
        return Task.objects.all()
    if actor.role is None or actor.user_id is None:
        return Task.objects.none()
    own = Q(role=actor.role, assignee_id=actor.user_id)
    if actor.organisation_id is None:
        return Task.objects.filter(own)
    if actor.role in OVERSEERS:
        return Task.objects.filter(own | Q(organisation_id=actor.organisation_id))
    free = Q(role=actor.role, organisation_id=actor.organisation_id, assignee__isnull=True)
    return Task.objects.filter(own | free)


def phone_tasks(actor: Actor) -> list[UUID]:
    """Phones hold the open tasks of their person in the active role, and no organisation's."""
    rows = visible_to(actor).filter(assignee_id=actor.user_id, role=actor.role, state=TaskState.OPEN)
    return list(rows.values_list("id", flat=True))


WORKLIST = Policy(EVERYONE)
