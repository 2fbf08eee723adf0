"""The forms of a package over HTTP: the list, and one of them blank. A package subclasses both with its name
and policy."""

from typing import ClassVar

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from edge.documents.answers import FORMATS, WRITERS, file_answer
from edge.documents.forms import form_of, forms_of, paper
from edge.documents.model import Document
from edge.negotiation import OneForm
from edge.serializers import StrictSerializer
from edge.views import DomainView, asked_of
from kernel import clock

FILES = {(200, media_type): OpenApiTypes.BINARY for _, media_type in WRITERS.values()}
KEY = OpenApiParameter("key", str, OpenApiParameter.PATH, pattern="^[a-z_]{1,40}$")
FORMAT = OpenApiParameter("format", str, enum=FORMATS)


class PaperFormSerializer(serializers.Serializer[dict[str, object]]):
    """A form as the register lists it."""

    key = serializers.CharField()
    title = serializers.CharField()
    title_en = serializers.CharField()
    law = serializers.ListField(child=serializers.CharField())
    numbered = serializers.BooleanField()


class FormatQuery(StrictSerializer):
    format = serializers.ChoiceField(choices=FORMATS, required=False, default="pdf")


class FormsView(DomainView):
    """The forms of this package, in the order of a file."""

    package: ClassVar[str]

    @extend_schema(responses=PaperFormSerializer(many=True))
    def get(self, request: Request) -> Response:
        return Response(PaperFormSerializer(forms_of(self.package), many=True).data)


class BlankView(DomainView):
    """A form without a record, to be filled in by hand."""

    package: ClassVar[str]
    content_negotiation_class = OneForm
    query_form: ClassVar[type[StrictSerializer]] = FormatQuery

    def allowed_parameters(self) -> frozenset[str]:
        return frozenset(self.query_form().fields)

    @extend_schema(parameters=[KEY, FORMAT], responses=FILES)
    def get(self, request: Request, key: str) -> HttpResponse:
        asked = asked_of(request, self.query_form)
        form = asked.pop("format")
        return file_answer(self.blank(key, **asked), form)

    def blank(self, key: str) -> Document:
        return paper(form_of(self.package, key), None, made_at=clock.now())
