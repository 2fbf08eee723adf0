"""`/mediation/channels` and `/mediation/referrals`: where a party can go, and what was sent there."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from disputes.access import disputes_visible_to
from edge.documents.answers import FORMATS, WRITERS, file_answer
from edge.negotiation import OneForm
from edge.rows import existing
from edge.views import DomainView, DomainViewSet, asked_of
from kernel import calendar, clock
from kernel.problems import Problem
from mediation import access, channels, filters
from mediation.api.face import asked_of_service
from mediation.models import Referral
from mediation.papers.referral import page_of
from mediation.serializers import referrals as serializers
from mediation.serializers.cases import PurposeSerializer
from mediation.serializers.papers import PaperBodySerializer
from mediation.services import referral_words as words
from mediation.services import referrals as services
from mediation.services.referral_stops import referral_stop_told
from mediation.services.sending import referral_paper

FILES = {(200, media_type): OpenApiTypes.BINARY for _, media_type in WRITERS.values()}


class ChannelsView(DomainView):
    """Where the parties of a dispute can go, with the reason in the law, and which clocks run."""

    policy = access.CHANNELS
    query_params = frozenset({"dispute", "act_of_organ", "organ_mediated", "known_on"})

    @extend_schema(
        operation_id="mediation_channels", parameters=[serializers.ChannelsQuery],
        responses=serializers.ChannelsSerializer,
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        asked = asked_of(request, serializers.ChannelsQuery)
        dispute = existing(disputes_visible_to(self.actor).filter(pk=asked.pop("dispute")))
        known_on = asked.pop("known_on", None)
        matter = services.matter_of(dispute, **asked)
        running = channels.clocks(matter, known_on, calendar.current())
        answer = {
            "routes": channels.routes(matter), "clocks": running,
            "urgent": channels.urgent(running, clock.today()),
        }  # fmt: skip
        return Response(serializers.ChannelsSerializer(answer).data)


class ChannelPageView(DomainView):
    """One page for the parties: the channel in plain words, its clocks, what to bring."""

    policy = access.CHANNELS
    content_negotiation_class = OneForm
    query_params = frozenset({"format"})

    @extend_schema(
        operation_id="mediation_channel_page",
        parameters=[
            OpenApiParameter("key", str, OpenApiParameter.PATH, enum=channels.Channel.values()),
            OpenApiParameter("format", str, enum=FORMATS),
        ],
        responses=FILES,
    )
    def get(self, request: Request, key: str) -> HttpResponse:
        if key not in channels.Channel.values():
            raise Problem("not_found")
        return file_answer(page_of(channels.Channel(key)), request.query_params.get("format", "pdf"))


class _Referrals(DomainViewSet):
    policy = access.REFERRALS
    serializer_class = serializers.ReferralSerializer
    detail_serializer_class = serializers.ReferralDetailSerializer
    filterset_class = filters.ReferralFilter

    def rows(self) -> QuerySet[Referral]:
        return (
            access.visible_referrals(self.actor)
            .select_related("dispute")
            .prefetch_related("transitions", "words", "stops")
        )

    def given(
        self,
        request: Request,
        pk: UUID,
        body: type[serializers.ReferralAgreeSerializer],
        act: Callable[..., Any],
    ) -> Response:
        said = body(data=request.data)
        said.is_valid(raise_exception=True)
        _, headers = asked_of_service(act, actor=self.actor, referral_id=pk, **said.lists())
        return Response(self.get_serializer(self.rows().get(pk=pk)).data, headers=headers)

    def done(self, request: Request, pk: UUID, act: Callable[..., Referral]) -> Response:
        given = serializers.ReferralSaidSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        _, headers = asked_of_service(act, actor=self.actor, referral_id=pk, said=given.said())
        return Response(self.get_serializer(self.rows().get(pk=pk)).data, headers=headers)


class ReferralPaperViewSet(_Referrals):
    """The paper that goes with a referral."""

    content_negotiation_class = OneForm

    @extend_schema(request=PaperBodySerializer, responses=FILES)
    @action(detail=True, methods=["post"])
    def paper(self, request: Request, pk: UUID) -> HttpResponse:
        """As the party's word allows; before it there is none."""
        body: dict[str, Any] = self.body(PaperBodySerializer)
        form = body.pop("format")
        return file_answer(referral_paper(actor=self.actor, referral_id=pk, **body), form)


