"""Filters of agreements and what follows from them. None of them looks at a hidden field."""

from typing import Any

import django_filters
from django.db.models import QuerySet

from kernel import clock
from mediation import agreed
from mediation.agreement import AgreementForm, ObligationState
from mediation.confirmation import ConfirmationState
from mediation.follow_up import FollowUpState
from mediation.models import Agreement, Confirmation, FollowUp, Obligation


class _Overdue(django_filters.FilterSet):
    """`overdue`: the flag of the list, asked of the database by the same comparison."""

    overdue = django_filters.BooleanFilter(method="by_overdue")

    def by_overdue(self, rows: QuerySet[Any], _name: str, over: Any) -> QuerySet[Any]:
        return agreed.overdue(rows, clock.now()) if over else agreed.not_overdue(rows, clock.now())


class AgreementFilter(django_filters.FilterSet):
    """`overdue`: the day by which the screen warns of confirmation is past; `marks_missing`: a written one
    that is not complete; `to_review`: something waits for a second person."""

    case = django_filters.UUIDFilter(field_name="case_id")
    form = django_filters.ChoiceFilter(choices=AgreementForm.choices())
    overdue = django_filters.BooleanFilter(method="by_overdue")
    marks_missing = django_filters.BooleanFilter(method="by_marks")
    to_review = django_filters.BooleanFilter(method="by_review")
    effective_from = django_filters.DateFilter(field_name="effective_on", lookup_expr="gte")
    effective_before = django_filters.DateFilter(field_name="effective_on", lookup_expr="lt")

    class Meta:
        model = Agreement
        fields: tuple[str, ...] = ()

    def by_overdue(self, rows: QuerySet[Agreement], _name: str, over: Any) -> QuerySet[Agreement]:
        asked, column = agreed.overdue if over else agreed.not_overdue, "confirmation__due_at"
        return asked(rows, clock.now(), column)

    def by_marks(self, rows: QuerySet[Agreement], _name: str, missing: Any) -> QuerySet[Agreement]:
        waiting = agreed.waiting_for_marks(Agreement.objects.all()).values("pk")
        return rows.filter(pk__in=waiting) if missing else rows.exclude(pk__in=waiting)

    def by_review(self, rows: QuerySet[Agreement], _name: str, waits: Any) -> QuerySet[Agreement]:
        waiting = agreed.waiting_for_review(Agreement.objects.all()).values("pk")
        return rows.filter(pk__in=waiting) if waits else rows.exclude(pk__in=waiting)


class ObligationFilter(_Overdue):
    case = django_filters.UUIDFilter(field_name="agreement__case_id")
    agreement = django_filters.UUIDFilter(field_name="agreement_id")
    state = django_filters.ChoiceFilter(choices=ObligationState.choices())
    due_from = django_filters.DateFilter(field_name="due_on", lookup_expr="gte")
    due_before = django_filters.DateFilter(field_name="due_on", lookup_expr="lt")

    class Meta:
        model = Obligation
        fields: tuple[str, ...] = ()


class ConfirmationFilter(_Overdue):
    case = django_filters.UUIDFilter(field_name="agreement__case_id")
    agreement = django_filters.UUIDFilter(field_name="agreement_id")
    state = django_filters.ChoiceFilter(choices=ConfirmationState.choices())

    class Meta:
        model = Confirmation
        fields: tuple[str, ...] = ()


class FollowUpFilter(_Overdue):
    case = django_filters.UUIDFilter(field_name="agreement__case_id")
    agreement = django_filters.UUIDFilter(field_name="agreement_id")
    state = django_filters.ChoiceFilter(choices=FollowUpState.choices())
    due_from = django_filters.DateFilter(field_name="due_on", lookup_expr="gte")
    due_before = django_filters.DateFilter(field_name="due_on", lookup_expr="lt")

    class Meta:
        model = FollowUp
        fields: tuple[str, ...] = ()
