"""`/mediation/confirmations` and `/mediation/follow-ups`."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from mediation import agreed, agreed_access, agreed_filters, services
from mediation.api.face import Acts
from mediation.models import Confirmation, FollowUp
from mediation.serializers import confirmation as serializers
from mediation.serializers.cases import PurposeSerializer


class _ConfirmationReading(Acts):
    policy = agreed_access.AFTER
    serializer_class = serializers.ConfirmationSerializer
    detail_serializer_class = serializers.ConfirmationDetailSerializer
    filterset_class = agreed_filters.ConfirmationFilter

    every = agreed.confirmations_shown(Confirmation.objects.all())

    def rows(self) -> QuerySet[Confirmation]:
        return agreed.confirmations_shown(agreed_access.visible_confirmations(self.actor))


class ConfirmationViewSet(ListModelMixin, RetrieveModelMixin, _ConfirmationReading):
    """Before the court is asked."""

    @extend_schema(request=serializers.PrecheckBodySerializer)
    @action(detail=True, methods=["post"])
    def precheck(self, request: Request, pk: UUID) -> Response:
        body = serializers.PrecheckBodySerializer
        return self.done(request, body, services.confirmation_precheck, confirmation_id=pk)

    @extend_schema(request=serializers.OfferedBodySerializer)
    @action(detail=True, methods=["post"])
    def offer(self, request: Request, pk: UUID) -> Response:
        body = serializers.OfferedBodySerializer
        return self.done(request, body, services.confirmation_offer, confirmation_id=pk)

    @extend_schema(request=serializers.JointBodySerializer)
    @action(detail=True, methods=["post"])
    def words(self, request: Request, pk: UUID) -> Response:
        body = serializers.JointBodySerializer
        return self.done(request, body, services.confirmation_word, confirmation_id=pk)


class ConfirmationCourtViewSet(_ConfirmationReading):
    """What was filed and what the court said."""

    @extend_schema(request=serializers.FileBodySerializer)
    @action(detail=True, methods=["post"])
    def file(self, request: Request, pk: UUID) -> Response:
        body = serializers.FileBodySerializer
        return self.done(request, body, services.confirmation_file, confirmation_id=pk)

    @extend_schema(request=serializers.DecisionBodySerializer)
    @action(detail=True, methods=["post"])
    def decision(self, request: Request, pk: UUID) -> Response:
        body = serializers.DecisionBodySerializer
        return self.done(request, body, services.confirmation_decide, confirmation_id=pk)

    @extend_schema(request=serializers.WithdrawBodySerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: UUID) -> Response:
        body = serializers.WithdrawBodySerializer
        return self.done(request, body, services.confirmation_withdraw, confirmation_id=pk)


class FollowUpViewSet(ListModelMixin, RetrieveModelMixin, Acts):
    policy = agreed_access.AFTER
    serializer_class = serializers.FollowUpSerializer
    filterset_class = agreed_filters.FollowUpFilter

    every = agreed.follow_ups_shown(FollowUp.objects.all())

    def rows(self) -> QuerySet[FollowUp]:
        return agreed.follow_ups_shown(agreed_access.visible_follow_ups(self.actor))

    @extend_schema(request=serializers.FollowUpBodySerializer)
    @action(detail=True, methods=["post"], url_path="done")
    def made(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.FollowUpBodySerializer, services.follow_up_do, follow_up_id=pk)

    @extend_schema(request=PurposeSerializer, responses=serializers.NoteSerializer)
    @action(detail=True, methods=["post"])
    def note(self, request: Request, pk: UUID) -> Response:
        given = self.body(PurposeSerializer)
        note = services.follow_up_note(actor=self.actor, follow_up_id=pk, **given)
        return Response(serializers.NoteSerializer({"note": note}).data)