class ReferralViewSet(ListModelMixin, RetrieveModelMixin, _Referrals):
    """Referrals of the disputes that the desk sees."""

    @extend_schema(
        request=serializers.ReferralDraftSerializer, responses={201: serializers.ReferralDetailSerializer}
    )
    def create(self, request: Request) -> Response:
        given = serializers.ReferralDraftSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        said = given.validated_data
        made, headers = asked_of_service(
            services.referral_draft, actor=self.actor, dispute_id=said["dispute"], wanted=given.wanted(),
            id=said.get("id"),
        )  # fmt: skip
        shown = self.get_serializer(self.rows().get(pk=made.pk)).data
        return Response(shown, status=201, headers=headers)

    @extend_schema(
        request=PurposeSerializer,
        responses={200: {"type": "object", "additionalProperties": {"type": "string"}}},
    )
    @action(detail=True, methods=["post"])
    def details(self, request: Request, pk: UUID) -> Response:
        given = self.body(PurposeSerializer)
        return Response(services.referral_details(actor=self.actor, referral_id=pk, **given))

    @extend_schema(request=serializers.ReferralSaidSerializer)
    @action(detail=True, methods=["post"])
    def send(self, request: Request, pk: UUID) -> Response:
        return self.done(request, pk, services.referral_send)


class ReferralWordViewSet(_Referrals):
    """What the party lets go."""

    @extend_schema(request=serializers.ReferralAgreeSerializer)
    @action(detail=True, methods=["post"])
    def agree(self, request: Request, pk: UUID) -> Response:
        return self.given(request, pk, serializers.ReferralAgreeSerializer, words.referral_agree)

    @extend_schema(request=serializers.ReferralWordBodySerializer)
    @action(detail=True, methods=["post"])
    def words(self, request: Request, pk: UUID) -> Response:
        return self.given(request, pk, serializers.ReferralWordBodySerializer, words.referral_word)

    @extend_schema(request=serializers.ReferralStopToldSerializer)
    @action(detail=True, methods=["post"], url_path="stop-told")
    def stop_told(self, request: Request, pk: UUID) -> Response:
        given = serializers.ReferralStopToldSerializer(data=request.data)
        given.is_valid(raise_exception=True)
        stop, told = given.told()
        _, headers = asked_of_service(
            referral_stop_told, actor=self.actor, referral_id=pk, stop_id=stop, told=told
        )
        return Response(self.get_serializer(self.rows().get(pk=pk)).data, headers=headers)


class ReferralBeforeViewSet(_Referrals):
    """What ends a referral from this side."""

    @extend_schema(request=serializers.ReferralSaidSerializer)
    @action(detail=True, methods=["post"])
    def recall(self, request: Request, pk: UUID) -> Response:
        return self.done(request, pk, services.referral_recall)

    @extend_schema(request=serializers.ReferralSaidSerializer)
    @action(detail=True, methods=["post"], url_path="go-alone")
    def go_alone(self, request: Request, pk: UUID) -> Response:
        return self.done(request, pk, services.referral_go_alone)

    @extend_schema(request=serializers.ReferralSaidSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: UUID) -> Response:
        return self.done(request, pk, services.referral_close)


class ReferralAnswerViewSet(_Referrals):
    """What the channel says."""

    @extend_schema(request=serializers.ReferralSaidSerializer)
    @action(detail=True, methods=["post"])
    def receive(self, request: Request, pk: UUID) -> Response:
        return self.done(request, pk, services.referral_receive)

    @extend_schema(request=serializers.ReferralSaidSerializer)
    @action(detail=True, methods=["post"], url_path="ask-more")
    def ask_more(self, request: Request, pk: UUID) -> Response:
        return self.done(request, pk, services.referral_ask_more)

    @extend_schema(request=serializers.ReferralSaidSerializer)
    @action(detail=True, methods=["post"])
    def supply(self, request: Request, pk: UUID) -> Response:
        return self.done(request, pk, services.referral_supply)

    @extend_schema(request=serializers.ReferralSaidSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: UUID) -> Response:
        return self.done(request, pk, services.referral_accept)

    @extend_schema(request=serializers.ReferralSaidSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: UUID) -> Response:
        return self.done(request, pk, services.referral_decline)

    @extend_schema(request=serializers.ReferralSaidSerializer)
    @action(detail=True, methods=["post"], url_path="report-back")
    def report_back(self, request: Request, pk: UUID) -> Response:
        return self.done(request, pk, services.referral_report_back)
