"""`/duty-shifts` and `/duty-now`: the duty list 值班表 of the own centre or station."""

from datetime import timedelta
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from edge.conf import setting
from edge.views import DomainView, DomainViewSet
from kernel import clock
from kernel.problems import Problem
from tasks import access, services
from tasks.codes import DutyPost
from tasks.models import DutyShift
from tasks.selectors import holes_of, on_duty
from tasks.serializers.duty import DutyNowSerializer, DutyShiftSerializer, HandedSerializer, PlanSerializer
from tasks.serializers.todo import ReasonSerializer


class DutyFilter(django_filters.FilterSet):
    person = django_filters.UUIDFilter()
    post = django_filters.ChoiceFilter(choices=DutyPost.choices())
    from_at = django_filters.IsoDateTimeFilter(field_name="ends_at", lookup_expr="gt")
    before = django_filters.IsoDateTimeFilter(field_name="starts_at", lookup_expr="lt")


class DutyShiftViewSet(ListModelMixin, RetrieveModelMixin, DomainViewSet):
    policy = access.DUTY
    serializer_class = DutyShiftSerializer
    filterset_class = DutyFilter
    without_body = frozenset({"take_over"})

    def rows(self) -> QuerySet[DutyShift]:
        return access.shifts_visible_to(self.actor).select_related("person").order_by("starts_at", "id")

    @extend_schema(request=PlanSerializer, responses={201: DutyShiftSerializer(many=True)})
    def create(self, request: Request) -> Response:
        lines = [services.Planned(**line) for line in self.body(PlanSerializer)["shifts"]]
        made = services.shifts_plan(actor=self.actor, shifts=lines)
        return Response(DutyShiftSerializer(made, many=True).data, status=201)

    @extend_schema(request=ReasonSerializer, responses=DutyShiftSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: UUID) -> Response:
        return self._done(services.shift_cancel(actor=self.actor, shift_id=pk, **self.body(ReasonSerializer)))

    @extend_schema(request=HandedSerializer, responses=DutyShiftSerializer)
    @action(detail=True, methods=["post"], url_path="hand-over")
    def hand_over(self, request: Request, pk: UUID) -> Response:
        body = self.body(HandedSerializer)
        return self._done(services.shift_hand_over(actor=self.actor, shift_id=pk, **body))

    @extend_schema(request=None, responses=DutyShiftSerializer)
    @action(detail=True, methods=["post"], url_path="take-over")
    def take_over(self, request: Request, pk: UUID) -> Response:
        return self._done(services.shift_take_over(actor=self.actor, shift_id=pk))

    def _done(self, shift: DutyShift) -> Response:
        return Response(DutyShiftSerializer(shift).data)


class DutyNowView(DomainView):
    policy = access.DUTY_NOW

    @extend_schema(responses=DutyNowSerializer)
    def get(self, request: Request) -> Response:
        """Who is on duty, and the holes that are near enough to be shown."""
        if self.actor.organisation_id is None:
            raise Problem("not_found")
        now = clock.now()
        people = on_duty(self.actor.organisation_id, now)
        end = now + timedelta(days=setting("DUTY_WARN_DAYS"))
        holes = [
            {"post": post, "starts_at": begins, "ends_at": ends}
            for post, (begins, ends) in holes_of(self.actor.organisation_id, (now, end))
        ]
        found = {"at": now, "main": people.main, "deputy": people.deputy, "holes": holes}
        return Response(DutyNowSerializer(found).data)
