"""Papers: forms blank and filled, numbers for days without power, copies of a file."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from edge.documents.answers import file_answer, file_of
from edge.documents.faces import FILES, FORMAT, KEY, BlankView, FormsView
from edge.documents.model import Document
from edge.negotiation import OneForm
from edge.repeats import replayed
from edge.views import DomainViewSet
from mediation import access, services
from mediation.api.face import CaseReading, asked_of_service
from mediation.models import NumberBlock
from mediation.papers.register import PACKAGE
from mediation.serializers import papers as serializers
from mediation.services import dossiers


class MediationFormsView(FormsView):
    """The forms of this package, in the order of a file."""

    policy = access.FORMS
    package = PACKAGE


class MediationBlankView(BlankView):
    """A form without a case, to be filled in by hand; with `block` one copy for each reserved number that is
    still open."""

    policy = access.FORMS
    package = PACKAGE
    query_form = serializers.BlankQuery

    def blank(self, key: str, block: UUID | None = None) -> Document:
        return dossiers.blank_paper(actor=self.actor, key=key, block_id=block)

    @extend_schema(parameters=[KEY, FORMAT, OpenApiParameter("block", OpenApiTypes.UUID)], responses=FILES)
    def get(self, request: Request, key: str) -> HttpResponse:
        return super().get(request, key)


class BlockViewSet(ListModelMixin, RetrieveModelMixin, DomainViewSet):
    """Case numbers reserved for days without power."""

    policy = access.BLOCKS
    serializer_class = serializers.NumberBlockSerializer

    def rows(self) -> QuerySet[NumberBlock]:
        return access.visible_blocks(self.actor).select_related("register").prefetch_related("numbers")

    @extend_schema(
        request=serializers.NumbersReserveSerializer, responses={201: serializers.NumberBlockSerializer}
    )
    def create(self, request: Request) -> Response:
        given = self.body(serializers.NumbersReserveSerializer)
        block, headers = asked_of_service(services.numbers_reserve, actor=self.actor, **given)
        return Response(self.get_serializer(block).data, status=201, headers=headers)

    @extend_schema(request=serializers.NumberVoidSerializer)
    @action(detail=True, methods=["post"])
    def void(self, request: Request, pk: UUID) -> Response:
        given = self.body(serializers.NumberVoidSerializer)
        block = services.number_void(actor=self.actor, block_id=pk, **given)
        return Response(self.get_serializer(self.rows().get(pk=block.pk)).data)


class DossierViewSet(CaseReading):
    """The file of a case: what it lacks, its forms filled, and the copies of it."""

    policy = access.DOSSIER

    @extend_schema(responses=serializers.FileItemSerializer(many=True))
    @action(detail=True, methods=["get"])
    def completeness(self, request: Request, pk: UUID) -> Response:
        items = dossiers.completeness(actor=self.actor, case_id=pk)
        return Response(serializers.FileItemSerializer(items, many=True).data)

    @extend_schema(responses=serializers.DossierCopySerializer(many=True))
    @action(detail=True, methods=["get"])
    def copies(self, request: Request, pk: UUID) -> Response:
        rows = self.get_object().copies.order_by("-made_at", "id")
        return Response(serializers.DossierCopySerializer(rows, many=True).data)


class DossierFileViewSet(CaseReading):
    """`X-Copy-Id` is the row of the copy, `X-Missing` what the committee's file lacks."""

    policy = access.DOSSIER
    content_negotiation_class = OneForm

    @extend_schema(request=serializers.DossierBodySerializer, responses=FILES)
    @action(detail=True, methods=["post"])
    def dossier(self, request: Request, pk: UUID) -> HttpResponse:
        body: dict[str, Any] = self.body(serializers.DossierBodySerializer)
        form, own = body.pop("format"), body.pop("id", None)
        why = {name: body.pop(name) for name in ("purpose", "reason")}
        made = dossiers.dossier_make(
            actor=self.actor, case_id=pk, asked=dossiers.Asked(**body), form=form, id=own, **why
        )
        answer = file_of(made.content, made.document.title, form)
        for name, value in (replayed(made.replay) or {}).items():
            answer[name] = value
        answer["X-Copy-Id"], answer["X-Missing"] = str(made.row.pk), ",".join(made.row.missing)
        return answer

    @extend_schema(request=serializers.PaperBodySerializer, responses=FILES, parameters=[KEY])
    @action(detail=True, methods=["post"], url_path="papers/<slug:key>")
    def paper(self, request: Request, pk: UUID, key: str) -> HttpResponse:
        body: dict[str, Any] = self.body(serializers.PaperBodySerializer)
        form = body.pop("format")
        return file_answer(dossiers.paper_make(actor=self.actor, case_id=pk, key=key, **body), form)
