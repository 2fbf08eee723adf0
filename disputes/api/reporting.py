from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from disputes import access
from disputes.services.reporting import dispute_report
from edge.repeats import replayed
from edge.views import DomainView
from liaison.serializers import FactsSerializer, ReportSerializer


class ReportsView(DomainView):
    """公安联络报告 that rests on this dispute: a draft on one of the grounds of law, with the dispute's
    place."""

    policy = access.REPORTING

    @extend_schema(request=FactsSerializer, responses={201: ReportSerializer})
    def post(self, request: Request, pk: UUID) -> Response:
        body = self.body(FactsSerializer)
        made, replay = dispute_report(actor=self.actor, dispute_id=pk, **body)
        return Response(ReportSerializer(made).data, status=201, headers=replayed(replay))
