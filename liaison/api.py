"""`/liaison/reports`: one address for both sides, each with its own face, and the month's list."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, PolymorphicProxySerializer, extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from audit.replays import Replays
from edge.repeats import replayed
from edge.serializers import NothingSerializer, StrictSerializer
from edge.views import DomainView, DomainViewSet
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.problems import Problem
from liaison import access, selectors, services
from liaison import serializers as forms
from liaison.grounds import Ground
from liaison.machine import ReportState
from liaison.models import Report

MONTH = re.compile(r"^(20[0-9]{2})-(0[1-9]|1[0-2])\Z")
EITHER = PolymorphicProxySerializer(
    component_name="ReportFace",
    serializers=[forms.ReportSerializer, forms.ReceivedSerializer],
    resource_type_field_name=None,
)


class ReportFilter(django_filters.FilterSet):
    ground = django_filters.ChoiceFilter(choices=Ground.choices())
    state = django_filters.ChoiceFilter(choices=ReportState.choices())
    sent_from = django_filters.IsoDateTimeFilter(field_name="sent_at", lookup_expr="gte")
    sent_before = django_filters.IsoDateTimeFilter(field_name="sent_at", lookup_expr="lt")


class _Reports(Replays, DomainViewSet):
    """Body in, service, report out, in the face of whoever asks."""

    policy = access.REPORTS
    serializer_class = forms.ReportSerializer

    def rows(self) -> QuerySet[Report]:
        return selectors.shown(access.visible_to(self.actor))

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        actor = getattr(self.request, "actor", None)
        police = actor is not None and actor.role == Role.LIAISON_OFFICER
        return forms.ReceivedSerializer if police else forms.ReportSerializer

    def done(
        self, request: Request, body: type[StrictSerializer], act: Callable[..., Report], pk: UUID
    ) -> Response:
        given = self.body(body)
        act(actor=self.actor, report_id=pk, **given)
        # What the act took out of sight (forwarded, off duty) is answered once more.
        row = selectors.shown(Report.objects.all()).get(pk=pk)
        return Response(self.get_serializer(row).data, headers=self.replayed())


class ReportViewSet(ListModelMixin, RetrieveModelMixin, _Reports):
    filterset_class = ReportFilter

    @extend_schema(responses=EITHER)
    def list(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().list(request, *args, **kwargs)

    @extend_schema(responses=EITHER)
    def retrieve(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        return super().retrieve(request, *args, **kwargs)

    @extend_schema(request=forms.ReportBodySerializer, responses={201: forms.ReportSerializer})
    def create(self, request: Request) -> Response:
        said = self.body(forms.ReportBodySerializer)
        own = said.pop("id", None)
        what = drafted(said, "observation", own or uuid7())
        made, replay = services.report_draft(actor=self.actor, id=own, **what)
        shown = self.get_serializer(self.rows().get(pk=made.pk)).data
        return Response(shown, status=201, headers=replayed(replay))

    @extend_schema(request=forms.ReportPurposeSerializer, responses=forms.ReportNameSerializer)
    @action(detail=True, methods=["post"])
    def person(self, request: Request, pk: UUID) -> Response:
        given = self.body(forms.ReportPurposeSerializer)
        person = selectors.name_read(actor=self.actor, report_id=pk, **given)
        return Response(forms.ReportNameSerializer({"person": person}).data)


def drafted(body: dict[str, Any], kind: str, source_id: UUID) -> dict[str, Any]:
    """What the service takes, of a checked body."""
    said = dict(body)
    ground, way = said.pop("ground"), said.pop("way", "system")
    place = {f"{name}_id": said.pop(name) for name in ("area", "grid") if name in said}
    observed = services.Observed(**{**said, **place, "acts": tuple(said["acts"])})
    return {
        "ground": ground, "way": way, "source": services.Source(kind, source_id), "observed": observed,
    }  # fmt: skip


class DecidingViewSet(_Reports):
    """The author and the second person."""

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def propose(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, services.report_put_forward, pk)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def adopt(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, services.report_adopt, pk)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, services.report_approve, pk)

    @extend_schema(request=forms.ReportReasonSerializer)
    @action(detail=True, methods=["post"], url_path="give-back")
    def give_back(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.ReportReasonSerializer, services.report_return, pk)

    @extend_schema(request=forms.ReportReasonSerializer)
    @action(detail=True, methods=["post"])
    def decline(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.ReportReasonSerializer, services.report_decline, pk)


class AppealViewSet(_Reports):
    """What follows from a refusal."""

    @extend_schema(request=forms.ReportReasonSerializer)
    @action(detail=True, methods=["post"])
    def appeal(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.ReportReasonSerializer, services.report_appeal, pk)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def accept(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, services.report_accept, pk)

    @extend_schema(request=forms.ReportReasonSerializer)
    @action(detail=True, methods=["post"])
    def overrule(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.ReportReasonSerializer, services.report_overrule, pk)

    @extend_schema(request=forms.ReportReasonSerializer)
    @action(detail=True, methods=["post"])
    def uphold(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.ReportReasonSerializer, services.report_uphold, pk)


class SendingViewSet(_Reports):
    """Out, and to whom."""

    @extend_schema(request=forms.ReportWaySerializer)
    @action(detail=True, methods=["post"])
    def send(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.ReportWaySerializer, services.report_send, pk)

    @extend_schema(request=forms.UrgentSerializer)
    @action(detail=True, methods=["post"], url_path="send-at-once")
    def send_at_once(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.UrgentSerializer, services.report_send_at_once, pk)

    @extend_schema(request=forms.ReportWaySerializer)
    @action(detail=True, methods=["post"], url_path="send-pending")
    def send_pending(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.ReportWaySerializer, services.report_send_pending, pk)

    @extend_schema(request=forms.ForwardSerializer, responses=EITHER)
    @action(detail=True, methods=["post"])
    def forward(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.ForwardSerializer, services.report_forward, pk)

    @extend_schema(request=forms.CallSerializer)
    @action(detail=True, methods=["post"])
    def call(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.CallSerializer, services.report_call_log, pk)


class AnsweringViewSet(_Reports):
    """The station's acts, and the one question."""

    @extend_schema(request=NothingSerializer, responses=EITHER)
    @action(detail=True, methods=["post"])
    def receive(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, services.report_receive, pk)

    @extend_schema(request=forms.AnswerSerializer, responses=EITHER)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.AnswerSerializer, services.report_answer, pk)

    @extend_schema(request=forms.ReportReasonSerializer)
    @action(detail=True, methods=["post"])
    def question(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.ReportReasonSerializer, services.report_question, pk)

    @extend_schema(request=forms.ReportReasonSerializer, responses=EITHER)
    @action(detail=True, methods=["post"])
    def reply(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.ReportReasonSerializer, services.report_reply, pk)

    @extend_schema(request=NothingSerializer, responses=EITHER)
    @action(detail=True, methods=["post"])
    def acknowledge(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, services.report_acknowledge, pk)


