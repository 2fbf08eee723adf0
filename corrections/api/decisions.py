"""Decisions 考核奖惩, objections to them, the board inside the centre, and counts with their records."""

from dataclasses import asdict
from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access, filters, services
from corrections.api.rows import SteppedRows
from corrections.decisions import (
    DecisionGround,
    DecisionKind,
    GuardianPart,
    OutcomeResult,
    ServedWay,
    StatementAnswer,
    counts,
    objection_until,
    remedies,
)
from corrections.models import Decision
from corrections.selectors import steps_of
from corrections.serializers import decisions as forms
from corrections.serializers.courts import CourtClockRow
from corrections.serializers.people import ReadRequest
from corrections.services.courts import clocks_of
from edge.conf import setting
from edge.views import DomainView
from kernel import clock
from kernel.problems import Problem


class _Course(SteppedRows):
    """From the draft to its service."""

    @extend_schema(request=forms.DraftRequest, responses={201: forms.DecisionRow})
    def create(self, request: Request) -> Response:
        body = self.body(forms.DraftRequest)
        subject_id, kind, ground = body.pop("subject"), body.pop("kind"), body.pop("ground")
        body["builds_on"] = tuple(body["builds_on"])
        draft = services.Draft(kind=DecisionKind(kind), ground=DecisionGround(ground), **body)
        return self.answer(services.decision_draft(actor=self.actor, subject_id=subject_id, draft=draft), 201)

    @extend_schema(request=forms.HearRequest, responses=forms.DecisionRow)
    @action(detail=True, methods=["post"])
    def hear(self, request: Request, pk: Any) -> Response:
        """What came of asking the person first."""
        body = self.body(forms.HearRequest)
        body["answer"] = StatementAnswer(body["answer"])
        return self.answer(services.decision_hear(actor=self.actor, decision_id=pk, **body))

    @extend_schema(request=forms.DecideRequest, responses=forms.DecisionRow)
    @action(detail=True, methods=["post"])
    def decide(self, request: Request, pk: Any) -> Response:
        body = self.body(forms.DecideRequest)
        body["guardian"] = GuardianPart(body["guardian"]) if "guardian" in body else None
        return self.answer(services.decision_decide(actor=self.actor, decision_id=pk, **body))

    @extend_schema(request=forms.ServeRequest, responses=forms.DecisionRow)
    @action(detail=True, methods=["post"])
    def serve(self, request: Request, pk: Any) -> Response:
        body = self.body(forms.ServeRequest)
        body["way"] = ServedWay(body["way"])
        return self.answer(services.decision_serve(actor=self.actor, decision_id=pk, **body))

    @extend_schema(request=forms.BecauseRequest, responses=forms.DecisionRow)
    @action(detail=True, methods=["post"])
    def drop(self, request: Request, pk: Any) -> Response:
        body = self.body(forms.BecauseRequest)
        return self.answer(services.decision_drop(actor=self.actor, decision_id=pk, **body))


class _After(_Course):
    """What follows a decision."""

    @extend_schema(request=forms.ResultRequest, responses=forms.DecisionRow)
    @action(detail=True, methods=["post"])
    def result(self, request: Request, pk: Any) -> Response:
        """What police or court decided on a proposal."""
        body = self.body(forms.ResultRequest)
        outcome = services.Outcome(result=OutcomeResult(body.pop("result")), **body)
        return self.answer(services.decision_result(actor=self.actor, decision_id=pk, outcome=outcome))

    @extend_schema(request=forms.CopyRequest, responses={201: forms.DecisionRow})
    @action(detail=True, methods=["post"], url_path="copies")
    def copy(self, request: Request, pk: Any) -> Response:
        body = self.body(forms.CopyRequest)
        return self.answer(services.decision_copy(actor=self.actor, decision_id=pk, **body), 201)

    @extend_schema(request=forms.ObjectRequest, responses={201: forms.ObjectionRow})
    @action(detail=True, methods=["post"], url_path="objections")
    def object_to(self, request: Request, pk: Any) -> Response:
        """The person objects; it is taken at any time."""
        body = self.body(forms.ObjectRequest)
        row = services.objection_make(actor=self.actor, decision_id=pk, **body)
        return Response(forms.ObjectionRow(row, context={"steps": steps_of([row])}).data, status=201)


