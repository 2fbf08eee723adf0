"""`/statistics/mediation`: counts for closed times, as JSON or as a table to keep."""

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from analysis import access, serializers, services
from edge.negotiation import OneForm
from edge.tables import WRITERS, table_answer
from edge.views import DomainView, asked_of


class MediationStatisticsView(DomainView):
    """Cases accepted and concluded in a closed month or year, without anybody in it."""

    policy = access.STATISTICS
    query_params = frozenset({"period", "area"})

    @extend_schema(
        operation_id="statistics_mediation", parameters=[serializers.StatisticsQuery],
        responses=serializers.StatisticsSerializer,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        asked = asked_of(request, serializers.StatisticsQuery)
        found = services.mediation_statistics(actor=self.actor, **asked)
        return Response(serializers.StatisticsSerializer(found).data)


class MediationStatisticsFileView(DomainView):
    """The same counts as one table; a hidden count is an empty cell, marked as hidden."""

    policy = access.STATISTICS
    content_negotiation_class = OneForm
    query_params = frozenset({"period", "area", "format"})

    @extend_schema(
        operation_id="statistics_mediation_file", parameters=[serializers.StatisticsFileQuery],
        responses={(200, media_type): OpenApiTypes.BINARY for _, media_type in WRITERS.values()},
    )  # fmt: skip
    def get(self, request: Request) -> HttpResponse:
        asked = asked_of(request, serializers.StatisticsFileQuery)
        form = asked.pop("format")
        return table_answer(services.mediation_table(actor=self.actor, **asked), form)
