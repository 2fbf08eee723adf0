"""`/area-changes`: what became of division codes, and the table that changes them;
`/planned-area-changes`: the tables that wait for their day."""

from typing import Any
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import AreaChange, AreaChangeKind
from audit.replays import Replays
from edge.views import DomainViewSet
from grids import access, services
from grids.models import PlannedChange, PlannedChangeState
from grids.serializers import divisions as forms


class AreaChangeFilter(django_filters.FilterSet):
    area = django_filters.UUIDFilter(field_name="area_id")
    kind = django_filters.ChoiceFilter(choices=AreaChangeKind.choices)
    old_code = django_filters.CharFilter(max_length=12)
    new_code = django_filters.CharFilter(max_length=12)
    since = django_filters.DateFilter(field_name="day", lookup_expr="gte")
    until = django_filters.DateFilter(field_name="day", lookup_expr="lt")


class AreaChangeViewSet(ListModelMixin, DomainViewSet):
    """The mapping from old to new codes, newest first."""

    policy = access.AREA_CHANGES
    serializer_class = forms.AreaChangeSerializer
    filterset_class = AreaChangeFilter

    def rows(self) -> QuerySet[AreaChange]:
        seen = access.areas_visible_to(self.actor)
        return AreaChange.objects.filter(into__in=seen).order_by("-day", "old_code", "id")

    @extend_schema(request=forms.AreaChangesRequest, responses=forms.AreaChangesAnswer)
    def create(self, request: Request) -> Response:
        """All rows of the table or none; with a day to come they wait for it. `dry_run` shows what would
        become of each division."""
        said = self.body(forms.AreaChangesRequest)
        done = services.areas_change(actor=self.actor, table=said.pop("csv"), **said)
        return Response(forms.AreaChangesAnswer(done).data)


class PlannedChangeFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=PlannedChangeState.choices())


class PlannedChangeViewSet(Replays, ListModelMixin, RetrieveModelMixin, DomainViewSet):
    """Changes of division codes entered for a day to come, in the order in which they take effect."""

    policy = access.PLANNED_CHANGES
    serializer_class = forms.PlannedChangeSerializer
    filterset_class = PlannedChangeFilter

    def rows(self) -> QuerySet[PlannedChange]:
        rows = access.planned_changes_visible_to(self.actor).order_by("day", "created_at", "id")
        return rows.defer("csv") if self.action == "list" else rows

    def get_serializer_class(self) -> type[Any]:
        return forms.PlannedChangeTableSerializer if self.action == "retrieve" else self.serializer_class

    @extend_schema(request=forms.WithdrawChangeRequest, responses=forms.PlannedChangeSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: UUID) -> Response:
        """Take it back before its day. Twice answers the same."""
        body = self.body(forms.WithdrawChangeRequest)
        row = services.planned_change_withdraw(actor=self.actor, change_id=pk, **body)
        return Response(forms.PlannedChangeSerializer(row).data, headers=self.replayed())
