"""`/mediation/sessions`, who is to join them, and what parties are told of them."""

from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from edge.serializers import NothingSerializer
from edge.views import DomainView
from mediation import table_access as access
from mediation import table_filters as filters
from mediation.api.face import Acts
from mediation.models import Session, SessionNotice, SessionParticipant
from mediation.serializers import sessions as forms
from mediation.serializers.cases import PurposeSerializer
from mediation.services import notices, sessions, table
from mediation.services.caucus import limit_ask
from mediation.table_selectors import sessions_shown


class _SessionReading(Acts):
    policy = access.SESSIONS
    serializer_class = forms.SessionSerializer
    detail_serializer_class = forms.SessionDetailSerializer
    filterset_class = filters.SessionFilter

    every: ClassVar[QuerySet[Session]] = sessions_shown(Session.objects.all())

    def rows(self) -> QuerySet[Session]:
        return sessions_shown(access.visible_sessions(self.actor))


class SessionViewSet(ListModelMixin, RetrieveModelMixin, _SessionReading):
    """Planning: when, where, joint or with one party alone."""

    @extend_schema(request=forms.SessionPlanSerializer, responses={201: forms.SessionDetailSerializer})
    def create(self, request: Request) -> Response:
        return self.made(sessions.session_plan, **self.body(forms.SessionPlanSerializer))

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def invite(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, sessions.session_invite, session_id=pk)

    @extend_schema(request=forms.SessionWordsSerializer)
    @action(detail=True, methods=["post"])
    def postpone(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.SessionWordsSerializer, sessions.session_postpone, session_id=pk)

    @extend_schema(request=forms.SessionTimeSerializer)
    @action(detail=True, methods=["post"])
    def replan(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.SessionTimeSerializer, sessions.session_replan, session_id=pk)

    @extend_schema(request=forms.SessionWordsSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.SessionWordsSerializer, sessions.session_cancel, session_id=pk)


class SessionTableViewSet(_SessionReading):
    """At the table: who is asked alone, who joins, who came, beginning and end."""

    @extend_schema(request=forms.SessionLimitSerializer)
    @action(detail=True, methods=["post"])
    def limits(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.SessionLimitSerializer, limit_ask, session_id=pk)

    @extend_schema(request=forms.AddParticipantSerializer)
    @action(detail=True, methods=["post"])
    def participants(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.AddParticipantSerializer, table.guest_add, session_id=pk)

    @extend_schema(request=forms.SessionStartSerializer)
    @action(detail=True, methods=["post"])
    def start(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.SessionStartSerializer, sessions.session_start, session_id=pk)

    @extend_schema(request=forms.SessionFinishSerializer)
    @action(detail=True, methods=["post"])
    def finish(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.SessionFinishSerializer, sessions.session_finish, session_id=pk)

    @extend_schema(request=forms.AttendanceBodySerializer)
    @action(detail=True, methods=["post"])
    def attendance(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.AttendanceBodySerializer, table.attendance_record, session_id=pk)


class ParticipantViewSet(Acts):
    """Somebody who is to join a session, by every party's consent (PM-20)."""

    policy = access.PARTICIPANTS
    serializer_class = forms.SessionParticipantSerializer

    every: ClassVar[QuerySet[SessionParticipant]] = SessionParticipant.objects.prefetch_related("consents")

    def rows(self) -> QuerySet[SessionParticipant]:
        return access.visible_participants(self.actor)

    @extend_schema(request=forms.ParticipantWordSerializer)
    @action(detail=True, methods=["post"])
    def consents(self, request: Request, pk: UUID) -> Response:
        body, act = forms.ParticipantWordSerializer, table.guest_consent
        return self.done(request, body, act, participant_id=pk)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def remove(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, table.guest_remove, participant_id=pk)

    @extend_schema(request=PurposeSerializer, responses=forms.RevealedSerializer)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: UUID) -> Response:
        given = self.body(PurposeSerializer)
        name = table.guest_name(actor=self.actor, participant_id=pk, **given)
        return Response(forms.RevealedSerializer({"text": name}).data)


class NoticeViewSet(ListModelMixin, RetrieveModelMixin, Acts):
    """What parties are to be told of a session, in neutral words."""

    policy = access.NOTICES
    serializer_class = forms.SessionNoticeSerializer
    filterset_class = filters.NoticeFilter

    every: ClassVar[QuerySet[SessionNotice]] = SessionNotice.objects.all()

    def rows(self) -> QuerySet[SessionNotice]:
        return access.visible_notices(self.actor)

    @extend_schema(request=forms.NoticeTellSerializer)
    @action(detail=True, methods=["post"])
    def tell(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.NoticeTellSerializer, notices.notice_tell, notice_id=pk)


class NoticeFileView(DomainView):
    """The appointment as a calendar file for one party: room, code and time, nobody and nothing else."""

    policy = access.NOTICE_FILE

    @extend_schema(
        operation_id="mediation_notice_file", responses={(200, "text/calendar"): OpenApiTypes.BINARY}
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        return calendar_answer(notices.notice_file(actor=self.actor, notice_id=pk))


def calendar_answer(body: bytes) -> HttpResponse:
    """A calendar that nobody on the way keeps, under a name that says nothing."""
    answer = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="appointment.ics"'
    answer["Cache-Control"] = "private, no-store"
    answer["Referrer-Policy"] = "no-referrer"
    answer["X-Content-Type-Options"] = "nosniff"
    return answer
