"""`/privacy/requests`, `notices`, `incidents`, `broken-glass` and the log of one record."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from audit.replays import Replays
from edge.serializers import NothingSerializer, StrictSerializer
from edge.views import DomainView, DomainViewSet, asked_of, names_of
from privacy import access, services
from privacy.models import BrokenGlass, Incident, Notice, PersonRequest
from privacy.selectors import request_log
from privacy.serializers import people as forms
from privacy.serializers.closings import DocumentSerializer
from privacy.serializers.logs import PrivacyReasonSerializer


class PaperViewSet(Replays, ListModelMixin, DomainViewSet):
    """Body in, service, row out."""

    def done(
        self, request: Request, body: type[StrictSerializer], act: Callable[..., Any], **named: UUID
    ) -> Response:
        given = self.body(body)
        row = act(actor=self.actor, **named, **given)
        return Response(self.get_serializer(row).data, status=200 if named else 201, headers=self.replayed())


class PersonRequestViewSet(PaperViewSet):
    """个人信息请求: a paper form is enough."""

    policy = access.REQUESTS
    serializer_class = forms.PersonAskedSerializer

    def rows(self) -> QuerySet[PersonRequest]:
        return access.requests_visible_to(self.actor)

    @extend_schema(request=forms.PersonAskedBodySerializer, responses={201: forms.PersonAskedSerializer})
    def create(self, request: Request) -> Response:
        return self.done(request, forms.PersonAskedBodySerializer, services.request_enter)

    @extend_schema(request=forms.RecordSerializer)
    @action(detail=True, methods=["post"])
    def identify(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.RecordSerializer, services.request_identify, request_id=pk)

    @extend_schema(request=DocumentSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: UUID) -> Response:
        return self.done(request, DocumentSerializer, services.request_answer, request_id=pk)

    @extend_schema(request=PrivacyReasonSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: UUID) -> Response:
        return self.done(request, PrivacyReasonSerializer, services.request_refuse, request_id=pk)


class NoticeViewSet(PaperViewSet):
    """告知书 by version, and to whom it was told."""

    policy = access.NOTICES
    serializer_class = forms.NoticeSerializer

    def rows(self) -> QuerySet[Notice]:
        return access.notices_visible_to(self.actor)

    @extend_schema(request=forms.NoticeBodySerializer, responses={201: forms.NoticeSerializer})
    def create(self, request: Request) -> Response:
        return self.done(request, forms.NoticeBodySerializer, services.notice_enter)

    @extend_schema(request=forms.NoticeShownSerializer, responses={204: None})
    @action(detail=True, methods=["post"])
    def show(self, request: Request, pk: UUID) -> Response:
        given = self.body(forms.NoticeShownSerializer)
        services.notice_show(actor=self.actor, notice_id=pk, **given)
        return Response(status=204)


class IncidentViewSet(PaperViewSet):
    """泄露事件: opened by anybody, handled by administrator and bureau."""

    policy = access.INCIDENTS
    serializer_class = forms.IncidentSerializer

    def rows(self) -> QuerySet[Incident]:
        return access.incidents_visible_to(self.actor).prefetch_related("told")

    @extend_schema(request=forms.IncidentBodySerializer, responses={201: forms.IncidentSerializer})
    def create(self, request: Request) -> Response:
        return self.done(request, forms.IncidentBodySerializer, services.incident_open)

    @extend_schema(request=forms.IncidentTellSerializer)
    @action(detail=True, methods=["post"])
    def tell(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.IncidentTellSerializer, services.incident_told, incident_id=pk)

    @extend_schema(request=forms.RemedySerializer)
    @action(detail=True, methods=["post"])
    def contain(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.RemedySerializer, services.incident_contain, incident_id=pk)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, services.incident_close, incident_id=pk)


class BrokenGlassViewSet(PaperViewSet):
    """紧急查阅 for an hour, looked at by a second person."""

    policy = access.GLASS
    serializer_class = forms.BrokenGlassSerializer

    def rows(self) -> QuerySet[BrokenGlass]:
        return access.glass_visible_to(self.actor)

    @extend_schema(request=forms.BrokenGlassBodySerializer, responses={201: forms.BrokenGlassSerializer})
    def create(self, request: Request) -> Response:
        return self.done(request, forms.BrokenGlassBodySerializer, services.glass_break)

    @extend_schema(request=forms.GlassReviewSerializer)
    @action(detail=True, methods=["post"])
    def review(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.GlassReviewSerializer, services.glass_review, glass_id=pk)


class SubjectLogView(DomainView):
    """What happened with one record, to be printed for the person: only for a request whose identity was
    checked, by the office that checked it."""

    policy = access.SUBJECT_LOG

    query_params = names_of(forms.LogQuery)

    @extend_schema(parameters=[forms.LogQuery], responses=forms.SubjectLogSerializer)
    def get(self, request: Request, pk: UUID) -> Response:
        asked, log = request_log(self.actor, pk, **asked_of(request, forms.LogQuery))
        about = {"subject_kind": asked.subject_kind, "subject_id": asked.subject_id}
        said = {"rows": log.rows, "left_off": log.left_off, "go_on_from": log.go_on_from}
        return Response(forms.SubjectLogSerializer(about | said).data)
