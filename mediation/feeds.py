"""A calendar feed: `/mediation/calendar/<key>.<secret>.ics` reads the own appointments in one role, for
programs that can do nothing but fetch an address.

Authority is read afresh with each request: the key ends with the role, the person, its date, or a word of its
owner.
"""

import hmac
import re
import secrets
from base64 import urlsafe_b64encode
from hashlib import sha256
from uuid import UUID

import structlog
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from accounts.authentication import SignedIn
from accounts.selectors import memberships_in_force
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.problems import Problem
from mediation.models import FeedKey
from mediation.table_access import FEED_HOLDERS

_SECRET_BYTES = 32
_TOKEN = re.compile(r"([0-9a-f]{32})\.([A-Za-z0-9_-]{43})")


def new_secret() -> tuple[str, bytes]:
    """A fresh secret, and what is kept of it (no slow hash is needed for 256 random bits)."""
    secret = urlsafe_b64encode(secrets.token_bytes(_SECRET_BYTES)).decode().rstrip("=")
    return secret, digest(secret)


def digest(secret: str) -> bytes:
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
