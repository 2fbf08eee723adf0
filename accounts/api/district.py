"""People, organisations, roles and phones of the district."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts import access, services
from accounts.api import filters
from accounts.serializers import district as forms
from audit.replays import Replays
from edge.views import DomainViewSet
from kernel.codes.roles import Role
from kernel.problems import Problem
from kernel.signing import Signing


class _Rows(Replays, ListModelMixin, RetrieveModelMixin, DomainViewSet):
    """List and detail; acts take a checked body."""

    def answer(self, row: Any, status: int = 200) -> Response:
        shown = self.get_serializer_class()(row).data
        return Response(shown, status=status, headers=self.replayed())


def _deputy(body: dict[str, Any]) -> services.Deputy | None:
    """What a request says about a deputy, taken out of it."""
    for_id, document = body.pop("acting_for_id", None), body.pop("acting_document", "")
    signs = [Signing(value) for value in body.pop("acting_signs", [])]
    if for_id is None and (document or signs):
        raise Problem("invalid", fields={"acting_for": ["required for a deputy"]})
    return services.Deputy(for_id, document, signs) if for_id else None


class OrganisationViewSet(_Rows):
    """Organisations and their heads."""

    policy = access.ORGANISATIONS
    serializer_class = forms.OrganisationRow
    filterset_class = filters.OrganisationFilter

    def rows(self) -> QuerySet[Any]:
        return access.organisations_visible_to(self.actor)

    @extend_schema(request=forms.OrganisationRequest, responses={201: forms.OrganisationRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.OrganisationRequest)
        return self.answer(services.organisation_create(actor=self.actor, **body), 201)

    @extend_schema(request=forms.OrganisationChange, responses=forms.OrganisationRow)
    def partial_update(self, request: Request, pk: Any) -> Response:
        body = self.body(forms.OrganisationChange)
        return self.answer(services.organisation_amend(actor=self.actor, organisation_id=pk, changes=body))

    @extend_schema(request=forms.HeadRequest, responses=forms.OrganisationRow)
    @action(detail=True, methods=["post"], url_path="head")
    def name_head(self, request: Request, pk: Any) -> Response:
        """Name who confirms the guarded roles of this organisation."""
        body = self.body(forms.HeadRequest)
        return self.answer(services.organisation_head_set(actor=self.actor, organisation_id=pk, **body))


class UserViewSet(_Rows):
    """People who work with the system."""

    policy = access.USERS
    serializer_class = forms.UserRow
    without_body = frozenset({"password_link"})
    filterset_class = filters.UserFilter

    def rows(self) -> QuerySet[Any]:
        return access.users_visible_to(self.actor)

    @extend_schema(request=forms.UserRequest, responses={201: forms.UserRow})
    def create(self, request: Request) -> Response:
        return self.answer(services.user_create(actor=self.actor, **self.body(forms.UserRequest)), 201)

    @extend_schema(request=forms.ReasonRequest, responses=forms.UserRow)
    @action(detail=True, methods=["post"])
    def suspend(self, request: Request, pk: Any) -> Response:
        return self._transition(pk, "suspend")

    @extend_schema(request=forms.ReasonRequest, responses=forms.UserRow)
    @action(detail=True, methods=["post"])
    def reinstate(self, request: Request, pk: Any) -> Response:
        return self._transition(pk, "reinstate")

    @extend_schema(request=forms.ReasonRequest, responses=forms.UserRow)
    @action(detail=True, methods=["post"], url_path="delete")
    def delete_person(self, request: Request, pk: Any) -> Response:
        return self._transition(pk, "delete")

    @extend_schema(request=None, responses={201: forms.PasswordLinkAnswer})
    @action(detail=True, methods=["post"], url_path="password-link")
    def password_link(self, request: Request, pk: Any) -> Response:
        secret, row = services.password_link_create(actor=self.actor, user_id=pk)
        link = f"{request.build_absolute_uri(reverse('auth-password'))}#{secret}"
        return Response({"link": link, "expires_at": row.expires_at}, status=201)

    def _transition(self, pk: Any, event: str) -> Response:
        body = self.body(forms.ReasonRequest)
        return self.answer(services.user_transition(actor=self.actor, user_id=pk, event=event, **body))


class MembershipViewSet(_Rows):
    """Roles in organisations: proposed, confirmed by the receiving head, ended."""

    policy = access.MEMBERSHIPS
    serializer_class = forms.MembershipRow
    without_body = frozenset({"confirm"})
    filterset_class = filters.MembershipFilter

    def rows(self) -> QuerySet[Any]:
        return access.memberships_visible_to(self.actor)

    @extend_schema(request=forms.MembershipRequest, responses={201: forms.MembershipRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.MembershipRequest)
        body["role"] = Role(body["role"])
        body["acting"] = _deputy(body)
        return self.answer(services.membership_propose(actor=self.actor, **body), 201)

    @extend_schema(request=None, responses=forms.MembershipRow)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: Any) -> Response:
        """For the head of the receiving organisation."""
        membership_id = self.get_object().pk
        return self.answer(services.membership_confirm(actor=self.actor, membership_id=membership_id))

    @extend_schema(request=forms.ReasonRequest, responses=forms.MembershipRow)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: Any) -> Response:
        body = self.body(forms.ReasonRequest)
        return self.answer(services.membership_end(actor=self.actor, membership_id=pk, **body))


class DeviceViewSet(_Rows):
    """Phones. A loss report is answered to the phone with its wipe order and nothing else."""

    policy = access.DEVICES
    serializer_class = forms.DeviceRow
    filterset_class = filters.DeviceFilter

    def rows(self) -> QuerySet[Any]:
        return access.devices_visible_to(self.actor)

    @extend_schema(request=forms.ReasonRequest, responses=forms.DeviceRow)
    @action(detail=True, methods=["post"])
    def suspend(self, request: Request, pk: Any) -> Response:
        return self._transition(pk, "suspend")

    @extend_schema(request=forms.ReasonRequest, responses=forms.DeviceRow)
    @action(detail=True, methods=["post"])
    def reactivate(self, request: Request, pk: Any) -> Response:
        return self._transition(pk, "reactivate")

    @extend_schema(request=forms.ReasonRequest, responses=forms.DeviceRow)
    @action(detail=True, methods=["post"])
    def lost(self, request: Request, pk: Any) -> Response:
        return self._transition(pk, "report_lost")

    @extend_schema(request=forms.ReasonRequest, responses=forms.DeviceRow)
    @action(detail=True, methods=["post"])
    def retire(self, request: Request, pk: Any) -> Response:
        return self._transition(pk, "retire")

    def _transition(self, pk: Any, event: str) -> Response:
        body = self.body(forms.ReasonRequest)
        return self.answer(services.device_transition(actor=self.actor, device_id=pk, event=event, **body))


class EnrolmentCodeViewSet(_Rows):
    """One-time codes by which a grid worker's phone is enrolled."""

    policy = access.CODES
    serializer_class = forms.CodeRow
    filterset_class = filters.CodeFilter

    def rows(self) -> QuerySet[Any]:
        return access.codes_visible_to(self.actor).select_related("device")

    @extend_schema(request=forms.CodeRequest, responses={201: forms.CodeAnswer})
    def create(self, request: Request) -> Response:
        """The code is shown once: read it out to the worker."""
        text, row = services.enrolment_code_create(actor=self.actor, **self.body(forms.CodeRequest))
        return Response(forms.CodeRow(row).data | {"code": text}, status=201)
