"""`Authorization: Bearer map.<id>.<secret>`: reads the map in one role, for programs that cannot refresh.

A program that knows names and passwords only (QGIS 3.22 of Debian 12) sends the key as the password of HTTP
Basic, with any name. Never a person's own password: what is no key is refused, and no form asks for one.

Beside the session's own token, on the addresses of the map alone. Authority is read afresh with each request:
the key ends with the role, the person, its date, or a word of its owner.
"""

import binascii
import hmac
import secrets
from base64 import b64decode, urlsafe_b64encode
from hashlib import sha256
from uuid import UUID

import structlog
from rest_framework.request import Request

from accounts.authentication import BearerAuthentication, SignedIn
from accounts.models import MembershipState
from grids.models import MapKey
from grids.serving.access import KEY_HOLDERS
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.problems import Problem

PREFIX = "map."
BEARER, BASIC = "bearer", "basic"
_SECRET_BYTES = 32
_PARTS = 2


def new_secret() -> tuple[str, bytes]:
    """A fresh secret, and what is kept of it (no slow hash is needed for 256 random bits)."""
    secret = urlsafe_b64encode(secrets.token_bytes(_SECRET_BYTES)).decode().rstrip("=")
    return secret, digest(secret)


def digest(secret: str) -> bytes:
    return sha256(secret.encode()).digest()


def token(key: MapKey, secret: str) -> str:
    """What the owner pastes into the program."""
    return f"map.{key.id.hex}.{secret}"


class MapAuthentication(BearerAuthentication):
    """A session's token as everywhere, or a key of the map."""

    def authenticate(self, request: Request) -> tuple[SignedIn, object] | None:  # type: ignore[override]  # because a key has no claims
        text = key_in(request.META.get("HTTP_AUTHORIZATION", ""))
        if not text:
            return super().authenticate(request)
        http = request._request
        actor = actor_of(text.removeprefix(PREFIX), getattr(http, "request_id", ""))
        http.actor = actor  # type: ignore[attr-defined]  # because every view reads it from there
        return SignedIn(actor.person), None


def key_in(header: str) -> str:
    """The key that an `Authorization` header carries, as a token or as a password; empty when it has none."""
    scheme, _, said = header.partition(" ")
    if scheme.lower() == BASIC:
        said = _password(said)
    elif scheme.lower() != BEARER:
        return ""
    return said if said.startswith(PREFIX) else ""


def _password(said: str) -> str:
    try:
        return b64decode(said, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""


def actor_of(text: str, request_id: str = "") -> Actor:
    """The person and role of a key. Problem `sign_in_again` for anything that is no key in force."""
    key = _found(text)
    if key is None or key.user.state != "active" or not _holds(key):
        raise Problem("sign_in_again")
    today = clock.today()
    if key.last_used_on != today:
        MapKey.objects.filter(pk=key.pk).update(last_used_on=today)
    structlog.contextvars.bind_contextvars(user_id=str(key.user_id), map_key=str(key.id))
    return Actor(
        user_id=key.user_id,
        role=Role(key.membership.role),
        organisation_id=key.membership.organisation_id,
        membership_id=key.membership_id,
        request_id=request_id,
    )


def _found(text: str) -> MapKey | None:
    parts = text.split(".")
    try:
        key_id = UUID(hex=parts[0])
    except ValueError:
        return None
    key = MapKey.objects.select_related("user", "membership").filter(pk=key_id).first()
    if key is None or len(parts) != _PARTS or not hmac.compare_digest(bytes(key.digest), digest(parts[1])):
        return None
    return key


def _holds(key: MapKey) -> bool:
    """Key and role are both in force, and the role is still one that may have a key."""
    role, today = key.membership, clock.today()
    begun = (
        role.state == MembershipState.CONFIRMED and role.valid_from is not None and role.valid_from <= today
    )
    in_force = begun and (role.valid_to is None or today < role.valid_to)
    return key.revoked_at is None and key.expires_at > clock.now() and in_force and role.role in KEY_HOLDERS
