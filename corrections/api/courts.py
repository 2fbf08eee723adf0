"""What a court does with a proposal, by its papers (CCL-33, CCL-46 to CCL-49)."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access, filters
from corrections.api.rows import Rows
from corrections.court import CourtFactKind
from corrections.serializers import courts as forms
from corrections.serializers.people import ReadRequest
from corrections.services import courts as services
from corrections.services.reading import revealed


class CourtFactViewSet(Rows):
    """Facts of a proposal's course at the court. The newest of a kind holds."""

    policy = access.COURT_FACTS
    serializer_class = forms.CourtFactRow
    filterset_class = filters.CourtFactFilter

    def rows(self) -> QuerySet[Any]:
        return access.court_facts_visible_to(self.actor)

    @extend_schema(request=forms.CourtFactRequest, responses={201: forms.CourtFactRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.CourtFactRequest)
        decision_id, kind = body.pop("decision_id"), CourtFactKind(body.pop("kind"))
        fact = services.AtCourt(kind=kind, **body)
        return self.answer(
            services.court_fact_record(actor=self.actor, decision_id=decision_id, fact=fact), 201
        )

    @extend_schema(request=ReadRequest, responses=forms.CourtFactClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        body, row = self.body(ReadRequest), self.get_object()
        return Response(revealed(actor=self.actor, row=row, kind="court_fact", fields=("lawyer",), **body))
