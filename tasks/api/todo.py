"""`/tasks`: the to-dos of the active role."""

from typing import Any
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from edge.documents.answers import FORMATS, file_answer
from edge.serializers import NothingSerializer
from edge.views import DomainView, DomainViewSet
from kernel import clock
from tasks import access, services
from tasks.codes import TaskKind, TaskState
from tasks.models import Task
from tasks.printing import worklist_paper
from tasks.serializers.todo import ReasonSerializer, TaskSerializer, WorklistSerializer
from tasks.worklist import worklist


class TaskFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=TaskState.choices())
    kind = django_filters.ChoiceFilter(choices=TaskKind.choices())
    due_before = django_filters.IsoDateTimeFilter(field_name="due_at", lookup_expr="lt")
    subject_id = django_filters.UUIDFilter()


class TaskViewSet(ListModelMixin, RetrieveModelMixin, DomainViewSet):
    policy = access.TASKS
    serializer_class = TaskSerializer
    filterset_class = TaskFilter

    def rows(self) -> QuerySet[Task]:
        return access.visible_to(self.actor).order_by("due_at", "id")

    @extend_schema(request=NothingSerializer, responses=TaskSerializer)
    @action(detail=True, methods=["post"])
    def done(self, request: Request, pk: UUID) -> Response:
        NothingSerializer(data=request.data).is_valid(raise_exception=True)
        return self._answer(services.task_done(actor=self.actor, task_id=pk))

    @extend_schema(request=ReasonSerializer, responses=TaskSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: UUID) -> Response:
        body = self.body(ReasonSerializer)
        return self._answer(services.task_cancel(actor=self.actor, task_id=pk, **body))

    def _answer(self, task: Task) -> Response:
        answer: dict[str, Any] = TaskSerializer(task).data
        return Response(answer)


class WorklistView(DomainView):
    """今日待办: what the active role has before it today, in the order in which it prints."""

    policy = access.WORKLIST

    @extend_schema(responses=WorklistSerializer)
    def get(self, request: Request) -> Response:
        now = clock.now()
        page = {"at": now, "day": clock.local_day(now), "role": self.actor.role}
        sections = worklist(self.actor, now)
        body: dict[str, Any] = WorklistSerializer({**page, "sections": sections}).data
        return Response(body)


class WorklistPrintView(DomainView):
    """The same page on paper."""

    policy = access.WORKLIST
    query_params = frozenset({"format"})

    @extend_schema(
        parameters=[OpenApiParameter("format", enum=list(FORMATS), default="pdf")],
        responses={(200, "application/pdf"): OpenApiTypes.BINARY},
    )
    def get(self, request: Request) -> HttpResponse:
        paper = worklist_paper(self.actor, clock.now())
        return file_answer(paper, request.query_params.get("format", "pdf"))
