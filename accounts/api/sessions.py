"""Signing in and out. Phones: code and key. Browsers: password and cookie."""

from typing import cast
from uuid import UUID

from django.db import transaction
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import selectors, services
from accounts.api.answers import COOKIE, PATH, person, person_of, tokens_answer
from accounts.models import User
from accounts.serializers import sessions as forms
from accounts.services.passwords import password_is
from accounts.throttles import EnrolByAddress, LoginByAddress, LoginByName, RefreshByAddress
from accounts.wipe import server_key
from audit.services import record
from edge.policy import EVERYONE, PUBLIC, Policy
from edge.problem_handler import request_id_of
from edge.views import DomainView
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.problems import Problem

NOBODY = UUID(int=0)
SIGNED_IN = Policy(EVERYONE, without_role={"get", "post"})


def session_id_of(request: Request) -> UUID:
    """The session of the token, as authentication left it with the request."""
    return cast(UUID, getattr(request, "session_id"))  # noqa: B009  because DRF passes it through unseen


class _Knock(DomainView):
    """Base of what is open to strangers: no token is looked at, so a stale one does no harm."""

    policy = PUBLIC
    authentication_classes = []


class EnrolView(_Knock):
    """Turn a one-time code into an enrolled phone and its first pair of tokens."""

    throttle_classes = [EnrolByAddress]

    @extend_schema(request=forms.EnrolRequest, responses={201: forms.EnrolAnswer})
    def post(self, request: Request) -> Response:
        body = self.body(forms.EnrolRequest)
        session = services.device_enrol(
            code=body["code"], public_key=body["public_key"], request_id=request_id_of(request),
            **body.get("device", {}),
        )  # fmt: skip
        more = {"device_id": session.family.device_id, "server_key": server_key(), "user": person(session)}
        return tokens_answer(session, more, status=201)


class LoginView(_Knock):
    """Sign in with a password, in one role. The refresh token goes into an httpOnly cookie."""

    throttle_classes = [LoginByAddress, LoginByName]

    @extend_schema(request=forms.LoginRequest, responses={200: forms.SignedInAnswer})
    def post(self, request: Request) -> Response:
        body = self.body(forms.LoginRequest)
        user = User.objects.filter(username=body["username"]).first()
        right = password_is(user, body["password"])
        if user is None or not right or not user.is_active:
            _refused(user, request_id_of(request))
            raise Problem("wrong_credentials")
        role = Role(body["role"]) if "role" in body else None
        session = services.login(
            user=user, role=role, organisation_id=body.get("organisation"), request_id=request_id_of(request)
        )
        return tokens_answer(session, {"user": person(session)})


def _refused(user: User | None, request_id: str) -> None:
    """The same row for a known and an unknown name, so that the time of the answer tells nothing."""
    with transaction.atomic():
        record(
            actor=Actor(user_id=None, role=None, request_id=request_id), event="session.refused",
            subject_kind="user", subject_id=user.id if user else NOBODY,
        )  # fmt: skip


class RefreshView(_Knock):
    """The next pair of tokens. Repeat the identical request until an answer arrives (10 minutes)."""

    throttle_classes = [RefreshByAddress]

    @extend_schema(request=forms.RefreshRequest, responses={200: forms.TokenAnswer})
    def post(self, request: Request) -> Response:
        body = self.body(forms.RefreshRequest)
        token = body.get("refresh") or request.COOKIES.get(COOKIE)
        if not token:
            raise Problem("sign_in_again")
        session = services.refresh(
            token=token,
            nonce=body["nonce"],
            signature=body.get("signature"),
            request_id=request_id_of(request),
        )
        return tokens_answer(session, {})


class WipedView(_Knock):
    """A lost phone confirms, signed with its key, that it has wiped itself."""

    throttle_classes = [EnrolByAddress]

    @extend_schema(request=forms.WipedRequest, responses={204: None})
    def post(self, request: Request) -> Response:
        services.device_wiped(**self.body(forms.WipedRequest), request_id=request_id_of(request))
        return Response(status=204)


class PasswordView(_Knock):
    """Where a one-time link leads: `POST` sets the password. The secret is behind the link's `#`."""

    throttle_classes = [LoginByAddress]

    @extend_schema(responses={200: forms.PasswordHint})
    def get(self, request: Request) -> Response:
        return Response({"how": 'POST {"link": <the text after #>, "password": <at least 12 characters>}'})

    @extend_schema(request=forms.PasswordRequest, responses={204: None})
    def post(self, request: Request) -> Response:
        actor = Actor(user_id=None, role=None, request_id=request_id_of(request))
        services.password_set(actor=actor, **self.body(forms.PasswordRequest))
        return Response(status=204)


class RoleView(DomainView):
    """Change the one active role of this session. Access tokens of the old role are dead at once."""

    policy = SIGNED_IN

    @extend_schema(request=forms.RoleRequest, responses={200: forms.SignedInAnswer})
    def post(self, request: Request) -> Response:
        form = self.body(forms.RoleRequest)
        session = services.role_switch(
            actor=self.actor, family_id=session_id_of(request), role=Role(form["role"]),
            organisation_id=form.get("organisation"),
        )  # fmt: skip
        return tokens_answer(session, {"user": person(session)})


class LogoutView(DomainView):
    """End this session."""

    policy = SIGNED_IN
    without_body = frozenset({"post"})
    without_body = frozenset({"post"})

    @extend_schema(request=None, responses={204: None})
    def post(self, request: Request) -> Response:
        services.logout(actor=self.actor, family_id=session_id_of(request))
        response = Response(status=204)
        response.delete_cookie(COOKIE, path=PATH, samesite="Strict")
        return response


class MeView(DomainView):
    """Who is signed in, in which role."""

    policy = SIGNED_IN

    @extend_schema(responses={200: forms.Person})
    def get(self, request: Request) -> Response:
        return Response(person_of(selectors.session_family(session_id_of(request))))
