"""What people report of themselves: periodically, and promptly of four kinds of events (CCM-24a)."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access, filters
from corrections.api.rows import Rows, SteppedRows
from corrections.reports import TimelyKind, ToldWay
from corrections.serializers import personal as forms
from corrections.serializers.people import ReadRequest
from corrections.services import personal


class PeriodicReportViewSet(Rows):
    """Periodic reports 定期报告: five matters, told at the contact that asks for it."""

    policy = access.PERIODIC_REPORTS
    serializer_class = forms.PeriodicRow
    filterset_class = filters.OfSubjectFilter

    def rows(self) -> QuerySet[Any]:
        return access.periodic_reports_visible_to(self.actor)

    @extend_schema(request=forms.PeriodicRequest, responses={201: forms.PeriodicRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.PeriodicRequest)
        contact_id, report = body.pop("contact_id"), personal.Reported(**body)
        row = personal.periodic_report_take(actor=self.actor, contact_id=contact_id, report=report)
        return self.answer(row, 201)

    @extend_schema(request=ReadRequest, responses=forms.PeriodicClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        body = self.body(ReadRequest)
        return Response(personal.periodic_report_read(actor=self.actor, report_id=pk, **body))


class TimelyReportViewSet(SteppedRows):
    """Events told promptly 及时报告. An officer looks at each; nothing else follows from one."""

    policy = access.TIMELY_REPORTS
    serializer_class = forms.TimelyRow
    filterset_class = filters.TimelyFilter

    def rows(self) -> QuerySet[Any]:
        return access.timely_reports_visible_to(self.actor)

    @extend_schema(request=forms.TimelyRequest, responses={201: forms.TimelyRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.TimelyRequest)
        subject_id, kind, way = body.pop("subject_id"), TimelyKind(body.pop("kind")), ToldWay(body.pop("way"))
        own = body.pop("id", None)
        event = personal.Event(kind=kind, way=way, **body)
        return self.answer(
            personal.timely_report_take(actor=self.actor, subject_id=subject_id, event=event, id=own), 201
        )

    @extend_schema(request=forms.TimelyWordsRequest, responses=forms.TimelyRow)
    @action(detail=True, methods=["post"], url_path="look-at")
    def look_at(self, request: Request, pk: Any) -> Response:
        """What the officer does about it, in words."""
        body = self.body(forms.TimelyWordsRequest)
        return self.answer(personal.timely_report_look_at(actor=self.actor, report_id=pk, **body))

    @extend_schema(request=forms.TimelyWordsRequest, responses=forms.TimelyRow)
    @action(detail=True, methods=["post"], url_path="take-back")
    def take_back(self, request: Request, pk: Any) -> Response:
        """It was not so, or was entered with the wrong person."""
        body = self.body(forms.TimelyWordsRequest)
        return self.answer(personal.timely_report_take_back(actor=self.actor, report_id=pk, **body))

    @extend_schema(request=ReadRequest, responses=forms.TimelyClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        body = self.body(ReadRequest)
        return Response(personal.timely_report_read(actor=self.actor, report_id=pk, **body))
