"""What officers find about a period, in words (CCM-22)."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access, filters
from corrections.api.rows import Rows, opened
from corrections.models import Evaluation
from corrections.serializers.evaluations import EvaluationClear, EvaluationRequest, EvaluationRow
from corrections.serializers.people import ReadRequest
from corrections.services.evaluations import evaluation_record
from corrections.services.reading import revealed


class EvaluationViewSet(Rows):
    """Evaluations 考核评估 (CCM-22): what an officer finds about a period, in words."""

    policy = access.EVALUATIONS
    serializer_class = EvaluationRow
    filterset_class = filters.OfSubjectFilter

    def rows(self) -> QuerySet[Any]:
        return access.evaluations_visible_to(self.actor)

    @extend_schema(request=EvaluationRequest, responses={201: EvaluationRow})
    def create(self, request: Request) -> Response:
        return self.answer(evaluation_record(actor=self.actor, **self.body(EvaluationRequest)), 201)

    @extend_schema(request=ReadRequest, responses=EvaluationClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        body, row = self.body(ReadRequest), opened(self.actor, Evaluation, pk)
        return Response(revealed(actor=self.actor, row=row, kind="evaluation", fields=("text",), **body))
