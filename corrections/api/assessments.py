"""Pre-sentence assessments 调查评估 (CCM-14): the agency's, and of the station that looks into one."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access, filters
from corrections.api.rows import SteppedRows
from corrections.assessment import Advice, AskedBy, Heard, ReturnWhy
from corrections.serializers import assessments as forms
from corrections.serializers.people import ReadRequest
from corrections.services import assessments as services


class _Looking(SteppedRows):
    """From the organ's letter to the draft."""

    @extend_schema(request=forms.AssessmentRequest, responses={201: forms.AssessmentRow})
    def create(self, request: Request) -> Response:
        """The organ's letter has come: the working days run from its day."""
        body = self.body(forms.AssessmentRequest)
        commission = services.Commission(asked_by=AskedBy(body.pop("asked_by")), **body)
        return self.answer(services.assessment_receive(actor=self.actor, commission=commission), 201)

    @extend_schema(request=forms.AssessmentAssignRequest, responses=forms.AssessmentRow)
    @action(detail=True, methods=["post"])
    def assign(self, request: Request, pk: Any) -> Response:
        return self.act(services.assessment_assign, forms.AssessmentAssignRequest, pk)

    @extend_schema(request=forms.AssessmentVisitRequest, responses={201: forms.AssessmentRow})
    @action(detail=True, methods=["post"], url_path="visits")
    def visit(self, request: Request, pk: Any) -> Response:
        """Who went, on which day, and whom they heard."""
        body = self.body(forms.AssessmentVisitRequest)
        body |= {"visitors": tuple(body["visitors"]), "heard": Heard(body["heard"])}
        services.assessment_visit(actor=self.actor, assessment_id=pk, visited=services.Visited(**body))
        return self.answer(self.get_object(), 201)

    @extend_schema(request=forms.AssessmentDraftRequest, responses=forms.AssessmentRow)
    @action(detail=True, methods=["post"])
    def draft(self, request: Request, pk: Any) -> Response:
        body = self.body(forms.AssessmentDraftRequest)
        body["advice"] = Advice(body["advice"])
        return self.answer(services.assessment_draft(actor=self.actor, assessment_id=pk, **body))


class _Sending(SteppedRows):
    """What the agency does with a draft."""

    @extend_schema(request=forms.SendBackRequest, responses=forms.AssessmentRow)
    @action(detail=True, methods=["post"], url_path="send-back")
    def send_back(self, request: Request, pk: Any) -> Response:
        return self.act(services.assessment_send_back, forms.SendBackRequest, pk)

    @extend_schema(request=forms.SignRequest, responses=forms.AssessmentRow)
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: Any) -> Response:
        """Somebody else than who drafted it."""
        return self.act(services.assessment_sign, forms.SignRequest, pk)

    @extend_schema(request=forms.SendRequest, responses=forms.AssessmentRow)
    @action(detail=True, methods=["post"])
    def send(self, request: Request, pk: Any) -> Response:
        return self.act(services.assessment_send, forms.SendRequest, pk)

    @extend_schema(request=forms.ReturnRequest, responses=forms.AssessmentRow)
    @action(detail=True, methods=["post"], url_path="return")
    def return_it(self, request: Request, pk: Any) -> Response:
        """It goes back to the organ undone."""
        body = self.body(forms.ReturnRequest)
        body["why"] = ReturnWhy(body["why"])
        return self.answer(services.assessment_return(actor=self.actor, assessment_id=pk, **body))

    @extend_schema(request=forms.AssessmentWithdrawRequest, responses=forms.AssessmentRow)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: Any) -> Response:
        """The organ takes its request back."""
        return self.act(services.assessment_withdraw, forms.AssessmentWithdrawRequest, pk)


class AssessmentViewSet(_Looking, _Sending):
    """Pre-sentence assessments 调查评估: secret to all but the agency and the station that looks into one."""

    policy = access.ASSESSMENTS
    serializer_class = forms.AssessmentRow
    filterset_class = filters.AssessmentFilter
    key = "assessment_id"

    def rows(self) -> QuerySet[Any]:
        return access.assessments_visible_to(self.actor).prefetch_related("visits")

    @extend_schema(request=ReadRequest, responses=forms.AssessmentInClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        body = self.body(ReadRequest)
        return Response(services.assessment_read(actor=self.actor, assessment_id=pk, **body))
