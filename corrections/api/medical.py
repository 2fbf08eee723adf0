"""Health and review reports of 暂予监外执行, and longer terms for them (CCM-24b)."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access, filters
from corrections.api.rows import Rows, SteppedRows
from corrections.medical import MedicalExcuse
from corrections.serializers import medical as forms
from corrections.serializers.decisions import BecauseRequest
from corrections.serializers.people import ReadRequest
from corrections.services import lengthening, medical
from edge.serializers import NothingSerializer


class MedicalReportViewSet(Rows):
    """Reports that are due, and those that came. What is late is shown; nothing follows from it."""

    policy = access.MEDICAL_REPORTS
    serializer_class = forms.MedicalRow
    filterset_class = filters.MedicalFilter

    def rows(self) -> QuerySet[Any]:
        return access.medical_visible_to(self.actor)

    @extend_schema(request=forms.HandInRequest, responses=forms.MedicalRow)
    @action(detail=True, methods=["post"], url_path="hand-in")
    def hand_in(self, request: Request, pk: Any) -> Response:
        handed = medical.Handed(**self.body(forms.HandInRequest))
        return self.answer(medical.medical_hand_in(actor=self.actor, report_id=pk, handed=handed))

    @extend_schema(request=forms.MedicalExcuseRequest, responses=forms.MedicalRow)
    @action(detail=True, methods=["post"])
    def excuse(self, request: Request, pk: Any) -> Response:
        body = self.body(forms.MedicalExcuseRequest)
        body["code"] = MedicalExcuse(body["code"])
        return self.answer(medical.medical_excuse(actor=self.actor, report_id=pk, **body))

    @extend_schema(request=ReadRequest, responses=forms.MedicalClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        return Response(medical.medical_read(actor=self.actor, report_id=pk, **self.body(ReadRequest)))


class _Lengthening(SteppedRows):
    """Proposed, decided elsewhere and recorded, withdrawn."""

    def done(self, service: Any, form: type[Any], pk: Any) -> Response:
        return self.answer(service(actor=self.actor, lengthening_id=pk, **self.body(form)))

    @extend_schema(request=forms.LengtheningRequest, responses={201: forms.LengtheningRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.LengtheningRequest)
        return self.answer(lengthening.lengthening_propose(actor=self.actor, **body), 201)

    @extend_schema(request=forms.HigherDecisionRequest, responses=forms.LengtheningRow)
    @action(detail=True, methods=["post"], url_path="decision")
    def record_decision(self, request: Request, pk: Any) -> Response:
        """What the city or the province decided; another officer compares it by `grant`."""
        return self.done(lengthening.lengthening_record, forms.HigherDecisionRequest, pk)

    @extend_schema(request=BecauseRequest, responses=forms.LengtheningRow)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: Any) -> Response:
        return self.done(lengthening.lengthening_withdraw, BecauseRequest, pk)


class LengtheningViewSet(_Lengthening):
    """Longer terms 延长报告期限: by the agency, or by the city or the province and recorded here."""

    policy = access.LENGTHENINGS
    serializer_class = forms.LengtheningRow
    filterset_class = filters.LengtheningFilter

    def rows(self) -> QuerySet[Any]:
        return access.lengthenings_visible_to(self.actor)

    @extend_schema(request=NothingSerializer, responses=forms.LengtheningRow)
    @action(detail=True, methods=["post"])
    def grant(self, request: Request, pk: Any) -> Response:
        return self.done(lengthening.lengthening_grant, NothingSerializer, pk)

    @extend_schema(request=BecauseRequest, responses=forms.LengtheningRow)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: Any) -> Response:
        return self.done(lengthening.lengthening_refuse, BecauseRequest, pk)

    @extend_schema(request=forms.ToldOnRequest, responses=forms.LengtheningRow)
    @action(detail=True, methods=["post"])
    def told(self, request: Request, pk: Any) -> Response:
        """The procuratorate was told."""
        return self.done(lengthening.lengthening_told, forms.ToldOnRequest, pk)

    @extend_schema(request=ReadRequest, responses=forms.LengtheningClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        body = self.body(ReadRequest)
        return Response(lengthening.lengthening_read(actor=self.actor, lengthening_id=pk, **body))
