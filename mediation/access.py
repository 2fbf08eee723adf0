"""Who sees intake items and cases: the centre of the street. Protected and restricted ones: only the
director, the clerk whom the director named for the street, and the mediators named in the case. For all
others they do not exist.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from accounts.models import Organisation, OrganisationKind
from accounts.selectors import actor_areas, area_ancestors, area_subtree_ids
from disputes.access import disputes_visible_to, named_streets
from edge.policy import Policy
from kernel.actor import Actor
from kernel.codes.roles import Role
from mediation.machine import DESK
from mediation.models import Case, CaseMediator, IntakeItem, Mediator, MediatorRelation, NumberBlock, Referral
from privacy.closing import closed

CENTRE = frozenset({Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR, Role.MEDIATOR})


def visible_intake(actor: Actor) -> QuerySet[IntakeItem]:
    """The intake items that the actor may know of."""
    if actor.is_system:
        return IntakeItem.objects.all()
    if actor.role not in CENTRE:
        return IntakeItem.objects.none()
    named = CaseMediator.objects.filter(case__intake=OuterRef("pk"), user_id=actor.person, replaced_at=None)
    # The item of a merged dispute sleeps: what it asked stands with the dispute that goes on.
    rows = IntakeItem.objects.filter(_reach(actor, named), dispute__merged_into__isnull=True)
    return rows.exclude(dispute__in=closed("dispute"))


def visible_cases(actor: Actor) -> QuerySet[Case]:
    """The cases that the actor may know of."""
    if actor.is_system:
        return Case.objects.all()
    if actor.role not in CENTRE:
        return Case.objects.none()
    named = CaseMediator.objects.filter(case=OuterRef("pk"), user_id=actor.person, replaced_at=None)
    return Case.objects.filter(_reach(actor, named)).exclude(dispute__in=closed("dispute"))


visible_to = visible_cases


def mediators_visible_to(actor: Actor) -> QuerySet[Mediator]:
    """The keeper: the register of the own committee. The centre: those of the committees that may take its
    cases."""
    if actor.is_system:
        return Mediator.objects.all()
    if actor.role == Role.COMMITTEE_KEEPER:
        return Mediator.objects.filter(committee_id=actor.organisation_id)
    if actor.role not in CENTRE:
        return Mediator.objects.none()
    roots = actor_areas(actor)
    above = [area for root in roots for area, _ in area_ancestors(root)]
    return Mediator.objects.filter(committee__area_id__in=[*area_subtree_ids(roots), *above])


def visible_committees(actor: Actor) -> QuerySet[Organisation]:
    """The committees of the streets of the actor's organisation."""
    rows = Organisation.objects.filter(kind=OrganisationKind.COMMITTEE)
    if actor.is_system:
        return rows
    if actor.role not in DESK:
        return rows.none()
    return rows.filter(area_id__in=area_subtree_ids(actor_areas(actor)))


def visible_blocks(actor: Actor) -> QuerySet[NumberBlock]:
    """The reserved numbers of these committees."""
    if actor.is_system:
        return NumberBlock.objects.all()
    return NumberBlock.objects.filter(register__committee__in=visible_committees(actor))


def _reach(actor: Actor, named: QuerySet[CaseMediator]) -> Q:
    """Streets of the actor's organisation, less what is protected or restricted there; a mediator: own
    cases."""
    if actor.role == Role.MEDIATOR:
        return Q(Exists(named))
    streets = Q(street_id__in=area_subtree_ids(actor_areas(actor)))
    if actor.role == Role.CENTRE_DIRECTOR:
        return streets
    open_to_all = Q(protected=False, dispute__protected=False, dispute__restricted=False)
    return streets & (open_to_all | Q(street_id__in=named_streets(actor)))


INTAKE = Policy(
    {
        "list": CENTRE,
        "retrieve": CENTRE,
        **dict.fromkeys(("read", "offer", "protect", "to_department", "close", "hand_back"), DESK),
    }
)
CASES = Policy(
    {
        "list": CENTRE,
        "retrieve": CENTRE,
        "names": CENTRE,
        "wish": CENTRE - {Role.CENTRE_CLERK},
        **dict.fromkeys(("accept", "decline", "cannot_reach", "ask_again", "extend", "mediators"), DESK),
        **dict.fromkeys(("consents", "refuse", "fail", "ways", "brief", "brief_read"), CENTRE),
    }
)
DESK_POSTS = Policy({"post": DESK})
CENTRE_POSTS = Policy({"post": CENTRE})
CENTRE_READS = Policy({"get": CENTRE})
CENTRE_BOTH = Policy(dict.fromkeys(("get", "post"), CENTRE))
FREE = Policy({"get": DESK})
KEEPER = frozenset({Role.COMMITTEE_KEEPER})
AWAY = KEEPER | {Role.CENTRE_DIRECTOR, Role.MEDIATOR}
REGISTER = Policy(
    {
        **dict.fromkeys(("list", "retrieve"), KEEPER | CENTRE),
        **dict.fromkeys(("create", "partial_update", "end"), KEEPER),
        **dict.fromkeys(("absences", "absence_end"), AWAY),
    }
)
RELATIONS = Policy(dict.fromkeys(("list", "create", "end"), frozenset({Role.MEDIATOR})))
FORMS = Policy({"get": CENTRE})
BLOCKS = Policy(dict.fromkeys(("list", "retrieve", "create", "void"), DESK))
DOSSIER = Policy(dict.fromkeys(("completeness", "copies", "dossier", "paper"), CENTRE))


def relations_visible_to(actor: Actor) -> QuerySet[MediatorRelation]:
    """What one has named oneself, and nobody else's."""
    own = MediatorRelation.objects.filter(user_id=actor.person)
    return own if actor.role == Role.MEDIATOR else own.none()


REFERRALS = Policy(DESK)
CHANNELS = Policy({"get": CENTRE})


def visible_referrals(actor: Actor) -> QuerySet[Referral]:
    """Those of the disputes that the actor sees; only the desk sends any."""
    if actor.is_system:
        return Referral.objects.all()
    if actor.role not in DESK:
        return Referral.objects.none()
    return Referral.objects.filter(dispute__in=disputes_visible_to(actor))
