"""Who is in charge, over many grids and over time: bulk moves, vacancies, a worker's calendar, hand-overs."""

from typing import Any
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from audit.replays import Replays
from edge.views import DomainView, DomainViewSet, asked_of
from grids import access, selectors, services
from grids.models import Assignment, Handover
from grids.moves import Planned
from grids.serializers import duty as forms
from kernel.actor import Actor


class MovesView(Replays, DomainView):
    """Many assignments by one table."""

    policy = access.MOVES

    @extend_schema(operation_id="assignments_move", request=forms.MovesRequest, responses=forms.MovesAnswer)
    def post(self, request: Request) -> Response:
        """Moves all rows or none; with `dry_run` shows what would end and begin, and keeps nothing."""
        said = self.body(forms.MovesRequest)
        moved = services.assignments_move(actor=self.actor, table=said.pop("csv"), **said)
        answer = {
            "applied": moved.applied,
            "moves": [_move(one, moved.people) for one in moved.planned],
            "vacant": moved.vacant,
        }
        headers = self.replayed() if moved.applied else None
        return Response(forms.MovesAnswer(answer).data, headers=headers)


def _move(one: Planned, people: dict[str, Any]) -> dict[str, Any]:
    ends = [
        {"assignment": e.assignment, "worker": e.worker, "name": people[e.worker].name, "kind": e.kind}
        for e in one.ends
    ]
    new = one.begins
    begins = new and {
        "worker": new.worker, "name": people[new.worker].name, "kind": new.kind, "until": new.until,
    }  # fmt: skip
    return {"row": one.row.row, "code": one.row.grid, "day": one.row.day, "ends": ends, "begins": begins}


class VacanciesView(DomainView):
    """Grids of the own area without a primary, today or soon."""

    policy = access.VACANCIES
    query_params = frozenset({"days"})

    @extend_schema(
        operation_id="assignments_vacancies", parameters=[forms.VacancyQuery],
        responses=forms.VacancySerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        asked = asked_of(request, forms.VacancyQuery)
        found = selectors.vacancies_in(access.own_communities(self.actor), asked.get("days"))
        return Response(forms.VacancySerializer(found, many=True).data)


class CalendarView(DomainView):
    """The assignments of one worker over a time."""

    policy = access.CALENDAR
    query_params = frozenset({"worker", "since", "until"})

    @extend_schema(
        operation_id="assignments_calendar", parameters=[forms.CalendarQuery],
        responses=forms.SpanSerializer(many=True),
    )  # fmt: skip
    def get(self, request: Request) -> Response:
        """Past ones included. A worker sees the own calendar, who assigns sees the grids of the own area."""
        asked = asked_of(request, forms.CalendarQuery)
        worker = asked.get("worker", self.actor.person)
        rows = selectors.calendar_of(worker, asked["since"], asked["until"])
        return Response(forms.SpanSerializer(_readable(self.actor, worker, rows), many=True).data)


def _readable(actor: Actor, worker: UUID, rows: QuerySet[Assignment]) -> QuerySet[Assignment]:
    if worker == actor.person:
        return rows
    if actor.role not in access.ASSIGN:
        return rows.none()
    return rows.filter(grid__community_id__in=access.own_communities(actor))


class HandoverFilter(django_filters.FilterSet):
    grid = django_filters.UUIDFilter(field_name="grid_id")
    taken = django_filters.BooleanFilter(field_name="taken_at", lookup_expr="isnull", exclude=True)


class HandoverViewSet(Replays, ListModelMixin, DomainViewSet):
    """交接说明: notes from one in charge of a grid to the next."""

    policy = access.HANDOVERS
    serializer_class = forms.HandoverSerializer
    filterset_class = HandoverFilter
    without_body = frozenset({"take"})

    def rows(self) -> QuerySet[Handover]:
        return access.handovers_visible_to(self.actor).select_related("author").order_by("-created_at", "id")

    @extend_schema(request=forms.HandoverRequest, responses={201: forms.HandoverSerializer})
    def create(self, request: Request) -> Response:
        body = self.body(forms.HandoverRequest)
        made = services.handover_write(actor=self.actor, **body)
        return Response(forms.HandoverSerializer(made).data, status=201, headers=self.replayed())

    @extend_schema(request=None, responses=forms.HandoverSerializer)
    @action(detail=True, methods=["post"])
    def take(self, request: Request, pk: UUID) -> Response:
        """Taken over, by who is in charge of the grid now. Twice answers the same."""
        taken = services.handover_take(actor=self.actor, handover_id=pk)
        return Response(forms.HandoverSerializer(taken).data, headers=self.replayed())
