"""Filters by allow-list: a `FilterSet` with declared fields, and bad values answered as `bad_parameter`."""

from typing import Any

from django.db.models import QuerySet
from django_filters import utils
from django_filters.rest_framework import DjangoFilterBackend
from rest_framework.request import Request

from kernel.problems import Problem


class StrictFilterBackend(DjangoFilterBackend):
    """django-filter, with a problem instead of its own error."""

    def filter_queryset(self, request: Request, queryset: QuerySet[Any], view: Any) -> QuerySet[Any]:
        filterset = self.get_filterset(request, queryset, view)
        if filterset is None:
            return queryset
        if not filterset.is_valid():
            raise Problem("bad_parameter", fields=utils.translate_validation(filterset.errors).detail)
        return filterset.qs  # type: ignore[no-any-return]  # because django-filter has no types
