"""Receptions, the confirmed last day, files, and what the agency alone reads."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access, filters
from corrections.api.rows import Rows, opened
from corrections.models import FileItem
from corrections.serializers import reception as forms
from corrections.serializers.people import ReadRequest
from corrections.services import receiving as services
from corrections.services.reading import revealed
from edge.serializers import NothingSerializer


class _Arriving(Rows):
    @extend_schema(request=forms.ReportInRequest, responses=forms.ReceptionRow)
    @action(detail=True, methods=["post"], url_path="report-in")
    def report_in(self, request: Request, pk: Any) -> Response:
        """The day of the report-in, when it comes after the reception was begun (CCL-21)."""
        return self.act(services.reception_report_in, forms.ReportInRequest, pk)


class ReceptionViewSet(_Arriving):
    """Reception 接收: five checks, the announcement, and then received (CCL-22)."""

    policy = access.RECEPTIONS
    serializer_class = forms.ReceptionRow
    filterset_class = filters.OfSubjectFilter
    key = "reception_id"

    def rows(self) -> QuerySet[Any]:
        rows = access.receptions_visible_to(self.actor)
        return rows.prefetch_related("checks", "subject__orders__dates")

    @extend_schema(request=forms.ReceptionRequest, responses={201: forms.ReceptionRow})
    def create(self, request: Request) -> Response:
        return self.answer(
            services.reception_open(actor=self.actor, **self.body(forms.ReceptionRequest)), 201
        )

    @extend_schema(request=forms.CheckRequest, responses=forms.ReceptionRow)
    @action(detail=True, methods=["post"])
    def check(self, request: Request, pk: Any) -> Response:
        return self.act(services.reception_check, forms.CheckRequest, pk)

    @extend_schema(request=forms.AnnounceRequest, responses=forms.ReceptionRow)
    @action(detail=True, methods=["post"])
    def announce(self, request: Request, pk: Any) -> Response:
        return self.act(services.reception_announce, forms.AnnounceRequest, pk)

    @extend_schema(request=NothingSerializer, responses=forms.ReceptionRow)
    @action(detail=True, methods=["post"])
    def complete(self, request: Request, pk: Any) -> Response:
        return self.act(services.reception_complete, NothingSerializer, pk)


class EndConfirmationViewSet(Rows):
    """Two officers stand behind the last day, at reception and before it comes."""

    policy = access.END_CONFIRMATIONS
    serializer_class = forms.EndConfirmationRow
    filterset_class = filters.OfSubjectFilter

    def rows(self) -> QuerySet[Any]:
        return access.end_confirmations_visible_to(self.actor)

    @extend_schema(request=forms.EndConfirmationRequest, responses={201: forms.EndConfirmationRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.EndConfirmationRequest)
        return self.answer(services.end_confirm(actor=self.actor, **body), 201)


class FileItemViewSet(Rows):
    """The index of correction file and work file (CCM-18). Titles in clear: `reveal`."""

    policy = access.FILE_ITEMS
    serializer_class = forms.FileItemRow
    filterset_class = filters.FileItemFilter

    def rows(self) -> QuerySet[Any]:
        return access.file_items_visible_to(self.actor)

    @extend_schema(request=forms.FileItemRequest, responses={201: forms.FileItemRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.FileItemRequest)
        subject_id, own = body.pop("subject_id"), body.pop("id", None)
        filed = services.Filed(**body)
        return self.answer(
            services.item_file(actor=self.actor, subject_id=subject_id, filed=filed, id=own), 201
        )

    @extend_schema(request=ReadRequest, responses=forms.FileItemClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        body, row = self.body(ReadRequest), opened(self.actor, FileItem, pk)
        return Response(revealed(actor=self.actor, row=row, kind="file_item", fields=("title",), **body))


class LimitViewSet(Rows):
    """Injunctions and contact limits: the agency's alone, and never on a phone (CCM-25)."""

    policy = access.LIMITS
    serializer_class = forms.LimitRow
    filterset_class = filters.OfSubjectFilter
    key = "limit_id"

    def rows(self) -> QuerySet[Any]:
        return access.limits_visible_to(self.actor).prefetch_related("entries")

    @extend_schema(request=forms.LimitRequest, responses={201: forms.LimitRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.LimitRequest)
        subject_id, limit = body.pop("subject_id"), services.Limited(**body)
        return self.answer(services.limit_record(actor=self.actor, subject_id=subject_id, limit=limit), 201)

    @extend_schema(request=NothingSerializer, responses=forms.LimitRow)
    @action(detail=True, methods=["post"])
    def lift(self, request: Request, pk: Any) -> Response:
        return self.act(services.limit_lift, NothingSerializer, pk)

    @extend_schema(request=ReadRequest, responses=forms.LimitClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        body, row = self.body(ReadRequest), self.get_object()
        return Response(revealed(actor=self.actor, row=row, kind="limit", fields=("text",), **body))
