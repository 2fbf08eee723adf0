"""`/paper-entries`: what was entered from paper in the own organisation, to be compared by a second
person."""

from uuid import UUID

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from edge.repeats import replayed
from edge.views import DomainViewSet
from tasks import access, services
from tasks.models import PaperEntry
from tasks.serializers.paper import PaperEntrySerializer


class PaperFilter(django_filters.FilterSet):
    subject_id = django_filters.UUIDFilter()
    open = django_filters.BooleanFilter(field_name="compared_at", lookup_expr="isnull")


class PaperEntryViewSet(ListModelMixin, RetrieveModelMixin, DomainViewSet):
    policy = access.PAPERS
    serializer_class = PaperEntrySerializer
    filterset_class = PaperFilter
    without_body = frozenset({"compare"})

    def rows(self) -> QuerySet[PaperEntry]:
        return access.papers_visible_to(self.actor).order_by("-entered_at", "id")

    @extend_schema(request=None, responses=PaperEntrySerializer)
    @action(detail=True, methods=["post"])
    def compare(self, request: Request, pk: UUID) -> Response:
        entry, replay = services.paper_compare(actor=self.actor, entry_id=pk)
        headers = replayed(replay)
        return Response(PaperEntrySerializer(entry).data, headers=headers)
