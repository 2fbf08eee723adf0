"""Filters by allow-list: a `FilterSet` with declared fields, and bad values answered as `bad_parameter`."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django_filters import BooleanFilter, utils
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from kernel.clock import YEARS_OF_OURS
from kernel.problems import Problem

YEARS_PATTERN = r"^(19\d\d|2[01]\d\d|2200)-"  # the same years, for the OpenAPI document
_TRUTHS = frozenset({"", "true", "false"})


class StrictFilterBackend(DjangoFilterBackend):
    """django-filter, with a problem instead of its own error."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        filterset = self.get_filterset(request, queryset, view)
        if filterset is None:
            return queryset
        _refuse_half_truths(filterset, request)
        if not filterset.is_valid():
            raise Problem("bad_parameter", fields=utils.translate_validation(filterset.errors).detail)
        _refuse_far_times(filterset.form.cleaned_data)
        return filterset.qs  # type: ignore[no-any-return]  # because django-filter has no types


def _refuse_half_truths(filterset: Any, request: Request) -> None:
    """django-filter takes `maybe` and `1` for no filter at all: the answer would be to another question."""
    flags = [name for name, one in filterset.filters.items() if isinstance(one, BooleanFilter)]
    wrong = [name for name in flags if request.query_params.get(name, "").lower() not in _TRUTHS]
    if wrong:
        raise Problem("bad_parameter", fields=dict.fromkeys(wrong, "true or false"))


def _refuse_far_times(values: Mapping[str, Any]) -> None:
    """A day outside 1900-2200 is none of ours; far beyond them the database answers with an error."""
    far = [
        name for name, value in values.items() if isinstance(value, date) and value.year not in YEARS_OF_OURS
    ]
    if far:
        raise Problem("bad_parameter", fields=dict.fromkeys(far, "a year from 1900 to 2200"))
