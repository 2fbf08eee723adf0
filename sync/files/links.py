"""Links to the bytes of one file: signed, for two minutes, for one session.

A browser shows a picture from a link without a header. The link names the session, and the session is asked
again when it is used: with a lost device, an ended role or a sign-out it is worth nothing.
"""

import base64
import binascii
from dataclasses import dataclass
from datetime import datetime, timedelta
from hmac import compare_digest
from uuid import UUID

import msgspec
from django.conf import settings
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from accounts import sessions_cache
from accounts.access_tokens import Claims
from accounts.authentication import SignedIn, check, identify
from edge.conf import setting
from kernel import clock, crypto
from kernel.actor import Actor
from kernel.problems import Problem

_MAC = 32


class Ticket(msgspec.Struct, frozen=True, array_like=True):
    """What a link says: which file, for whom in which session, until when."""

    file: UUID
    original: bool
    user: UUID
    family: UUID
    membership: UUID | None
    device: UUID | None
    until: datetime


@dataclass(frozen=True, slots=True)
class Link:
    token: str
    expires_at: datetime


def make(actor: Actor, family_id: UUID, file_id: UUID, *, original: bool) -> Link:
    """A link for this session. Whether the actor may read the file is asked again when it is used."""
    until = clock.now() + timedelta(seconds=setting("SYNC_FILE_LINK_S"))
    ticket = Ticket(file_id, original, actor.person, family_id, actor.membership_id, actor.device_id, until)
    body = msgspec.json.encode(ticket)
    return Link(base64.urlsafe_b64encode(_mac(body) + body).decode().rstrip("="), until)


def read(token: str) -> Ticket:
    """The ticket of a link that is ours and not over. Problem `link_invalid`."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (binascii.Error, ValueError) as error:
        raise Problem("link_invalid") from error
    if not compare_digest(raw[:_MAC], _mac(raw[_MAC:])):
        raise Problem("link_invalid")
    ticket = msgspec.json.decode(raw[_MAC:], type=Ticket)
    if ticket.until <= clock.now():
        raise Problem("link_invalid")
    return ticket


def _mac(body: bytes) -> bytes:
    return crypto.hmac256(settings.SECRET_KEY.encode(), b"gridgov.file_link.v1\n" + body)


class LinkAuthentication(BaseAuthentication):
    """Signs in by `?link=`, as far as the session it names is still heard. A token beside it must be of the
    same session."""

    def authenticate(self, request: Request) -> tuple[SignedIn, Ticket] | None:
        token = request.query_params.get("link")
        if token is None:
            return None
        ticket = read(token)
        state = sessions_cache.state_of(ticket.family)
        if state is None:
            raise Problem("sign_in_again")
        check(state, Claims(ticket.user, ticket.family, ticket.membership, ticket.device, 0))
        header = request.META.get("HTTP_AUTHORIZATION", "")
        if header and identify(header)[1].family_id != ticket.family:
            raise Problem("link_invalid")
        http = request._request
        http.actor = Actor(  # type: ignore[attr-defined]  # because every view reads it from there
            user_id=ticket.user, role=state.role, organisation_id=state.organisation_id,
            membership_id=state.membership_id, device_id=state.device_id,
            request_id=getattr(http, "request_id", ""),
        )  # fmt: skip
        return SignedIn(ticket.user), ticket

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"
