"""`/mediation/intake`: reading, and what a person at the centre chooses."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from edge.serializers import NothingSerializer
from mediation import access, filters, selectors, services
from mediation.api.face import Acts
from mediation.models import IntakeItem
from mediation.serializers import cases as serializers


class IntakeViewSet(ListModelMixin, RetrieveModelMixin, Acts):
    policy = access.INTAKE
    serializer_class = serializers.IntakeSerializer
    filterset_class = filters.IntakeFilter

    every = selectors.intake_shown(IntakeItem.objects.all())

    def rows(self) -> QuerySet[IntakeItem]:
        return selectors.intake_shown(access.visible_intake(self.actor))

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def read(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, services.intake_read, item_id=pk)

    @extend_schema(request=serializers.OfferSerializer)
    @action(detail=True, methods=["post"])
    def offer(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.OfferSerializer, services.mediation_offer, item_id=pk)

    @extend_schema(request=serializers.BecauseSerializer)
    @action(detail=True, methods=["post"])
    def protect(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.BecauseSerializer, services.intake_protect, item_id=pk)

    @extend_schema(request=serializers.BecauseSerializer)
    @action(detail=True, methods=["post"], url_path="to-department")
    def to_department(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.BecauseSerializer, services.intake_to_department, item_id=pk)

    @extend_schema(request=serializers.BecauseSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.BecauseSerializer, services.intake_close, item_id=pk)

    @extend_schema(request=serializers.HandBackSerializer)
    @action(detail=True, methods=["post"], url_path="hand-back")
    def hand_back(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.HandBackSerializer, services.intake_hand_back, item_id=pk)
