"""`/privacy/reads` and `/privacy/bulk-reads`: who opened what about people, for who audits it."""

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from edge.views import DomainView, DomainViewSet
from kernel.law import law
from kernel.problems import Problem
from privacy import access
from privacy.models import ReadLog
from privacy.selectors import MONTH, bulk_reads, month_of
from privacy.serializers.reads import BulkReadsSerializer, ReadSerializer


class ReadFilter(django_filters.FilterSet):
    reader_id = django_filters.UUIDFilter()
    subject_id = django_filters.UUIDFilter()
    subject_kind = django_filters.CharFilter()
    read_from = django_filters.IsoDateTimeFilter(field_name="read_at", lookup_expr="gte")
    read_before = django_filters.IsoDateTimeFilter(field_name="read_at", lookup_expr="lt")


class ReadViewSet(ListModelMixin, DomainViewSet):
    """查阅记录: reader, role, fields, purpose and reason of each reading; never a value."""

    policy = access.READS
    serializer_class = ReadSerializer
    filterset_class = ReadFilter

    def rows(self) -> QuerySet[ReadLog]:
        return access.reads_visible_to(self.actor)


class BulkReadsView(DomainView):
    """大量查阅: readers who opened unusually many records on one day of a month, oldest first. For a person
    to ask about; nothing follows from a number."""

    policy = access.BULK_READS
    query_params = frozenset({"month"})

    @law("CCL-61")
    @extend_schema(
        parameters=[OpenApiParameter("month", {"type": "string", "pattern": MONTH.pattern}, required=True)],
        responses=BulkReadsSerializer,
    )
    def get(self, request: Request) -> Response:
        first = month_of(request.query_params.get("month", ""))
        if first is None:
            raise Problem("bad_parameter", fields={"month": "a month such as 2026-03"})
        return Response(BulkReadsSerializer(bulk_reads(first)).data)
