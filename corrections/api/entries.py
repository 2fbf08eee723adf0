"""Permission to enter a place that an injunction closes (CCM-39): the agency's alone."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access, filters
from corrections.api.rows import SteppedRows
from corrections.serializers import entries as forms
from corrections.serializers.people import ReadRequest
from corrections.services import entries as services
from corrections.services.reading import revealed
from edge.serializers import NothingSerializer


class _Deciding(SteppedRows):
    @extend_schema(request=forms.EntryRequest, responses={201: forms.EntryPermissionRow})
    def create(self, request: Request) -> Response:
        """Write an application down, beside the injunction that it is about."""
        body = self.body(forms.EntryRequest)
        subject_id, own = body.pop("subject_id"), body.pop("id", None)
        asked = services.EntryAsked(**body)
        return self.answer(
            services.entry_ask(actor=self.actor, subject_id=subject_id, asked=asked, id=own), 201
        )

    @extend_schema(request=forms.EntryApproveRequest, responses=forms.EntryPermissionRow)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: Any) -> Response:
        return self.act(services.entry_approve, forms.EntryApproveRequest, pk)

    @extend_schema(request=forms.EntryRefuseRequest, responses=forms.EntryPermissionRow)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: Any) -> Response:
        return self.act(services.entry_refuse, forms.EntryRefuseRequest, pk)

    @extend_schema(request=NothingSerializer, responses=forms.EntryPermissionRow)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: Any) -> Response:
        return self.act(services.entry_withdraw, NothingSerializer, pk)

    @extend_schema(request=forms.EntryRevokeRequest, responses=forms.EntryPermissionRow)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: Any) -> Response:
        """Take an approval back, with the reason."""
        return self.act(services.entry_revoke, forms.EntryRevokeRequest, pk)


class EntryViewSet(_Deciding):
    """进入特定区域场所审批 (CCM-39). It ends by its last day, without anybody's act."""

    policy = access.ENTRIES
    serializer_class = forms.EntryPermissionRow
    filterset_class = filters.EntryFilter
    key = "entry_id"

    def rows(self) -> QuerySet[Any]:
        return access.entries_visible_to(self.actor).prefetch_related("notices")

    @extend_schema(request=forms.EntryTellRequest, responses=forms.EntryPermissionRow)
    @action(detail=True, methods=["post"])
    def tell(self, request: Request, pk: Any) -> Response:
        """The court of the injunction, or the procuratorate, was told."""
        return self.act(services.entry_tell, forms.EntryTellRequest, pk)

    @extend_schema(request=ReadRequest, responses=forms.EntryClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        body, row, fields = self.body(ReadRequest), self.get_object(), ("place", "reason")
        return Response(revealed(actor=self.actor, row=row, kind="entry_permission", fields=fields, **body))
