"""Who sees what of the table: sessions, notes, documents, offers, caucus notes and calendar feeds. All of it
starts from the cases that exist for the actor."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from edge.policy import PUBLIC, Policy
from kernel.actor import Actor
from kernel.codes.roles import Role
from mediation.access import CENTRE, visible_cases
from mediation.machine import TABLE
from mediation.models import (
    CaucusNote,
    CaucusWord,
    Document,
    FeedKey,
    Note,
    Offer,
    Session,
    SessionNotice,
    SessionParticipant,
)
from mediation.visibility import CaucusWordKind, shown_to_role

FEED_HOLDERS = frozenset({Role.MEDIATOR, Role.CENTRE_CLERK})


def _of_cases(actor: Actor, path: str = "case") -> Q:
    return Q(**{f"{path}__in": visible_cases(actor).values("pk")})


def visible_sessions(actor: Actor) -> QuerySet[Session]:
    return Session.objects.all() if actor.is_system else Session.objects.filter(_of_cases(actor))


def visible_participants(actor: Actor) -> QuerySet[SessionParticipant]:
    rows = SessionParticipant.objects.all()
    return rows if actor.is_system else rows.filter(_of_cases(actor, "session__case"))


def visible_notices(actor: Actor) -> QuerySet[SessionNotice]:
    rows = SessionNotice.objects.all()
    return rows if actor.is_system else rows.filter(_of_cases(actor, "session__case"))


def _shown(actor: Actor) -> Q:
    """By the visibility of a row; a mediator has only the own cases anyway."""
    return _of_cases(actor) & Q(visibility__in=shown_to_role(actor.role))


def visible_notes(actor: Actor) -> QuerySet[Note]:
    return Note.objects.all() if actor.is_system else Note.objects.filter(_shown(actor))


def visible_documents(actor: Actor) -> QuerySet[Document]:
    return Document.objects.all() if actor.is_system else Document.objects.filter(_shown(actor))


def visible_offers(actor: Actor) -> QuerySet[Offer]:
    return Offer.objects.all() if actor.is_system else Offer.objects.filter(_shown(actor))


def visible_caucus(actor: Actor) -> QuerySet[CaucusNote]:
    """The notes of the mediator who wrote them, while that mediator has the case; and of a new one whom the
    party allowed to read them. Nobody else's, the machine's included."""
    if actor.role != Role.MEDIATOR or actor.user_id is None:
        return CaucusNote.objects.none()
    now = Q(mediator__user_id=actor.user_id, mediator__replaced_at=None)
    allowed = CaucusWord.objects.filter(now, party=OuterRef("party"), kind=CaucusWordKind.HAND_OVER)
    return CaucusNote.objects.filter(_of_cases(actor) & (now | Q(Exists(allowed))))


def visible_feeds(actor: Actor) -> QuerySet[FeedKey]:
    """The own feeds of the present role."""
    if actor.is_system:
        return FeedKey.objects.all()
    return FeedKey.objects.filter(user_id=actor.user_id, membership_id=actor.membership_id)


visible_to = visible_sessions

_READ = {"list": CENTRE, "retrieve": CENTRE}
MEDIATOR = frozenset({Role.MEDIATOR})
SESSIONS = Policy(
    {
        **_READ,
        **dict.fromkeys(
            ("create", "invite", "postpone", "replan", "cancel", "participants", "attendance"), CENTRE
        ),
        **dict.fromkeys(("start", "finish"), TABLE),
        "limits": MEDIATOR,
    }
)
PARTICIPANTS = Policy(dict.fromkeys(("consents", "remove", "reveal"), CENTRE))
NOTICES = Policy({**_READ, "tell": CENTRE})
NOTICE_FILE = Policy({"get": CENTRE})
NOTES = Policy({**_READ, **dict.fromkeys(("create", "reveal"), CENTRE)})
CAUCUS = Policy(
    {
        **dict.fromkeys(("list", "retrieve", "create", "reveal"), MEDIATOR),
        "words": CENTRE,
    }
)
DOCUMENTS = Policy({**_READ, **dict.fromkeys(("create", "reveal", "content"), CENTRE)})
DOCUMENT_FILE = Policy({"put": CENTRE})
OFFERS = Policy(
    {
        **_READ,
        **dict.fromkeys(("create", "reveal", "answer", "withdraw"), CENTRE),
        "pass_on": TABLE,
    }
)
FEEDS = Policy(dict.fromkeys(("list", "create", "revoke"), FEED_HOLDERS))
FEED = PUBLIC
"""The key in the address is what signs in; whose role may have one is asked with each request."""
