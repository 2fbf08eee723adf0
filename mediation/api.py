"""`/mediation/intake` and `/mediation/cases`: reading, and the acts of the people at the centre."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from edge.serializers import NothingSerializer, StrictSerializer
from edge.views import DomainViewSet
from mediation import access, filters, selectors, serializers, services
from mediation.models import Case, IntakeItem

Act = Callable[..., IntakeItem | Case]


class _Acts(DomainViewSet):
    """Body in, service, record out: what all acts here share."""

    every: ClassVar[QuerySet[Any]]

    def done(self, request: Request, body: type[StrictSerializer], act: Act, **named: UUID) -> Response:
        given = body(data=request.data)
        given.is_valid(raise_exception=True)
        act(actor=self.actor, **named, **given.validated_data)
        return Response(self.shown(next(iter(named.values()))))

    def shown(self, pk: UUID) -> dict[str, Any]:
        """The row as it is now, also where the act took it out of the actor's sight."""
        row = self.every.get(pk=pk)
        shown: dict[str, Any] = self.get_serializer(row).data
        return shown

    def get_serializer_context(self) -> dict[str, Any]:
        return {**super().get_serializer_context(), "actor": getattr(self.request, "actor", None)}


class IntakeViewSet(ListModelMixin, RetrieveModelMixin, _Acts):
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


class _CaseReading(_Acts):
    policy = access.CASES
    serializer_class = serializers.CaseSerializer
    filterset_class = filters.CaseFilter

    every = selectors.cases_shown(Case.objects.all())

    def rows(self) -> QuerySet[Case]:
        return selectors.cases_shown(access.visible_cases(self.actor))

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        return serializers.CaseSerializer if self.action == "list" else serializers.CaseDetailSerializer


class CaseViewSet(ListModelMixin, RetrieveModelMixin, _CaseReading):
    @extend_schema(request=serializers.ConsentBodySerializer)
    @action(detail=True, methods=["post"])
    def consents(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.ConsentBodySerializer, services.consent_record, case_id=pk)

    @extend_schema(request=serializers.AcceptSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.AcceptSerializer, services.case_accept, case_id=pk)

    @extend_schema(request=serializers.DeclineSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.DeclineSerializer, services.case_decline, case_id=pk)

    @extend_schema(request=serializers.RefuseSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.RefuseSerializer, services.party_refuse, case_id=pk)

    @extend_schema(request=serializers.BecauseSerializer)
    @action(detail=True, methods=["post"], url_path="cannot-reach")
    def cannot_reach(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.BecauseSerializer, services.case_cannot_reach, case_id=pk)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"], url_path="ask-again")
    def ask_again(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, services.case_ask_again, case_id=pk)


class CasePaperViewSet(_CaseReading):
    """Time, mediators, notices and names of a case."""

    @extend_schema(request=serializers.ExtendSerializer)
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.ExtendSerializer, services.case_extend, case_id=pk)

    @extend_schema(request=serializers.DeclineSerializer)
    @action(detail=True, methods=["post"])
    def fail(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.DeclineSerializer, services.case_fail, case_id=pk)

    @extend_schema(request=serializers.MediatorsSerializer)
    @action(detail=True, methods=["post"])
    def mediators(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.MediatorsSerializer, services.mediators_name, case_id=pk)

    @extend_schema(request=serializers.WaysSerializer)
    @action(detail=True, methods=["post"])
    def ways(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.WaysSerializer, services.ways_tell, case_id=pk)

    @extend_schema(
        request=serializers.PurposeSerializer, responses=serializers.PartyNameSerializer(many=True)
    )
    @action(detail=True, methods=["post"])
    def names(self, request: Request, pk: UUID) -> Response:
        given = serializers.PurposeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        names = services.case_names(actor=self.actor, case_id=pk, **given.validated_data)
        return Response(serializers.PartyNameSerializer(names, many=True).data)

    @extend_schema(request=serializers.PurposeSerializer, responses=serializers.WishSerializer)
    @action(detail=True, methods=["post"])
    def wish(self, request: Request, pk: UUID) -> Response:
        given = serializers.PurposeSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        wish = services.case_wish(actor=self.actor, case_id=pk, **given.validated_data)
        return Response(serializers.WishSerializer({"wish": wish}).data)
