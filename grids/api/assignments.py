"""`/assignments`: who is in charge of which grid."""

from uuid import UUID

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from audit.replays import Replays
from edge.views import DomainViewSet
from grids import access, services
from grids.impact import impact_of
from grids.models import Assignment, AssignmentKind
from grids.serializers import assignments as forms


class AssignmentFilter(django_filters.FilterSet):
    grid = django_filters.UUIDFilter()
    worker = django_filters.UUIDFilter()
    kind = django_filters.ChoiceFilter(choices=AssignmentKind.choices)


class AssignmentViewSet(Replays, ListModelMixin, RetrieveModelMixin, DomainViewSet):
    """Who is or will be in charge of which grid."""

    policy = access.ASSIGNMENTS
    serializer_class = forms.AssignmentSerializer
    filterset_class = AssignmentFilter

    def rows(self) -> QuerySet[Assignment]:
        visible = access.assignments_visible_to(self.actor).select_related("worker")
        return visible.order_by("grid__code", "-kind", "valid_from", "id")

    @extend_schema(request=forms.AssignmentRequest, responses={201: forms.AssignmentSerializer})
    def create(self, request: Request) -> Response:
        body = self.body(forms.AssignmentRequest)
        (row,) = services.assignments_create(actor=self.actor, charges=[services.Charge(**body)])
        return self._answer(row, 201)

    @extend_schema(request=forms.EndRequest, responses=forms.AssignmentSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: UUID) -> Response:
        body = self.body(forms.EndRequest)
        return self._answer(services.assignment_end(actor=self.actor, assignment_id=pk, **body))

    @extend_schema(responses=forms.ImpactSerializer)
    @action(detail=True, methods=["get"])
    def impact(self, request: Request, pk: UUID) -> Response:
        """What would leave the worker's phones and what work stays behind, before the assignment is ended."""
        row = services.assignment_of(self.actor, pk)
        return Response(forms.ImpactSerializer(impact_of(self.actor, row)).data)

    def _answer(self, row: Assignment, status: int = 200) -> Response:
        row.refresh_from_db(fields=["rev"])
        return Response(forms.AssignmentSerializer(row).data, status=status, headers=self.replayed())
