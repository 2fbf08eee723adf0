"""`/mediation/cases`: reading, and the acts of the people at the centre."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from edge.serializers import NothingSerializer
from mediation import services
from mediation.api.face import CaseReading
from mediation.serializers import cases as serializers
from mediation.serializers import endings


class CaseViewSet(ListModelMixin, RetrieveModelMixin, CaseReading):
    @extend_schema(request=serializers.ConsentBodySerializer)
    @action(detail=True, methods=["post"])
    def consents(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.ConsentBodySerializer, services.consent_record, case_id=pk)

    @extend_schema(request=serializers.AcceptSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.AcceptSerializer, services.case_accept, case_id=pk)

    @extend_schema(request=endings.DeclineSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: UUID) -> Response:
        return self.done(request, endings.DeclineSerializer, services.case_decline, case_id=pk)

    @extend_schema(request=serializers.RefuseSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.RefuseSerializer, services.party_refuse, case_id=pk)

    @extend_schema(request=serializers.UnreachableSerializer)
    @action(detail=True, methods=["post"], url_path="cannot-reach")
    def cannot_reach(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.UnreachableSerializer, services.case_cannot_reach, case_id=pk)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"], url_path="ask-again")
    def ask_again(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, services.case_ask_again, case_id=pk)


class CasePaperViewSet(CaseReading):
    """Time, mediators, notices and names of a case."""

    @extend_schema(request=serializers.ExtendSerializer)
    @action(detail=True, methods=["post"])
    def extend(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.ExtendSerializer, services.case_extend, case_id=pk)

    @extend_schema(request=endings.FailSerializer)
    @action(detail=True, methods=["post"])
    def fail(self, request: Request, pk: UUID) -> Response:
        return self.done(request, endings.FailSerializer, services.case_fail, case_id=pk)

    @extend_schema(request=serializers.MediatorsSerializer)
    @action(detail=True, methods=["post"])
    def mediators(self, request: Request, pk: UUID) -> Response:
        return self.done(request, serializers.MediatorsSerializer, services.mediators_name, case_id=pk)

    @extend_schema(request=endings.WaysSerializer)
    @action(detail=True, methods=["post"])
    def ways(self, request: Request, pk: UUID) -> Response:
        return self.done(request, endings.WaysSerializer, services.ways_tell, case_id=pk)

    @extend_schema(
        request=serializers.PurposeSerializer, responses=serializers.PartyNameSerializer(many=True)
    )
    @action(detail=True, methods=["post"])
    def names(self, request: Request, pk: UUID) -> Response:
        given = self.body(serializers.PurposeSerializer)
        names = services.case_names(actor=self.actor, case_id=pk, **given)
        return Response(serializers.PartyNameSerializer(names, many=True).data)

    @extend_schema(request=serializers.PurposeSerializer, responses=serializers.WishSerializer)
    @action(detail=True, methods=["post"])
    def wish(self, request: Request, pk: UUID) -> Response:
        given = self.body(serializers.PurposeSerializer)
        wish = services.case_wish(actor=self.actor, case_id=pk, **given)
        return Response(serializers.WishSerializer({"wish": wish}).data)


class CaseBriefViewSet(CaseReading):
    """What the case is about, in the words of the acceptance form."""

    @extend_schema(request=serializers.CaseBriefSerializer)
    @action(detail=True, methods=["post"])
    def brief(self, request: Request, pk: UUID) -> Response:
        """Word it; the sentence before is not kept."""
        return self.done(request, serializers.CaseBriefSerializer, services.case_brief_set, case_id=pk)

    @extend_schema(request=serializers.PurposeSerializer, responses=serializers.CaseBriefShownSerializer)
    @action(detail=True, methods=["post"], url_path="brief/read")
    def brief_read(self, request: Request, pk: UUID) -> Response:
        """Read it, against a row in the read log."""
        given = self.body(serializers.PurposeSerializer)
        said = services.case_brief(actor=self.actor, case_id=pk, **given)
        return Response(serializers.CaseBriefShownSerializer({"brief": said}).data)
