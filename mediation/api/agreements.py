"""`/mediation/agreements` and `/mediation/obligations`: what was agreed, its marks, and what is owed."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from edge.serializers import NothingSerializer
from mediation import agreed, agreed_access, agreed_filters, services
from mediation.api.face import Acts, CaseReading
from mediation.models import Agreement, Obligation
from mediation.serializers import agreements as serializers
from mediation.serializers.cases import BecauseSerializer, PurposeSerializer
from mediation.serializers.confirmation import FollowUpWishBodySerializer


class CaseAgreementViewSet(CaseReading):
    """What a case brings: an agreement, and how its parties want to be followed up."""

    policy = agreed_access.OF_CASE

    @extend_schema(request=serializers.AgreementBodySerializer)
    @action(detail=True, methods=["post"])
    def agree(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.AgreementBodySerializer, services.agreement_reach, case_id=pk)

    @extend_schema(request=FollowUpWishBodySerializer)
    @action(detail=True, methods=["post"], url_path="follow-up-wish")
    def follow_up_wish(self, request: Request, pk: UUID) -> Response:
        return self.done(request, FollowUpWishBodySerializer, services.follow_up_wish, case_id=pk)


class _AgreementReading(Acts):
    policy = agreed_access.AGREEMENTS
    serializer_class = serializers.AgreementSerializer
    detail_serializer_class = serializers.AgreementDetailSerializer
    filterset_class = agreed_filters.AgreementFilter

    every = agreed.agreements_shown(Agreement.objects.all())

    def rows(self) -> QuerySet[Agreement]:
        return agreed.agreements_shown(agreed_access.visible_agreements(self.actor))


class AgreementViewSet(ListModelMixin, RetrieveModelMixin, _AgreementReading):
    """Agreements and their words."""

    @extend_schema(request=serializers.WriteSerializer)
    @action(detail=True, methods=["post"])
    def write(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.WriteSerializer, services.agreement_write, agreement_id=pk)

    @extend_schema(request=PurposeSerializer, responses=serializers.AgreementWordsSerializer)
    @action(detail=True, methods=["post"])
    def words(self, request: Request, pk: UUID) -> Response:
        given = self.body(PurposeSerializer)
        found = services.agreement_words(actor=self.actor, agreement_id=pk, **given)
        return Response(serializers.AgreementWordsSerializer(found).data)


class AgreementMarkViewSet(_AgreementReading):
    """Marks and the days on them."""

    @extend_schema(request=serializers.MarkBodySerializer)
    @action(detail=True, methods=["post"])
    def marks(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.MarkBodySerializer, services.mark_record, agreement_id=pk)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def review(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, services.marks_review, agreement_id=pk)

    @extend_schema(request=serializers.ScanBodySerializer)
    @action(detail=True, methods=["post"])
    def scan(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.ScanBodySerializer, services.marks_scan, agreement_id=pk)

    @extend_schema(request=serializers.CorrectBodySerializer)
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.CorrectBodySerializer, services.date_correct, agreement_id=pk)

    @extend_schema(request=serializers.DecideBodySerializer)
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: UUID) -> Response:
        body = serializers.DecideBodySerializer
        return self.done(request, body, services.correction_decide, agreement_id=pk)


class AgreementLifeViewSet(_AgreementReading):
    """What becomes of an agreement."""

    @extend_schema(request=serializers.AmendSerializer)
    @action(detail=True, methods=["post"])
    def amend(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.AmendSerializer, services.agreement_amend, agreement_id=pk)

    @extend_schema(request=BecauseSerializer)
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: UUID) -> Response:
        return self.done(request, BecauseSerializer, services.agreement_drop, agreement_id=pk)

    @extend_schema(request=serializers.ObligationsBodySerializer)
    @action(detail=True, methods=["post"])
    def obligations(self, request: Request, pk: UUID) -> Response:
        body = serializers.ObligationsBodySerializer
        return self.done(request, body, services.obligations_add, agreement_id=pk)

    @extend_schema(request=serializers.PerformedBodySerializer)
    @action(detail=True, methods=["post"])
    def performed(self, request: Request, pk: UUID) -> Response:
        body = serializers.PerformedBodySerializer
        return self.done(request, body, services.agreement_performed, agreement_id=pk)

    @extend_schema(request=serializers.SetAsideBodySerializer)
    @action(detail=True, methods=["post"], url_path="set-aside")
    def set_aside(self, request: Request, pk: UUID) -> Response:
        body = serializers.SetAsideBodySerializer
        return self.done(request, body, services.agreement_set_aside, agreement_id=pk)


class ObligationViewSet(ListModelMixin, RetrieveModelMixin, Acts):
    policy = agreed_access.AFTER
    serializer_class = serializers.ObligationSerializer
    filterset_class = agreed_filters.ObligationFilter

    every = agreed.obligations_shown(Obligation.objects.all())

    def rows(self) -> QuerySet[Obligation]:
        return agreed.obligations_shown(agreed_access.visible_obligations(self.actor))

    @extend_schema(request=serializers.PerformBodySerializer)
    @action(detail=True, methods=["post"])
    def performances(self, request: Request, pk: UUID) -> Response:
        body = serializers.PerformBodySerializer
        return self.done(request, body, services.obligation_perform, obligation_id=pk)

    @extend_schema(request=serializers.BreachBodySerializer)
    @action(detail=True, methods=["post"])
    def breach(self, request: Request, pk: UUID) -> Response:
        body = serializers.BreachBodySerializer
        return self.done(request, body, services.obligation_breach, obligation_id=pk)
