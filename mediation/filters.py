"""Filters of the lists, by allow-list. None of them looks at a hidden field."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from kernel import clock
from kernel.codes.law import DisputeCategory
from mediation import selectors
from mediation.machine import CaseState, IntakeState
from mediation.models import Case, IntakeItem


class IntakeFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=IntakeState.choices())
    dispute = django_filters.UUIDFilter(field_name="dispute_id")
    street = django_filters.UUIDFilter(field_name="street_id")
    danger = django_filters.BooleanFilter()
    protected = django_filters.BooleanFilter()
    unread = django_filters.BooleanFilter(field_name="read_at", lookup_expr="isnull")
    opened_from = django_filters.IsoDateTimeFilter(field_name="opened_at", lookup_expr="gte")
    opened_before = django_filters.IsoDateTimeFilter(field_name="opened_at", lookup_expr="lt")

    class Meta:
        model = IntakeItem
        fields: tuple[str, ...] = ()


class CaseFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=CaseState.choices())
    dispute = django_filters.UUIDFilter(field_name="dispute_id")
    street = django_filters.UUIDFilter(field_name="street_id")
    committee = django_filters.UUIDFilter(field_name="committee_id")
    category = django_filters.ChoiceFilter(choices=DisputeCategory.choices())
    number = django_filters.CharFilter(max_length=60)
    time_over = django_filters.BooleanFilter(method="by_time")
    accepted_from = django_filters.DateFilter(field_name="accepted_on", lookup_expr="gte")
    accepted_before = django_filters.DateFilter(field_name="accepted_on", lookup_expr="lt")

    class Meta:
        model = Case
        fields: tuple[str, ...] = ()

    def by_time(self, rows: QuerySet[Case], _name: str, over: Any) -> QuerySet[Case]:
        """The flag of the list, asked of the database by the same comparison."""
        return selectors.over(rows, clock.now()) if over else selectors.not_over(rows, clock.now())
