"""`/escalation/firings` and `/escalation/clocks`: why something happened, and what happens next by itself."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin

from edge.views import DomainViewSet
from escalation import access
from escalation.models import Firing, LevelClock
from escalation.serializers import FiringSerializer, LevelClockSerializer
from escalation.vocabulary import EVENTS
from kernel import clock
from kernel.codes.law import HandlingLevel


class FiringFilter(django_filters.FilterSet):
    rule = django_filters.CharFilter(field_name="rule__code", max_length=40)
    dispute = django_filters.UUIDFilter(field_name="dispute_id")
    event = django_filters.ChoiceFilter(choices=[(name, name) for name in EVENTS])
    fired_from = django_filters.IsoDateTimeFilter(field_name="fired_at", lookup_expr="gte")
    fired_before = django_filters.IsoDateTimeFilter(field_name="fired_at", lookup_expr="lt")


class ClockFilter(django_filters.FilterSet):
    dispute = django_filters.UUIDFilter(field_name="dispute_id")
    level = django_filters.ChoiceFilter(choices=HandlingLevel.choices())
    running = django_filters.BooleanFilter(field_name="ended_at", lookup_expr="isnull")
    over = django_filters.BooleanFilter(method="by_over")
    due_before = django_filters.IsoDateTimeFilter(field_name="due_at", lookup_expr="lt")

    def by_over(self, rows: QuerySet[LevelClock], _name: str, value: Any) -> QuerySet[LevelClock]:
        """The `over` of the list, asked of the database by the same comparison."""
        over = Q(ended_at=None, paused_at=None, due_at__lte=clock.now())
        return rows.filter(over) if value else rows.exclude(over)


class FiringViewSet(ListModelMixin, RetrieveModelMixin, DomainViewSet):
    policy = access.FIRINGS
    serializer_class = FiringSerializer
    filterset_class = FiringFilter

    def rows(self) -> QuerySet[Firing]:
        rows = access.visible_to(self.actor).select_related("rule", "version", "dispute")
        return rows.order_by("-fired_at", "-id")

    def get_serializer(self, *args: Any, **named: Any) -> Any:
        """With what of the firings' effects the reader may open, asked once for a page."""
        if args:
            shown = args[0] if named.get("many") else args
            openable = access.openable(self.actor, shown)
            named["context"] = self.get_serializer_context() | {"openable": openable}
        return super().get_serializer(*args, **named)


class LevelClockViewSet(ListModelMixin, RetrieveModelMixin, DomainViewSet):
    policy = access.CLOCKS
    serializer_class = LevelClockSerializer
    filterset_class = ClockFilter

    def rows(self) -> QuerySet[LevelClock]:
        return access.visible_clocks(self.actor).select_related("dispute").order_by("due_at", "id")
