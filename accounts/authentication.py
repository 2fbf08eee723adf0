"""Who calls: one signature, one look-up that is remembered for five seconds at most, no row of the user."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import structlog
from rest_framework.authentication import BaseAuthentication
from rest_framework.request import Request

from accounts import access_tokens, sessions_cache
from accounts.access_tokens import Claims
from accounts.models import DeviceState
from accounts.sessions_cache import SessionState
from accounts.vendor_log import vendor_request_logged
from accounts.wipe import wipe_problem
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem

_SCHEME = "Bearer "


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Stands for the person in `request.user`; the row itself is not needed for a request."""

    id: UUID
    is_authenticated: bool = True
    is_active: bool = True

    @property
    def pk(self) -> UUID:
        return self.id


class BearerAuthentication(BaseAuthentication):
    """Sets `request.actor`, for the one active role of the session, and `request.scope_changed`.

    A view with `hears_lost` also hears a lost phone, whose sessions were ended: what it still sends is kept
    for a person, and `request.wipe_order` is the problem that must be the answer. A terminal is heard
    by a view with `hears_terminal` alone: it sends, and is told nothing.
    """

    def authenticate(self, request: Request) -> tuple[SignedIn, Claims] | None:
        header = request.META.get("HTTP_AUTHORIZATION", "")
        if not header:
            return None
        http = request._request
        request_id = getattr(http, "request_id", "")
        view = (request.parser_context or {}).get("view")
        hears_lost = getattr(view, "hears_lost", False)
        actor, claims, changed, order = identify(header, request_id, hears_lost=hears_lost)
        if actor.terminal and not getattr(view, "hears_terminal", False):
            raise Problem("role_not_allowed", "a terminal sends, and is told nothing")
        if actor.vendor_id is not None:
            vendor_request_logged(actor, request.method or "", str(getattr(http.resolver_match, "route", "")))
        http.wipe_order = order  # type: ignore[attr-defined]  # because a push is stored before it is answered
        http.actor = actor  # type: ignore[attr-defined]  # because every view reads it from there
        http.session_id = claims.family_id  # type: ignore[attr-defined]  # because logout and role need it
        http.scope_changed = changed  # type: ignore[attr-defined]  # because the middleware answers it
        return SignedIn(claims.user_id), claims

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def identify(
    header: str, request_id: str = "", *, hears_lost: bool = False
) -> tuple[Actor, Claims, bool, Problem | None]:
    """The actor of an `Authorization` header, the token's claims, and whether the scope is newer than they.

    With `hears_lost` the last of the four is the wipe order of a lost phone instead of being raised.
    Problems: `access_expired` (refresh), `sign_in_again` (keep the records), `wipe`, `device_not_active`.
    """
    if not header.startswith(_SCHEME):
        raise Problem("sign_in_again")
    claims = access_tokens.read(header.removeprefix(_SCHEME))
    state = sessions_cache.state_of(claims.family_id)
    if state is None:
        raise Problem("sign_in_again")
    order = None
    try:
        check(state, claims)
    except Problem as problem:
        if not hears_lost or state.device_state != DeviceState.LOST or claims.device_id != state.device_id:
            raise
        order = problem
    actor = Actor(
        user_id=claims.user_id,
        role=state.role,
        organisation_id=state.organisation_id,
        membership_id=state.membership_id,
        device_id=state.device_id,
        request_id=request_id,
        acting=state.acting,
        terminal=state.terminal,
        vendor_id=state.vendor_id,
    )
    structlog.contextvars.bind_contextvars(
        user_id=str(actor.user_id), device_id=str(actor.device_id or ""), role=actor.role or ""
    )
    return actor, claims, state.scope_version > claims.scope_version, order


def check(state: SessionState, claims: Claims) -> None:
    """Refuse a session that is not heard. A lost phone learns first of all that it must be wiped."""
    if state.device_id is not None:
        check_device(
            device_id=state.device_id,
            state=state.device_state,
            order_id=state.wipe_order,
            lost_at=state.lost_at,
        )
    if state.user_state != "active" or state.revoked or state.expires_at <= clock.now():
        raise Problem("sign_in_again")
    if not state.vendor_heard(clock.today()):
        raise Problem("sign_in_again")
    if not state.in_force(clock.today()):
        raise Problem("access_expired")
    if claims.membership_id != state.membership_id or claims.device_id != state.device_id:
        # Minted for another role of this session: a page of the old role must not act in the new one.
        raise Problem("access_expired")


def check_device(
    *, device_id: UUID, state: str | None, order_id: UUID | None, lost_at: datetime | None
) -> None:
    """Refuse by the state of the phone: `wipe`, `device_not_active`, or `sign_in_again` for a retired one."""
    if state == DeviceState.ACTIVE:
        return
    if state in {DeviceState.LOST, DeviceState.WIPED}:
        raise wipe_problem(device_id=device_id, order_id=order_id, issued_at=lost_at)
    if state == DeviceState.RETIRED:
        raise Problem("sign_in_again")
    raise Problem("device_not_active", state=state)
