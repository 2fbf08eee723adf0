"""Access tokens: signed claims for ten minutes. They say who calls, never what the caller may do."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from uuid import UUID

import jwt
from django.conf import settings
from rest_framework_simplejwt.backends import TokenBackend
from rest_framework_simplejwt.exceptions import TokenError
from rest_framework_simplejwt.tokens import Token

from edge.conf import setting
from kernel import clock
from kernel.problems import Problem

_JWT = settings.SIMPLE_JWT
_REMEMBERED = 4_096
_OPTIONS: Any = {"verify_exp": False, "verify_iat": False, "require": ["exp", "iss", "aud", "jti", "sub"]}


class _Backend(TokenBackend):
    """Leaves times to `AccessToken.verify`, which goes by our own clock (a demo's clock can be moved)."""

    def decode(self, token: Any, verify: bool = True) -> dict[str, Any]:
        try:
            return dict(_decoded(token, self))
        except (jwt.InvalidTokenError, ValueError, TypeError) as error:
            raise Problem("sign_in_again") from error


@lru_cache(_REMEMBERED)
def _decoded(text: str, by: _Backend) -> dict[str, Any]:
    """What a token says whose signature is good: that never changes. Whether it still holds is asked each
    time."""
    return jwt.decode(
        text, by.prepared_signing_key, algorithms=[by.algorithm], audience=by.audience, issuer=by.issuer,
        options=_OPTIONS,
    )  # fmt: skip


class AccessToken(Token):
    """`iss aud typ jti sub fam mem device scope_version iat exp`."""

    token_type = "access"  # noqa: S105  because it is the name of a kind of token
    lifetime = timedelta(minutes=setting("ACCESS_MINUTES"))
    _token_backend = _Backend(
        _JWT["ALGORITHM"], _JWT["SIGNING_KEY"], audience=_JWT["AUDIENCE"], issuer=_JWT["ISSUER"]
    )

    def verify(self) -> None:
        self.verify_token_type()
        if datetime.fromtimestamp(self.payload["exp"], UTC) <= clock.now():
            raise Problem("access_expired")


@dataclass(frozen=True, slots=True)
class Claims:
    """What a token says: whose, of which session, minted for which role, phone and scope."""

    user_id: UUID
    family_id: UUID
    membership_id: UUID | None
    device_id: UUID | None
    scope_version: int


def mint(claims: Claims) -> str:
    """The token's text."""
    token = AccessToken()
    now = clock.now()
    token.set_iat(at_time=now)
    token.set_exp(from_time=now)
    token.payload |= {
        "sub": str(claims.user_id),
        "fam": str(claims.family_id),
        "mem": _text(claims.membership_id),
        "device": _text(claims.device_id),
        "scope_version": claims.scope_version,
    }
    return str(token)


def read(text: str) -> Claims:
    """The claims of a token. Problem `access_expired`, or `sign_in_again` for anything that is not ours."""
    try:
        token: Any = text
        said = AccessToken(token).payload
        return Claims(
            UUID(said["sub"]),
            UUID(said["fam"]),
            _uuid(said["mem"]),
            _uuid(said["device"]),
            int(said["scope_version"]),
        )
    except (TokenError, KeyError, ValueError, TypeError, OverflowError) as error:
        raise Problem("sign_in_again") from error


def _text(value: UUID | None) -> str | None:
    return str(value) if value else None


def _uuid(value: str | None) -> UUID | None:
    return UUID(value) if value else None
