"""`/screenings`: lists and details by `visible_to`, staff's own records, and particulars read with a
purpose."""

from typing import Any
from uuid import UUID

import django_filters as df
from django.db.models import Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from disputes import access
from disputes.api.face import replayed
from disputes.codes import Outcome, Urgency
from disputes.models import Dispute, Screening
from disputes.reading import particulars_read
from disputes.selectors import screenings_shown
from disputes.serializers.screenings import (
    ParticularsSerializer,
    ScreeningCreateSerializer,
    ScreeningSerializer,
)
from disputes.services import screening_opened, screening_record
from edge.openapi import READ_PARAMETERS
from edge.views import DomainViewSet
from kernel.actor import Actor
from kernel.codes.law import DisputeCategory, HandlingLevel
from kernel.codes.roles import Role

WITH_WHEREABOUTS = frozenset({Role.CENTRE_DIRECTOR, Role.MEDIATOR})


class ScreeningFilter(df.FilterSet):
    category = df.ChoiceFilter(choices=DisputeCategory.choices())
    outcome = df.ChoiceFilter(choices=Outcome.choices())
    urgency = df.ChoiceFilter(choices=Urgency.choices())
    level = df.ChoiceFilter(choices=HandlingLevel.choices())
    street = df.UUIDFilter(field_name="street_id")
    community = df.UUIDFilter(field_name="community_id", method="by_place")
    grid = df.UUIDFilter(field_name="grid_id", method="by_place")
    received_after = df.IsoDateTimeFilter(field_name="received_at", lookup_expr="gte")
    received_before = df.IsoDateTimeFilter(field_name="received_at", lookup_expr="lt")

    def by_place(self, rows: QuerySet[Screening], name: str, value: UUID) -> QuerySet[Screening]:
        """A filter on a hidden place would tell it: protected records answer only to those who see where
        they are."""
        actor: Actor = self.request.actor
        rows = rows.filter(**{name: value})
        if actor.role in WITH_WHEREABOUTS:
            return rows
        return rows.filter(Q(protected=False) & ~access.IN_PROTECTED | access.own(actor))


class ScreeningViewSet(ListModelMixin, RetrieveModelMixin, DomainViewSet):
    policy = access.SCREENINGS
    serializer_class = ScreeningSerializer
    filterset_class = ScreeningFilter

    def rows(self) -> QuerySet[Screening]:
        return screenings_shown(access.screenings_visible_to(self.actor), self.disputes())

    def disputes(self) -> QuerySet[Dispute]:
        return access.disputes_visible_to(self.actor)

    def get_serializer_context(self) -> dict[str, Any]:
        return {"actor": getattr(self.request, "actor", None)}

    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        screening = self.get_object()
        screening_opened(actor=self.actor, screening=screening)
        return Response(self.get_serializer(screening).data)

    @extend_schema(request=ScreeningCreateSerializer, responses={201: ScreeningSerializer})
    def create(self, request: Request) -> Response:
        body = self.body(ScreeningCreateSerializer)
        made, replay = screening_record(actor=self.actor, record_id=body["id"], data=dict(request.data))
        row = screenings_shown(Screening.objects.filter(id=made), self.disputes()).get()
        return Response(self.get_serializer(row).data, status=201, headers=replayed(replay))

    @extend_schema(parameters=READ_PARAMETERS, responses=ParticularsSerializer)
    @action(detail=True, methods=["get"])
    def particulars(self, request: Request, pk: UUID) -> Response:
        """Names, numbers, address and words of signs; leaves one read-log row."""
        found = particulars_read(actor=self.actor, screening=self.get_object(), **said(request))
        return Response(ParticularsSerializer(found).data)

    def allowed_parameters(self) -> frozenset[str]:
        more = {"purpose", "reason"} if self.action == "particulars" else set()
        return super().allowed_parameters() | more


def said(request: Request) -> dict[str, str]:
    """Purpose and reason of a sensitive read, as asked for."""
    return {
        "purpose": request.query_params.get("purpose", ""),
        "reason": request.query_params.get("reason", "")[:200],
    }
