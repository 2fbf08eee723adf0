"""Who sees agreements and what follows from them: who sees the case, and the keeper of the seal what there is
to seal. For all others they do not exist.
"""

from django.db.models import Q, QuerySet

from edge.policy import Policy
from kernel.actor import Actor
from kernel.codes.roles import Role
from mediation.access import CENTRE, visible_cases
from mediation.machine import TABLE
from mediation.models import Agreement, Confirmation, FollowUp, Obligation
from privacy.closing import closed

OPEN_TO_ALL = Q(case__protected=False, case__dispute__protected=False, case__dispute__restricted=False)


def visible_agreements(actor: Actor) -> QuerySet[Agreement]:
    """Agreements of the cases that the actor sees; the keeper of a committee's seal sees those that the
    committee has to seal, less what is protected or restricted."""
    if actor.role == Role.COMMITTEE_KEEPER:
        rows = Agreement.objects.filter(OPEN_TO_ALL, case__committee_id=actor.organisation_id)
        return rows.exclude(case__dispute__in=closed("dispute"))
    return Agreement.objects.filter(case__in=visible_cases(actor))


def visible_obligations(actor: Actor) -> QuerySet[Obligation]:
    return Obligation.objects.filter(agreement__case__in=visible_cases(actor))


def visible_confirmations(actor: Actor) -> QuerySet[Confirmation]:
    return Confirmation.objects.filter(agreement__case__in=visible_cases(actor))


def visible_follow_ups(actor: Actor) -> QuerySet[FollowUp]:
    return FollowUp.objects.filter(agreement__case__in=visible_cases(actor))


OF_CASE = Policy({"agree": TABLE, "follow_up_wish": CENTRE})
AGREEMENTS = Policy(
    {
        **dict.fromkeys(("list", "retrieve", "marks", "review"), CENTRE | {Role.COMMITTEE_KEEPER}),
        **dict.fromkeys(("write", "amend"), TABLE),
        **dict.fromkeys(("drop", "correct", "decide", "scan", "words", "obligations", "performed"), CENTRE),
        "set_aside": frozenset({Role.CENTRE_DIRECTOR}),
    }
)
"""The mediator and the director say what was agreed, everybody there enters marks, the keeper the seal."""
AFTER = Policy(CENTRE)
"""Obligations, confirmation and follow-ups: the centre's."""
