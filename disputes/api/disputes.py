"""`/disputes`: lists, details, the trail and the persons."""

from typing import Any
from uuid import UUID

import django_filters as df
from django.db.models import Exists, Q, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from disputes import access
from disputes.api.screenings import WITH_WHEREABOUTS, said
from disputes.codes import Complexity, DisputeState
from disputes.machine import OPEN_STATES
from disputes.models import Dispute, DisputeTransition
from disputes.reading import parties_read
from disputes.selectors import disputes_shown, review_over, told_place, watch_ended
from disputes.serializers.disputes import (
    DisputeSerializer,
    DisputeTransitionSerializer,
    ReadDisputePartySerializer,
)
from edge.openapi import READ_PARAMETERS
from edge.views import DomainViewSet
from kernel import clock
from kernel.actor import Actor
from kernel.codes.law import Colour, DisputeCategory, HandlingLevel


class DisputeFilter(df.FilterSet):
    code = df.CharFilter(max_length=24)
    state = df.ChoiceFilter(choices=DisputeState.choices())
    level = df.ChoiceFilter(choices=HandlingLevel.choices())
    category = df.ChoiceFilter(choices=DisputeCategory.choices())
    colour = df.ChoiceFilter(choices=Colour.choices())
    protected = df.BooleanFilter()
    street = df.UUIDFilter(field_name="street_id")
    community = df.UUIDFilter(field_name="community_id", method="by_place")
    grid = df.UUIDFilter(field_name="grid_id", method="by_place")
    complexity = df.ChoiceFilter(choices=Complexity.choices())
    outcome = df.ChoiceFilter(choices=DisputeState.choices())
    restricted = df.BooleanFilter()
    open = df.BooleanFilter(method="by_open", help_text="Not over: some body still has it")
    asked_for_mediation = df.BooleanFilter(
        field_name="party_asked_at", lookup_expr="isnull", exclude=True, help_text="A party has applied"
    )
    opened_after = df.IsoDateTimeFilter(field_name="opened_at", lookup_expr="gte")
    opened_before = df.IsoDateTimeFilter(field_name="opened_at", lookup_expr="lt")

    review_due = df.BooleanFilter(method="by_review")
    hand_up_asked = df.BooleanFilter(method="by_asked")

    watch_over = df.BooleanFilter(method="by_watch")

    def by_open(self, rows: QuerySet[Dispute], name: str, value: bool) -> QuerySet[Dispute]:
        return rows.filter(state__in=OPEN_STATES) if value else rows.exclude(state__in=OPEN_STATES)

    def by_watch(self, rows: QuerySet[Dispute], name: str, value: bool) -> QuerySet[Dispute]:
        ended = watch_ended(clock.today())
        return rows.filter(ended) if value else rows.exclude(ended)

    def by_review(self, rows: QuerySet[Dispute], name: str, value: bool) -> QuerySet[Dispute]:
        due = review_over(clock.today())
        return rows.filter(due) if value else rows.exclude(due)

    def by_asked(self, rows: QuerySet[Dispute], name: str, value: bool) -> QuerySet[Dispute]:
        return rows.exclude(hand_up_asked="") if value else rows.filter(hand_up_asked="")

    def by_place(self, rows: QuerySet[Dispute], name: str, value: UUID) -> QuerySet[Dispute]:
        """A filter on a hidden place would tell it."""
        actor: Actor = self.request.actor
        rows = rows.filter(**{name: value})
        if actor.role in WITH_WHEREABOUTS:
            return rows
        return rows.filter(Q(protected=False) | Q(Exists(told_place(actor))))


class DisputeViewSet(ListModelMixin, RetrieveModelMixin, DomainViewSet):
    policy = access.DISPUTES
    serializer_class = DisputeSerializer
    filterset_class = DisputeFilter

    def rows(self) -> QuerySet[Dispute]:
        return disputes_shown(access.disputes_visible_to(self.actor), self.actor)

    def get_serializer_context(self) -> dict[str, Any]:
        return {"actor": getattr(self.request, "actor", None)}

    @extend_schema(responses=DisputeTransitionSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def history(self, request: Request, pk: UUID) -> Response:
        """Every step of the dispute, oldest first."""
        dispute: Dispute = self.get_object()
        rows = DisputeTransition.objects.filter(dispute=dispute).order_by("at", "id")
        steps = DisputeTransitionSerializer(rows, many=True).data
        # A reason is free text: on the protected track it may say where somebody is.
        if self.get_serializer(dispute).data["masked"]:
            steps = [step | {"reason": ""} for step in steps]
        return Response(steps)

    @extend_schema(parameters=READ_PARAMETERS, responses=ReadDisputePartySerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None)
    def parties(self, request: Request, pk: UUID) -> Response:
        """Names and numbers of the parties; leaves one read-log row."""
        found = parties_read(actor=self.actor, dispute=self.get_object(), **said(request))
        return Response(ReadDisputePartySerializer(found, many=True).data)

    def allowed_parameters(self) -> frozenset[str]:
        more = {"purpose", "reason"} if self.action == "parties" else set()
        return super().allowed_parameters() | more
