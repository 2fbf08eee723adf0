"""Who sees a report. For the police: those that were sent to the own station, and nothing else at all.
Here: the author, and at the desk whoever has to look at it. Supervision sees the monthly list, no report.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from edge.policy import Policy
from kernel.actor import Actor
from kernel.codes.roles import Role
from liaison.grounds import RULES, Ground
from liaison.machine import AUTHORS, DECIDERS, LIAISON, SECOND
from liaison.models import Report, Sheet
from privacy.closing import closed
from tasks.access import on_duty_now
from tasks.codes import DutyPost

ASKED = (DutyPost.MAIN, DutyPost.DEPUTY)
"""Whom a waiting report is put to, one after the other."""
NOT_OPEN_TO_DESK = (Ground.VIOLENCE_NO_CAPACITY, Ground.MINOR)
_HERE = AUTHORS | SECOND
_ALL = _HERE | LIAISON
REPORTS = Policy(
    {
        "list": _ALL,
        "retrieve": _ALL,
        "create": AUTHORS,
        **dict.fromkeys(("propose", "adopt", "appeal", "accept", "send_at_once", "send_pending"), AUTHORS),
        **dict.fromkeys(("approve", "give_back", "decline", "confirm", "no_basis"), SECOND),
        **dict.fromkeys(("overrule", "uphold"), DECIDERS),
        **dict.fromkeys(("send", "call", "correct", "question", "told", "close"), _HERE),
        "forward": LIAISON | AUTHORS,
        **dict.fromkeys(("receive", "answer", "reply", "acknowledge", "person"), _ALL),
    }
)
MONTHLY = Policy({"get": {Role.PROCURATOR, Role.AUDITOR}})


def visible_to(actor: Actor) -> QuerySet[Report]:
    """A report that was only proposed exists for no liaison officer; one that was forwarded only at its new
    station; one that is restricted or gone for nobody."""
    if actor.is_system:
        return Report.objects.all()
    rows = Report.objects.exclude(pk__in=closed("report"))
    if actor.role == Role.LIAISON_OFFICER:
        own = Sheet.objects.filter(
            report=OuterRef("pk"), organisation_id=actor.organisation_id, forwarded_at__isnull=True
        )
        return rows.filter(Exists(own), sent_at__isnull=False)
    if actor.role not in _HERE or actor.organisation_id is None:
        return Report.objects.none()
    return rows.filter(Q(author_id=actor.user_id, author_role=actor.role) | _at_desk(actor))


def _at_desk(actor: Actor) -> Q:
    """What the own desk has to look at; a proposal of the machine: also whoever may make it the own."""
    desk = Q(desk_id=actor.organisation_id)
    if actor.role == Role.DUTY_OFFICER and not on_duty_now(actor):
        return Q(pk__in=())
    if actor.role in SECOND:
        return desk & ~Q(state="drafted")
    grounds = [
        ground
        for ground, rule in RULES.items()
        if actor.role in rule.reporters and ground not in NOT_OPEN_TO_DESK
    ]
    return desk & Q(state="proposed", author__isnull=True, ground__in=grounds)
