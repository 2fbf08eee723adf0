"""`/rounds`: screening rounds 排查活动, how far they are by grid, and the closing report."""

from datetime import date
from uuid import UUID

import django_filters as df
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from disputes import access, services
from disputes.models import ScreeningRound
from disputes.serializers.rounds import GridProgressSerializer, RoundOpenSerializer, RoundSerializer
from edge.repeats import replayed
from edge.views import DomainViewSet


class RoundFilter(df.FilterSet):
    community = df.UUIDFilter(method="by_community")
    open = df.BooleanFilter(field_name="closed_at", lookup_expr="isnull")
    on = df.DateFilter(method="by_day", help_text="A day of the round")

    def by_community(
        self, rows: QuerySet[ScreeningRound], name: str, value: UUID
    ) -> QuerySet[ScreeningRound]:
        return rows.filter(communities__contains=[value])

    def by_day(self, rows: QuerySet[ScreeningRound], name: str, value: date) -> QuerySet[ScreeningRound]:
        return rows.filter(starts_on__lte=value, ends_on__gte=value)


class RoundViewSet(ListModelMixin, RetrieveModelMixin, DomainViewSet):
    policy = access.ROUNDS
    serializer_class = RoundSerializer
    filterset_class = RoundFilter
    without_body = frozenset({"close"})

    def rows(self) -> QuerySet[ScreeningRound]:
        return access.rounds_visible_to(self.actor).order_by("-starts_on", "id")

    @extend_schema(request=RoundOpenSerializer, responses={201: RoundSerializer})
    def create(self, request: Request) -> Response:
        said = self.body(RoundOpenSerializer)
        made, replay = services.round_open(actor=self.actor, community_ids=said.pop("communities"), **said)
        return Response(RoundSerializer(made).data, status=201, headers=replayed(replay))

    @extend_schema(responses=GridProgressSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def progress(self, request: Request, pk: UUID) -> Response:
        """Each grid: gone through or not. What was found is not asked."""
        lines = services.round_progress(self.get_object())
        return Response(GridProgressSerializer(lines, many=True).data)

    @extend_schema(request=None, responses=RoundSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: UUID) -> Response:
        found, replay = services.round_close(actor=self.actor, round_id=self.get_object().pk)
        return Response(RoundSerializer(found).data, headers=replayed(replay))
