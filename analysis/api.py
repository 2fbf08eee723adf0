"""`/statistics/mediation`: counts for closed times, as JSON or as a file."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from analysis import access, serializers, services
from edge.views import DomainView
from kernel.problems import Problem


def asked_of(request: Request, form: type[Any]) -> dict[str, Any]:
    """The query by a form. Problem `bad_parameter`."""
    query = form(data=request.query_params.dict())
    if not query.is_valid():
        raise Problem("bad_parameter", fields=query.errors)
    return dict(query.validated_data)


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
