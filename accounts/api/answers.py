"""Answers of signing in."""

from typing import Any

from django.conf import settings
from rest_framework.response import Response

from accounts.models import RefreshFamily
from accounts.selectors import headed_organisations, memberships_in_force
from accounts.serializers.sessions import Person
from accounts.services import Session
from edge.conf import setting
from kernel import clock
from kernel.codes.roles import Role

COOKIE = "gridgov_refresh"
PATH = "/api/v1/auth"


def person(session: Session) -> dict[str, Any]:
    """The signed-in person as `Person` says."""
    return person_of(session.family)


def person_of(family: RefreshFamily) -> dict[str, Any]:
    membership = family.membership
    offers = memberships_in_force().filter(user_id=family.user_id).exclude(role=Role.GRID_WORKER)
    facts = {
        "id": family.user_id,
        "username": family.user.username,
        "name": family.user.name,
        "role": membership.role if membership else None,
        "organisation": membership.organisation if membership else None,
        "membership_id": family.membership_id,
        "device_id": family.device_id,
        "acting": _acting(family),
        "roles": [] if family.device_id else offers.select_related("organisation").order_by("role", "id"),
        "heads": headed_organisations(family.user_id),
    }
    return dict(Person(facts).data)


def _acting(family: RefreshFamily) -> dict[str, Any] | None:
    """代理: whose place is taken until when, by which document, and what may be signed."""
    row = family.membership
    if row is None or row.acting_for is None:
        return None
    return {
        "for_user": row.acting_for.user_id,
        "document": row.acting_document,
        "signs": row.acting_signs,
        "until": row.valid_to,
    }


def tokens_answer(session: Session, more: dict[str, Any], status: int = 200) -> Response:
    """A fresh pair: a phone finds the refresh token in the body, a browser only in its cookie."""
    body = {"access": session.access, "access_expires_in": setting("ACCESS_MINUTES") * 60, **more}
    family = session.family
    if family.device_id is not None:
        return Response(body | {"refresh": session.refresh}, status=status)
    response = Response(body, status=status)
    response.set_cookie(
        COOKIE, session.refresh, path=PATH, httponly=True, samesite="Strict",
        secure=settings.MODE == "production",
        max_age=max(0, int((family.expires_at - clock.now()).total_seconds())),
    )  # fmt: skip
    response["Cache-Control"] = "no-store"
    return response