class DecisionViewSet(_After):
    """Decisions (C-8). People draft, hear, decide and serve; nothing here is proposed by itself."""

    policy = access.DECISIONS
    serializer_class = forms.DecisionRow
    filterset_class = filters.DecisionFilter

    def rows(self) -> QuerySet[Any]:
        return access.decisions_visible_to(self.actor).prefetch_related("copies")

    @extend_schema(responses=forms.RemedySlip)
    @action(detail=True, methods=["get"])
    def remedies(self, request: Request, pk: Any) -> Response:
        """The slip that is printed on the decision."""
        row: Decision = self.get_object()
        until = objection_until(row.served_on, setting("OBJECTION_DAYS")) if row.served_on else None
        return Response(forms.RemedySlip({"objection_until": until, "remedies": remedies()}).data)

    @extend_schema(responses=CourtClockRow(many=True))
    @action(detail=True, methods=["get"], url_path="court-clocks", pagination_class=None)
    def court_clocks(self, request: Request, pk: Any) -> Response:
        """The court's own clocks on a proposal: information with its source."""
        now = clock.now()
        rows = [asdict(row) | {"ran_out": row.ran_out(now)} for row in clocks_of(self.get_object())]
        return Response(CourtClockRow(rows, many=True).data)

    @extend_schema(responses=forms.BoardRow(many=True))
    @action(detail=False, methods=["get"], pagination_class=None, filterset_class=None)
    def board(self, request: Request) -> Response:
        """What may hang inside the centre (CCM-32): numbers of adults' decisions."""
        rows = access.board_rows(self.actor)
        return Response(forms.BoardRow(rows, many=True).data)

    @extend_schema(request=ReadRequest, responses=forms.DecisionClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        body = self.body(ReadRequest)
        return Response(services.decision_read(actor=self.actor, decision_id=pk, **body))


class ObjectionViewSet(SteppedRows):
    """Objections 异议: to the agency first, then to the procuratorate."""

    policy = access.OBJECTIONS
    serializer_class = forms.ObjectionRow
    filterset_class = filters.ObjectionFilter

    def rows(self) -> QuerySet[Any]:
        return access.objections_visible_to(self.actor)

    @extend_schema(request=forms.AnswerRequest, responses=forms.ObjectionRow)
    @action(detail=True, methods=["post"])
    def uphold(self, request: Request, pk: Any) -> Response:
        return self._answered(pk, "uphold")

    @extend_schema(request=forms.AnswerRequest, responses=forms.ObjectionRow)
    @action(detail=True, methods=["post"])
    def annul(self, request: Request, pk: Any) -> Response:
        return self._answered(pk, "annul")

    @extend_schema(request=forms.AnswerRequest, responses=forms.ObjectionRow)
    @action(detail=True, methods=["post"])
    def change(self, request: Request, pk: Any) -> Response:
        return self._answered(pk, "change")

    @extend_schema(request=forms.AnswerRequest, responses=forms.ObjectionRow)
    @action(detail=True, methods=["post"])
    def close(self, request: Request, pk: Any) -> Response:
        """The procuratorate found nothing to correct."""
        return self._answered(pk, "close")

    def _answered(self, pk: Any, event: str) -> Response:
        body = self.body(forms.AnswerRequest)
        return self.answer(services.objection_answer(actor=self.actor, objection_id=pk, event=event, **body))


class ObjectionsViewSet(ObjectionViewSet):
    """Objections 异议: to the agency first, then to the procuratorate."""

    @extend_schema(request=forms.OnRequest, responses=forms.ObjectionRow)
    @action(detail=True, methods=["post"], url_path="take-further")
    def take_further(self, request: Request, pk: Any) -> Response:
        body = self.body(forms.OnRequest)
        return self.answer(services.objection_take_further(actor=self.actor, objection_id=pk, **body))

    @extend_schema(request=ReadRequest, responses=forms.ObjectionClear)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: Any) -> Response:
        body = self.body(ReadRequest)
        return Response(services.objection_read(actor=self.actor, objection_id=pk, **body))


class CountsView(DomainView):
    """How many admonitions and warnings stand, with their records."""

    policy = access.COUNTS

    @extend_schema(responses=forms.CountsShown)
    def get(self, request: Request, pk: Any) -> Response:
        if not access.visible_to(self.actor).filter(id=pk).exists():
            raise Problem("not_found")
        rows = Decision.objects.filter(subject_id=pk).order_by("decided_on", "id")
        found = counts(rows.values_list("id", "kind", "state"))
        shown = [{"kind": row.kind, "count": len(row.ids), "decisions": list(row.ids)} for row in found]
        return Response(forms.CountsShown({"counts": shown}).data)
