"""Filters of the lists, by allow-list. None of them looks at a hidden field."""

from typing import Any

import django_filters
from django.db.models import Q, QuerySet

from kernel import clock
from kernel.codes.law import DisputeCategory
from mediation import selectors
from mediation.channels import Channel, urgent_before
from mediation.codes import Initiation
from mediation.machine import OPEN_STATES, CaseState, IntakeState
from mediation.models import Case, CaseMediator, IntakeItem, Mediator, Referral
from mediation.referral import ReferralState
from mediation.sitting import registered_on


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
    initiation = django_filters.ChoiceFilter(choices=Initiation.choices())
    review_before = django_filters.DateFilter(field_name="review_on", lookup_expr="lt")
    without_notice = django_filters.BooleanFilter(method="by_notice")
    time_over = django_filters.BooleanFilter(method="by_time")
    overdue = django_filters.BooleanFilter(method="by_time")
    mediator = django_filters.UUIDFilter(method="by_mediator")
    open = django_filters.BooleanFilter(method="by_open")
    accepted_from = django_filters.DateFilter(field_name="accepted_on", lookup_expr="gte")
    accepted_before = django_filters.DateFilter(field_name="accepted_on", lookup_expr="lt")

    class Meta:
        model = Case
        fields: tuple[str, ...] = ()

    def by_time(self, rows: QuerySet[Case], _name: str, over: Any) -> QuerySet[Case]:
        """The flag of the list, asked of the database by the same comparison."""
        return selectors.over(rows, clock.now()) if over else selectors.not_over(rows, clock.now())

    def by_mediator(self, rows: QuerySet[Case], _name: str, user: Any) -> QuerySet[Case]:
        """Cases at whose table this person sits now."""
        return rows.filter(pk__in=CaseMediator.objects.filter(user_id=user, replaced_at=None).values("case"))

    def by_open(self, rows: QuerySet[Case], _name: str, value: Any) -> QuerySet[Case]:
        """Cases that wait for somebody: asked, at the table, or with an agreement not in effect yet."""
        states = (*OPEN_STATES, CaseState.AGREED)
        return rows.filter(state__in=states) if value else rows.exclude(state__in=states)

    def by_notice(self, rows: QuerySet[Case], _name: str, without: Any) -> QuerySet[Case]:
        """Cases in which some party was not told its rights."""
        return selectors.without_notice(rows) if without else selectors.with_notices(rows)


class MediatorFilter(django_filters.FilterSet):
    committee = django_filters.UUIDFilter(field_name="committee_id")
    user = django_filters.UUIDFilter(field_name="user_id")
    speciality = django_filters.ChoiceFilter(
        choices=DisputeCategory.choices(), field_name="specialities", method="by_speciality"
    )
    valid = django_filters.BooleanFilter(method="by_validity")

    class Meta:
        model = Mediator
        fields: tuple[str, ...] = ()

    def by_speciality(self, rows: QuerySet[Mediator], _name: str, speciality: str) -> QuerySet[Mediator]:
        return rows.filter(specialities__contains=[speciality])

    def by_validity(self, rows: QuerySet[Mediator], _name: str, valid: Any) -> QuerySet[Mediator]:
        today = registered_on(clock.today())
        return rows.filter(today) if valid else rows.exclude(today)


class ReferralFilter(django_filters.FilterSet):
    dispute = django_filters.UUIDFilter(field_name="dispute_id")
    channel = django_filters.ChoiceFilter(choices=Channel.choices())
    state = django_filters.ChoiceFilter(choices=ReferralState.choices())
    no_answer = django_filters.BooleanFilter(field_name="no_answer_at", lookup_expr="isnull", exclude=True)
    urgent = django_filters.BooleanFilter(method="is_urgent")

    class Meta:
        model = Referral
        fields: tuple[str, ...] = ()

    def is_urgent(self, rows: QuerySet[Referral], name: str, urgent: bool) -> QuerySet[Referral]:
        before = Q(limit_on__lt=urgent_before(clock.today()))
        return rows.filter(before) if urgent else rows.exclude(before)