class AfterwardsViewSet(_Reports):
    """Reviewed, corrected, withdrawn, told to the person, closed."""

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def confirm(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, services.report_confirm, pk)

    @extend_schema(request=forms.CorrectSerializer)
    @action(detail=True, methods=["post"])
    def correct(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.CorrectSerializer, services.report_correct, pk)

    @extend_schema(request=forms.ReportReasonSerializer)
    @action(detail=True, methods=["post"], url_path="no-basis")
    def no_basis(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.ReportReasonSerializer, services.report_no_basis, pk)

    @extend_schema(request=forms.ReportToldSerializer)
    @action(detail=True, methods=["post"])
    def told(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.ReportToldSerializer, services.report_told, pk)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, services.report_close, pk)


class MonthView(DomainView):
    """月度清单: ground, dates, outcome of the month's reports, for supervision."""

    policy = access.MONTHLY
    query_params = frozenset({"month"})

    @extend_schema(
        parameters=[OpenApiParameter("month", {"type": "string", "pattern": MONTH.pattern}, required=True)],
        responses=forms.MonthSerializer,
    )
    def get(self, request: Request) -> Response:
        found = MONTH.match(request.query_params.get("month", ""))
        if found is None:
            raise Problem("bad_parameter", fields={"month": "a month such as 2026-03"})
        first = date(int(found[1]), int(found[2]), 1)
        rows = selectors.month_rows(first)
        return Response(forms.MonthSerializer({"month": found[0], "rows": rows}).data)
