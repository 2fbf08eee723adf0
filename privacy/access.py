"""Who reads the logs and papers of privacy. None of them opens a record by that."""

from django.db.models import QuerySet

from edge.policy import Policy
from kernel.actor import Actor
from kernel.codes.roles import Role
from privacy.machine import HOLDERS
from privacy.models import Assessment, Closing, DestructionList, LawfulQuery, Share

_SUPERVISION = frozenset(
    {Role.STATION_OFFICER, Role.AGENCY_OFFICER, Role.AGENCY_HEAD, Role.BUREAU_HEAD, Role.PROCURATOR}
)
_WHOLE = frozenset({Role.AUDITOR, Role.BUREAU_HEAD})
_HEADS = frozenset({Role.CENTRE_DIRECTOR, Role.AGENCY_HEAD})
_READERS = _WHOLE | _HEADS | {Role.PROCURATOR}
_BUREAU = frozenset({Role.BUREAU_HEAD})

SHARES = Policy({"list": _READERS})
ASSESSMENTS = Policy({"list": _READERS | {Role.DISTRICT_ADMIN}, "create": _BUREAU, "withdraw": _BUREAU})


def shares_visible_to(actor: Actor) -> QuerySet[Share]:
    """What went out: all of it for auditor and bureau head, of supervision for the procurator, of the own
    office for its head."""
    if actor.is_system or actor.role in _WHOLE:
        return Share.objects.all()
    if actor.role == Role.PROCURATOR:
        return Share.objects.filter(role__in=_SUPERVISION)
    if actor.role in _HEADS and actor.organisation_id is not None:
        return Share.objects.filter(organisation_id=actor.organisation_id)
    return Share.objects.none()


def assessments_visible_to(actor: Actor) -> QuerySet[Assessment]:
    """Papers about processing, not about people: whoever supervises or sets it up."""
    if actor.is_system or actor.role in ASSESSMENTS.roles("list"):
        return Assessment.objects.all()
    return Assessment.objects.none()


KEEPER = frozenset({Role.ARCHIVE_KEEPER})
# Numbers and days of closed files, never whose they are: the two who hold the seal, and who audits.
CLOSINGS = Policy({"list": HOLDERS | {Role.AUDITOR}, "seal": HOLDERS, "lift": KEEPER})
DESTRUCTIONS = Policy(
    {
        "list": HOLDERS | {Role.AUDITOR},
        "sign": KEEPER,
        "countersign": _BUREAU,
        "cancel": HOLDERS,
    }
)
QUERIES = Policy(
    {
        "list": HOLDERS | {Role.AUDITOR},
        "create": KEEPER,
        "approve": _BUREAU,
        "refuse": _BUREAU,
        **dict.fromkeys(("open", "read", "answer"), KEEPER),
    }
)


def closings_visible_to(actor: Actor) -> QuerySet[Closing]:
    """By number and day."""
    seen = actor.is_system or actor.role in CLOSINGS.roles("list")
    return Closing.objects.all() if seen else Closing.objects.none()


def lists_visible_to(actor: Actor) -> QuerySet[DestructionList]:
    seen = actor.is_system or actor.role in DESTRUCTIONS.roles("list")
    return DestructionList.objects.all() if seen else DestructionList.objects.none()


def queries_visible_to(actor: Actor) -> QuerySet[LawfulQuery]:
    seen = actor.is_system or actor.role in QUERIES.roles("list")
    return LawfulQuery.objects.all() if seen else LawfulQuery.objects.none()
