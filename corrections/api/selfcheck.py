"""`/corrections/self-check`: 自查清单 for the agency and the procurator."""

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access
from corrections.selfcheck import self_check, self_check_paper
from corrections.serializers.selfcheck import SelfCheckSerializer
from edge.documents.answers import FORMATS, file_answer
from edge.views import DomainView
from kernel import clock


class SelfCheckView(DomainView):
    """What a procuratorate corrects, matter by matter, as the records stand; nobody is judged by it."""

    policy = access.SELF_CHECK

    @extend_schema(responses=SelfCheckSerializer)
    def get(self, request: Request) -> Response:
        now = clock.now()
        page = {"at": now, "day": clock.local_day(now), "matters": self_check(self.actor, now)}
        body: dict[str, Any] = SelfCheckSerializer(page).data
        return Response(body)


class SelfCheckPrintView(DomainView):
    """The same list on paper."""

    policy = access.SELF_CHECK
    query_params = frozenset({"format"})

    @extend_schema(
        parameters=[OpenApiParameter("format", enum=list(FORMATS), default="pdf")],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponse:
        paper = self_check_paper(self.actor, clock.now())
        return file_answer(paper, request.query_params.get("format", "pdf"))
