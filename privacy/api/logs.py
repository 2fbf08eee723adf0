"""`/privacy/shares` and `/privacy/assessments`."""

from typing import Any
from uuid import UUID

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from edge.views import DomainViewSet
from privacy import access, services
from privacy.codes import Processing, RecipientKind
from privacy.models import Assessment, Share
from privacy.serializers.logs import (
    AssessmentBodySerializer,
    AssessmentSerializer,
    PrivacyReasonSerializer,
    ShareSerializer,
)


class ShareFilter(django_filters.FilterSet):
    recipient_kind = django_filters.ChoiceFilter(choices=RecipientKind.choices())
    subject_id = django_filters.UUIDFilter()
    shared_from = django_filters.IsoDateTimeFilter(field_name="shared_at", lookup_expr="gte")
    shared_before = django_filters.IsoDateTimeFilter(field_name="shared_at", lookup_expr="lt")


class ShareViewSet(ListModelMixin, DomainViewSet):
    policy = access.SHARES
    serializer_class = ShareSerializer
    filterset_class = ShareFilter

    def rows(self) -> QuerySet[Share]:
        return access.shares_visible_to(self.actor)


class AssessmentFilter(django_filters.FilterSet):
    processing = django_filters.ChoiceFilter(choices=Processing.choices())


class AssessmentViewSet(ListModelMixin, DomainViewSet):
    policy = access.ASSESSMENTS
    serializer_class = AssessmentSerializer
    filterset_class = AssessmentFilter

    def rows(self) -> QuerySet[Assessment]:
        return access.assessments_visible_to(self.actor)

    @extend_schema(request=AssessmentBodySerializer, responses={201: AssessmentSerializer})
    def create(self, request: Request) -> Response:
        body = self.body(AssessmentBodySerializer)
        row = services.assessment_enter(actor=self.actor, **body)
        return self._answer(row, status.HTTP_201_CREATED)

    @extend_schema(request=PrivacyReasonSerializer, responses=AssessmentSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: UUID) -> Response:
        body = self.body(PrivacyReasonSerializer)
        row = services.assessment_withdraw(actor=self.actor, assessment_id=pk, **body)
        return self._answer(row, status.HTTP_200_OK)

    def _answer(self, row: Assessment, code: int) -> Response:
        shown: dict[str, Any] = AssessmentSerializer(row).data
        return Response(shown, status=code)
