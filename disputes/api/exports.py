"""`/disputes/export` and `/disputes/by-day`: the same disputes as a file and as counts."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.selectors import actor_areas
from disputes import access
from disputes.api.disputes import DisputeFilter
from disputes.exporting import by_day, disputes_export, exportable
from disputes.models import Dispute
from disputes.serializers.exports import DayCountSerializer
from edge.pagination import FilePages
from edge.tables import WRITERS, table_answer
from edge.views import DomainListView
from kernel.problems import Problem

MEDIA = {(200, media): OpenApiTypes.BINARY for _, media in WRITERS.values()}
SAID = [
    OpenApiParameter("format", enum=list(WRITERS), default="xlsx"),
    OpenApiParameter("purpose", required=True, description="用途，记入提供日志 for the share log"),
]


class DisputeExportView(DomainListView):
    policy = access.EXPORTS
    filterset_class = DisputeFilter
    pagination_class = FilePages
    query_params = frozenset({"format", "purpose"})

    def rows(self) -> QuerySet[Dispute]:
        return exportable(access.disputes_visible_to(self.actor)).select_related("community", "grid")

    @extend_schema(parameters=SAID, responses=MEDIA)
    def get(self, request: Request) -> HttpResponse:
        """The disputes of a list with the same filters as CSV or XLSX, page by page: `X-Total-Count` says how
        many there are. Protected and restricted ones are left out; each file leaves a share-log row."""
        form = request.query_params.get("format", "xlsx")
        if form not in WRITERS:
            raise Problem("bad_parameter", fields={"format": f"one of {', '.join(WRITERS)}"})
        page = self.paginate_queryset(self.filter_queryset(self.rows())) or []
        table = disputes_export(
            actor=self.actor, rows=page, street_id=actor_areas(self.actor)[0],
            purpose=request.query_params.get("purpose", "")[:200],
        )  # fmt: skip
        total: Any = self.paginator
        return table_answer(table, form, {"X-Total-Count": str(total.count)})


class DisputesByDayView(DomainListView):
    policy = access.EXPORTS
    filterset_class = DisputeFilter
    pagination_class = None

    def rows(self) -> QuerySet[Dispute]:
        return access.disputes_visible_to(self.actor)

    @extend_schema(responses=DayCountSerializer(many=True))
    def get(self, request: Request) -> Response:
        """How many were registered on each local day, of those that a file would hold."""
        found = by_day(self.filter_queryset(self.rows()))
        return Response(DayCountSerializer(found, many=True).data)
