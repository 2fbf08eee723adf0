"""Who sees which tasks: the person they are given to, in the role they are given for; colleagues of that
role in the organisation as long as nobody has it (duty officers: while they are on duty); nobody else. A
duty list is seen in the centre or station whose it is.
"""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from accounts.models import Organisation
from accounts.powers import ACTING_ROLES
from accounts.selectors import stands_in_for
from edge.policy import EVERYONE, STAFF, Policy
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from tasks.codes import TaskState
from tasks.models import DutyShift, HandOver, PaperEntry, Task
from tasks.selectors import on_duty

# Heads who see and re-assign what their people have to do.
OVERSEERS = frozenset({Role.CENTRE_DIRECTOR, Role.AGENCY_HEAD, Role.COMMUNITY_COORDINATOR})
PLANNERS = frozenset({Role.CENTRE_DIRECTOR, Role.STATION_OFFICER})
DUTY_READERS = PLANNERS | {Role.CENTRE_CLERK, Role.MEDIATOR, Role.DUTY_OFFICER}
_ON_DUTY = frozenset({Role.DUTY_OFFICER})
DUTY = Policy(
    {
        **dict.fromkeys(("list", "retrieve"), DUTY_READERS),
        **dict.fromkeys(("create", "cancel"), PLANNERS),
        **dict.fromkeys(("hand_over", "take_over"), _ON_DUTY),
    }
)
WORKLIST = Policy(EVERYONE)
DUTY_NOW = Policy(DUTY_READERS)
# Whose desks enter what came on paper. Supervision keeps its own papers.
DESKS = frozenset(
    {
        Role.COMMUNITY_COORDINATOR,
        Role.CENTRE_CLERK,
        Role.CENTRE_DIRECTOR,
        Role.MEDIATOR,
        Role.COMMITTEE_KEEPER,
    }
)
PAPERS = Policy(dict.fromkeys(("list", "retrieve", "compare"), DESKS))
OWNED = Policy(EVERYONE)
HAND_OVERS = Policy({**dict.fromkeys(("list", "retrieve", "create", "take"), EVERYONE), "absent": OVERSEERS})
TASKS = Policy({"list": EVERYONE, "retrieve": EVERYONE, "done": EVERYONE, "cancel": STAFF})


def visible_to(actor: Actor) -> QuerySet[Task]:
    """Tasks of the actor in the active role; an overseer's also those of the own organisation."""
    if actor.is_system:
        return Task.objects.all()
    if actor.role is None or actor.user_id is None:
        return Task.objects.none()
    own = Q(role=actor.role) & (Q(assignee_id=actor.user_id) | Q(assignee_id__in=_deputised(actor)))
    if actor.organisation_id is None:
        return Task.objects.filter(own)
    if actor.role in OVERSEERS:
        return Task.objects.filter(own | Q(organisation_id=actor.organisation_id))
    if actor.role == Role.DUTY_OFFICER and not on_duty_now(actor):
        return Task.objects.filter(own)
    free = Q(role=actor.role, organisation_id=actor.organisation_id, assignee__isnull=True)
    return Task.objects.filter(own | free)


def _deputised(actor: Actor) -> Any:
    """Ids of the person for whom the actor stands in by document: a deputy does what was given to that
    person."""
    return stands_in_for(actor).values("user_id") if actor.role in ACTING_ROLES else []


def phone_tasks(actor: Actor) -> list[UUID]:
    """Phones hold the open tasks of their person in the active role, and no organisation's."""
    rows = visible_to(actor).filter(assignee_id=actor.user_id, role=actor.role, state=TaskState.OPEN)
    return list(rows.values_list("id", flat=True))


def on_duty_now(actor: Actor) -> bool:
    """Whether the actor is a duty officer at work: main or deputy of the own organisation at this moment."""
    if actor.role != Role.DUTY_OFFICER or actor.organisation_id is None:
        return False
    return actor.user_id in on_duty(actor.organisation_id, clock.now())


def plans_duty(actor: Actor) -> bool:
    """The director of a centre; the head of a station."""
    if actor.role == Role.STATION_OFFICER:
        return Organisation.objects.filter(id=actor.organisation_id, head_id=actor.user_id).exists()
    return actor.role == Role.CENTRE_DIRECTOR


def shifts_visible_to(actor: Actor) -> QuerySet[DutyShift]:
    """The duty list of the own centre or station."""
    if actor.is_system:
        return DutyShift.objects.all()
    if actor.role not in DUTY_READERS or actor.organisation_id is None:
        return DutyShift.objects.none()
    return DutyShift.objects.filter(organisation_id=actor.organisation_id)


def papers_visible_to(actor: Actor) -> QuerySet[PaperEntry]:
    """What was entered from paper in the own organisation; what is restricted there: the director, and who
    entered it."""
    if actor.is_system:
        return PaperEntry.objects.all()
    if actor.role not in DESKS or actor.organisation_id is None:
        return PaperEntry.objects.none()
    rows = PaperEntry.objects.filter(organisation_id=actor.organisation_id)
    if actor.role == Role.CENTRE_DIRECTOR:
        return rows
    return rows.filter(Q(restricted=False) | Q(entered_by_id=actor.user_id))


def hand_overs_visible_to(actor: Actor) -> QuerySet[HandOver]:
    """One's own, what colleagues of the role may sign for or have signed, and all of the own organisation
    for its head."""
    if actor.is_system:
        return HandOver.objects.all()
    if actor.role is None or actor.organisation_id is None:
        return HandOver.objects.none()
    rows = HandOver.objects.filter(organisation_id=actor.organisation_id)
    if actor.role in OVERSEERS:
        return rows
    meant = Q(to_person__isnull=True) | Q(to_person_id=actor.user_id) | Q(person_id=actor.user_id)
    return rows.filter(meant, role=actor.role)
