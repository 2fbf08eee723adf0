"""Ends and their papers, and detention."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access, filters, services
from corrections.api.rows import Rows, SteppedRows
from corrections.ends import EndPaper, EndReason, NoticeTo
from corrections.selectors import steps_of
from corrections.serializers import endings as forms
from edge.rows import existing
from edge.serializers import NothingSerializer
from edge.views import DomainView


class _Endings(SteppedRows):
    def act(self, service: Any, pk: Any, **said: Any) -> Response:
        row = service(actor=self.actor, ending_id=pk, **said)
        return self.answer(row)


class _Papers(_Endings):
    """Certificate, release by the prison, termination."""

    @extend_schema(request=forms.CertifyRequest, responses=forms.EndingRow)
    @action(detail=True, methods=["post"])
    def certify(self, request: Request, pk: Any) -> Response:
        return self.act(services.ending_certify, pk, **self.body(forms.CertifyRequest))

    @extend_schema(request=forms.ReleasedRequest, responses=forms.EndingRow)
    @action(detail=True, methods=["post"], url_path="released-by")
    def released_by(self, request: Request, pk: Any) -> Response:
        """Category 04: the prison or the detention house released the person."""
        return self.act(services.ending_released_by, pk, **self.body(forms.ReleasedRequest))

    @extend_schema(request=NothingSerializer, responses=forms.EndingRow)
    @action(detail=True, methods=["post"])
    def terminate(self, request: Request, pk: Any) -> Response:
        """The papers of a termination are complete."""
        self.body(NothingSerializer)
        return self.act(services.ending_terminate, pk)


class EndingViewSet(_Papers):
    """Ends of corrections (C-9) whose papers follow; the burdens have stopped by themselves."""

    policy = access.ENDINGS
    serializer_class = forms.EndingRow
    filterset_class = filters.EndingFilter

    def rows(self) -> QuerySet[Any]:
        return access.endings_visible_to(self.actor).prefetch_related("notices")

    @extend_schema(request=forms.EndingNoticeRequest, responses=forms.EndingRow)
    @action(detail=True, methods=["post"], url_path="notices")
    def notice(self, request: Request, pk: Any) -> Response:
        body = self.body(forms.EndingNoticeRequest)
        return self.act(services.ending_notice, pk, **body | {"to": NoticeTo(body["to"])})

    @extend_schema(request=NothingSerializer, responses=forms.EndingRow)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: Any) -> Response:
        self.body(NothingSerializer)
        return self.act(services.ending_close, pk)

    @extend_schema(request=NothingSerializer, responses=forms.EndingRow)
    @action(detail=True, methods=["post"], url_path="look-at")
    def look_at(self, request: Request, pk: Any) -> Response:
        """The agency's head has seen what was pending."""
        self.body(NothingSerializer)
        return self.act(services.ending_look_at, pk)


class DetentionViewSet(Rows):
    """Detentions 羁押: they suspend what is due."""

    policy = access.DETENTIONS
    serializer_class = forms.DetentionRow
    filterset_class = filters.DetentionFilter

    def rows(self) -> QuerySet[Any]:
        return access.detentions_visible_to(self.actor)

    @extend_schema(request=forms.DetentionRequest, responses={201: forms.DetentionRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.DetentionRequest)
        subject_id = body.pop("subject")
        return self.answer(services.detention_record(actor=self.actor, subject_id=subject_id, **body), 201)

    @extend_schema(request=forms.UntilRequest, responses=forms.DetentionRow)
    @action(detail=True, methods=["post"])
    def resume(self, request: Request, pk: Any) -> Response:
        until = self.body(forms.UntilRequest)["until"]
        return self.answer(services.detention_resume(actor=self.actor, detention_id=pk, until=until))


class ChecklistView(DomainView):
    """What is looked at before the end, and the papers for it."""

    policy = access.CHECKLIST

    @extend_schema(responses=forms.Checklist)
    def get(self, request: Request, pk: Any) -> Response:
        subject = existing(access.visible_to(self.actor).filter(id=pk))
        return Response(services.checklist(subject))

    @extend_schema(request=forms.PaperRequest, responses={201: forms.Checklist})
    def post(self, request: Request, pk: Any) -> Response:
        body = self.body(forms.PaperRequest)
        kind = EndPaper(body.pop("kind"))
        row = services.end_paper_write(actor=self.actor, subject_id=pk, kind=kind, **body)
        return Response(services.checklist(row.subject), status=201)


class TerminationView(DomainView):
    """End a correction by a document: pardon, revocation, imprisonment, death."""

    policy = access.TERMINATE

    @extend_schema(request=forms.TerminateRequest, responses={201: forms.EndingRow})
    def post(self, request: Request, pk: Any) -> Response:
        body = self.body(forms.TerminateRequest)
        reason = EndReason(body.pop("reason"))
        row = services.subject_terminate(actor=self.actor, subject_id=pk, reason=reason, **body)
        return Response(forms.EndingRow(row, context={"steps": steps_of([row])}).data, status=201)
