"""Who reads the logs and papers of privacy. None of them opens a record by that."""

from django.db.models import Q, QuerySet

from edge.policy import EVERYONE, Policy
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law
from privacy.machine import DESKS, HANDLERS, HOLDERS
from privacy.models import (
    Assessment,
    BrokenGlass,
    Closing,
    Consent,
    DestructionList,
    Incident,
    LawfulQuery,
    Notice,
    PersonRequest,
    ReadLog,
    Share,
)

_SUPERVISION = frozenset(
    {Role.STATION_OFFICER, Role.AGENCY_OFFICER, Role.AGENCY_HEAD, Role.BUREAU_HEAD, Role.PROCURATOR}
)
_WHOLE = frozenset({Role.AUDITOR, Role.BUREAU_HEAD})
_HEADS = frozenset({Role.CENTRE_DIRECTOR, Role.AGENCY_HEAD})
_READERS = _WHOLE | _HEADS | {Role.PROCURATOR}
_BUREAU = frozenset({Role.BUREAU_HEAD})
_APART = frozenset({"correction_complaint"})

SHARES = Policy({"list": _READERS})
READS = Policy({"list": {Role.AUDITOR}})
BULK_READS = Policy({"get": _WHOLE})
ASSESSMENTS = Policy({"list": _READERS | {Role.DISTRICT_ADMIN}, "create": _BUREAU, "withdraw": _BUREAU})


def shares_visible_to(actor: Actor) -> QuerySet[Share]:
    """What went out: all of it for auditor and bureau head, of supervision for the procurator, of the own
    office for its head. A complaint may be about the head: its rows are the auditor's alone (CCL-61)."""
    if actor.is_system or actor.role == Role.AUDITOR:
        return Share.objects.all()
    if actor.role in _WHOLE:
        return Share.objects.exclude(subject_kind__in=_APART)
    if actor.role == Role.PROCURATOR:
        return Share.objects.filter(role__in=_SUPERVISION)
    if actor.role in _HEADS and actor.organisation_id is not None:
        return Share.objects.filter(organisation_id=actor.organisation_id)
    return Share.objects.none()


@law("CCL-61")
def reads_visible_to(actor: Actor) -> QuerySet[ReadLog]:
    """Who opened what and why: the auditor's, who opens nothing. Heads see counts alone (`bulk-reads`), since
    who reads a complaint may read about them."""
    if actor.is_system or actor.role == Role.AUDITOR:
        return ReadLog.objects.all()
    return ReadLog.objects.none()


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


# Requests, notices and consents are the office's own paper work; incidents are everybody's to notice.
REQUESTS = Policy(dict.fromkeys(("list", "create", "identify", "answer", "refuse"), DESKS))
NOTICES = Policy({"list": DESKS | _BUREAU, "create": _BUREAU, "show": DESKS})
# A worker's own location is agreed to with whoever leads the worker.
_CONSENT_DESKS = DESKS | {Role.COMMUNITY_COORDINATOR}
CONSENTS = Policy(dict.fromkeys(("list", "create", "withdraw", "held", "erase"), _CONSENT_DESKS))
INCIDENTS = Policy(
    {"list": EVERYONE, "create": EVERYONE, **dict.fromkeys(("tell", "contain", "close"), HANDLERS)}
)
_OFFICERS = frozenset({Role.STATION_OFFICER, Role.AGENCY_OFFICER})
_REVIEWERS = frozenset({Role.AGENCY_HEAD, Role.BUREAU_HEAD})
GLASS = Policy({"list": _OFFICERS | _REVIEWERS | {Role.AUDITOR}, "create": _OFFICERS, "review": _REVIEWERS})
SUBJECT_LOG = Policy({"get": DESKS})
# Blanks name nobody and are handed out by whoever is asked; a filled paper is for those who see its record.
FORMS = Policy({"get": EVERYONE})
REQUEST_PAPERS = Policy({"get": REQUESTS.roles("list")})
DESTRUCTION_PAPERS = Policy({"get": DESTRUCTIONS.roles("list")})
QUERY_PAPERS = Policy({"get": QUERIES.roles("list")})


def requests_visible_to(actor: Actor) -> QuerySet[PersonRequest]:
    """Those of the own office."""
    if actor.is_system:
        return PersonRequest.objects.all()
    if actor.role not in DESKS or actor.organisation_id is None:
        return PersonRequest.objects.none()
    return PersonRequest.objects.filter(organisation_id=actor.organisation_id)


def notices_visible_to(actor: Actor) -> QuerySet[Notice]:
    """Words for everybody, read by whoever tells them."""
    seen = actor.is_system or actor.role in NOTICES.roles("list")
    return Notice.objects.all() if seen else Notice.objects.none()


def consents_visible_to(actor: Actor) -> QuerySet[Consent]:
    """Those that the own office has entered, so that anybody of it may write a withdrawal down; the record
    they are about is another package's to show."""
    if actor.is_system:
        return Consent.objects.all()
    if actor.role not in CONSENTS.roles("list") or actor.organisation_id is None:
        return Consent.objects.none()
    return Consent.objects.filter(organisation_id=actor.organisation_id)


def incidents_visible_to(actor: Actor) -> QuerySet[Incident]:
    """All for who handles and audits them, the own for everybody."""
    if actor.is_system or actor.role in HANDLERS | {Role.AUDITOR}:
        return Incident.objects.all()
    return Incident.objects.filter(opened_by=actor.user_id)


def glass_visible_to(actor: Actor) -> QuerySet[BrokenGlass]:
    """What was opened in an emergency: all for heads and auditor, the own for officers."""
    if actor.is_system or actor.role in _REVIEWERS | {Role.AUDITOR}:
        return BrokenGlass.objects.all()
    return BrokenGlass.objects.filter(Q(by=actor.user_id, role=actor.role or ""))
