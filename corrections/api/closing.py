"""What an officer says at reception about the end of a file, and what the agency tells the police."""

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access
from corrections.serializers.closing import (
    MarkTakenBackRequest,
    SubjectReportRequest,
    ToBeSealedRequest,
    ToBeSealedRow,
)
from corrections.services.reporting import subject_report
from corrections.services.sealing import subject_not_to_be_sealed, subject_to_be_sealed
from edge.repeats import replayed
from edge.views import DomainView
from liaison.serializers import ReportSerializer
from privacy.machine import MarkFault


class ToBeSealedView(DomainView):
    """应当封存 a person's file is to be sealed after the end, on the ground of a row of the law."""

    policy = access.TO_BE_SEALED

    @extend_schema(request=ToBeSealedRequest, responses=ToBeSealedRow)
    def post(self, request: Request, pk: Any) -> Response:
        body = self.body(ToBeSealedRequest)
        row = subject_to_be_sealed(actor=self.actor, subject_id=pk, **body)
        return Response(ToBeSealedRow(row).data)


class MarkTakenBackView(DomainView):
    """A wrong mark 应当封存 is taken back, with what was wrong, before the seal and never after it."""

    policy = access.TO_BE_SEALED

    @extend_schema(request=MarkTakenBackRequest, responses=ToBeSealedRow)
    def post(self, request: Request, pk: Any) -> Response:
        fault = MarkFault(self.body(MarkTakenBackRequest)["fault"])
        row = subject_not_to_be_sealed(actor=self.actor, subject_id=pk, fault=fault)
        return Response(ToBeSealedRow(row).data)


class SubjectReportsView(DomainView):
    """公安联络报告 PS-5 of the agency's officer: a draft that another officer of the agency seconds."""

    policy = access.REPORTING

    @extend_schema(request=SubjectReportRequest, responses={201: ReportSerializer})
    def post(self, request: Request, pk: Any) -> Response:
        body = self.body(SubjectReportRequest)
        made, replay = subject_report(actor=self.actor, subject_id=pk, **body)
        return Response(ReportSerializer(made).data, status=201, headers=replayed(replay))
