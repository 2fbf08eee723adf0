"""A calendar feed: `/mediation/calendar/<key>.<secret>.ics` reads the own appointments in one role, for
programs that can do nothing but fetch an address.

Authority is read afresh with each request: the key ends with the role, the person, its date, or a word of its
owner.
"""

import hmac
import re
from base64 import urlsafe_b64encode
from hashlib import sha256
from uuid import UUID

import structlog
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from accounts.authentication import SignedIn
from accounts.selectors import memberships_in_force
from edge import encryption
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.crypto import hmac256
from kernel.problems import Problem
from mediation.models import FeedKey
from mediation.table_access import FEED_HOLDERS

_TOKEN = re.compile(r"([0-9a-f]{32})\.([A-Za-z0-9_-]{43})")


def new_secret(feed_id: UUID, user_id: UUID) -> str:
    """The secret of a new feed: a MAC of its id by a key that is not in the database. So nothing secret is
    stored, and a doubled request is told the same address."""
    return _secret(encryption.ring()["refresh"].newest, feed_id, user_id)


def said_before(key: FeedKey) -> str | None:
    """The secret that was told when the feed was made; None when the ring no longer has its key."""
    made = (_secret(ring, key.id, key.user_id) for ring in encryption.ring()["refresh"].by_id.values())
    return next((secret for secret in made if hmac.compare_digest(bytes(key.digest), digest(secret))), None)


def _secret(ring_key: bytes, feed_id: UUID, user_id: UUID) -> str:
    tag = hmac256(ring_key, b"gridgov.feed.v1\n" + feed_id.bytes + user_id.bytes)
    return urlsafe_b64encode(tag).decode().rstrip("=")


def digest(secret: str) -> bytes:
    """What is kept of a secret: no slow hash is needed for 256 bits that nobody can guess."""
    return sha256(secret.encode()).digest()


def address(key: FeedKey, secret: str) -> str:
    """The path that the owner gives to the calendar program."""
    return f"/api/v1/mediation/calendar/{key.id.hex}.{secret}.ics"


class FeedAuthentication(BaseAuthentication):
    """The key in the address, and nothing else: a session's token is not heard here."""

    def authenticate(self, request: Request) -> tuple[SignedIn, None]:
        http = request._request
        token = str((request.parser_context or {}).get("kwargs", {}).get("token", ""))
        actor = actor_of(token, getattr(http, "request_id", ""))
        http.actor = actor  # type: ignore[attr-defined]  # because every view reads it from there
        return SignedIn(actor.person), None


def actor_of(token: str, request_id: str = "") -> Actor:
    """The person and role of a feed. Problem `not_found` for anything that is no feed in force: a calendar
    program knows no sign-in to be sent to."""
    key = _found(token)
    if key is None or not _holds(key):
        raise Problem("not_found")
    FeedKey.objects.filter(pk=key.pk).update(last_used_at=clock.now())
    structlog.contextvars.bind_contextvars(user_id=str(key.user_id), feed_key=str(key.id))
    return Actor(
        user_id=key.user_id, role=Role(key.membership.role), organisation_id=key.membership.organisation_id,
        membership_id=key.membership_id, request_id=request_id,
    )  # fmt: skip


def _found(token: str) -> FeedKey | None:
    parts = _TOKEN.fullmatch(token)
    if parts is None:
        return None
    key = FeedKey.objects.select_related("membership").filter(pk=UUID(hex=parts[1])).first()
    if key is None or not hmac.compare_digest(bytes(key.digest), digest(parts[2])):
        return None
    return key


def _holds(key: FeedKey) -> bool:
    """Key, person and role are in force, and the role is still one that may have a feed."""
    role = memberships_in_force().filter(pk=key.membership_id, role__in=FEED_HOLDERS)
    return key.revoked_at is None and key.expires_at > clock.now() and role.exists()
