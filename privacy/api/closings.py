"""`/privacy/closings`, `/privacy/destruction-lists` and `/privacy/lawful-queries`."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import django_filters
from django.db.models import Count, QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from audit.replays import Replays
from edge.serializers import NothingSerializer, StrictSerializer
from edge.views import DomainViewSet
from privacy import access, services
from privacy.machine import ClosingState, ListState, QueryState
from privacy.models import Closing, DestructionList, LawfulQuery
from privacy.serializers.closings import (
    ClosingSerializer,
    DestructionListSerializer,
    DocumentSerializer,
    HalvesSerializer,
    LawfulQueryBodySerializer,
    LawfulQuerySerializer,
    SealedValuesSerializer,
    SealLiftSerializer,
    SealSerializer,
)
from privacy.serializers.logs import PrivacyReasonSerializer


class _Acts(Replays, DomainViewSet):
    """Body in, service, record out."""

    def done(
        self, request: Request, body: type[StrictSerializer], act: Callable[..., Any], **named: UUID
    ) -> Response:
        given = self.body(body)
        act(actor=self.actor, **named, **given)
        row = self.rows().get(pk=next(iter(named.values())))
        return Response(self.get_serializer(row).data, headers=self.replayed())


class ClosingFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=ClosingState.choices())
    subject_kind = django_filters.CharFilter(max_length=40)


class ClosingViewSet(ListModelMixin, _Acts):
    policy = access.CLOSINGS
    serializer_class = ClosingSerializer
    filterset_class = ClosingFilter

    def rows(self) -> QuerySet[Closing]:
        return access.closings_visible_to(self.actor)

    @extend_schema(request=SealSerializer)
    @action(detail=True, methods=["post"])
    def seal(self, request: Request, pk: UUID) -> Response:
        return self.done(request, SealSerializer, services.record_seal, closing_id=pk)

    @extend_schema(request=SealLiftSerializer)
    @action(detail=True, methods=["post"])
    def lift(self, request: Request, pk: UUID) -> Response:
        return self.done(request, SealLiftSerializer, services.seal_lift, closing_id=pk)


class DestructionFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=ListState.choices())


class DestructionListViewSet(ListModelMixin, _Acts):
    """What is to be destroyed at the end of its retention, line by line, and who has signed for it."""

    policy = access.DESTRUCTIONS
    serializer_class = DestructionListSerializer
    filterset_class = DestructionFilter

    def rows(self) -> QuerySet[DestructionList]:
        return access.lists_visible_to(self.actor).annotate(count=Count("entries"))

    @extend_schema(request=DocumentSerializer)
    @action(detail=True, methods=["post"])
    def sign(self, request: Request, pk: UUID) -> Response:
        return self.done(request, DocumentSerializer, services.destruction_sign, list_id=pk)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def countersign(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, services.destruction_countersign, list_id=pk)

    @extend_schema(request=PrivacyReasonSerializer)
    @action(detail=True, methods=["post"])
    def cancel(self, request: Request, pk: UUID) -> Response:
        return self.done(request, PrivacyReasonSerializer, services.destruction_cancel, list_id=pk)


class QueryFilter(django_filters.FilterSet):
    state = django_filters.ChoiceFilter(choices=QueryState.choices())


class LawfulQueryViewSet(ListModelMixin, _Acts):
    """A query of a sealed file that the law allows: who asked, on what ground, for which fields."""

    policy = access.QUERIES
    serializer_class = LawfulQuerySerializer
    filterset_class = QueryFilter

    def rows(self) -> QuerySet[LawfulQuery]:
        return access.queries_visible_to(self.actor)

    @extend_schema(request=LawfulQueryBodySerializer, responses={201: LawfulQuerySerializer})
    def create(self, request: Request) -> Response:
        body = self.body(LawfulQueryBodySerializer)
        row = services.query_enter(actor=self.actor, **body)
        shown: dict[str, Any] = LawfulQuerySerializer(row).data
        return Response(shown, status=status.HTTP_201_CREATED)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def approve(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, services.query_approve, query_id=pk)

    @extend_schema(request=PrivacyReasonSerializer)
    @action(detail=True, methods=["post"])
    def refuse(self, request: Request, pk: UUID) -> Response:
        return self.done(request, PrivacyReasonSerializer, services.query_refuse, query_id=pk)


class SealedFileViewSet(_Acts):
    """An approved query: open for an hour by both halves, read, answered in writing."""

    policy = access.QUERIES
    serializer_class = LawfulQuerySerializer

    def rows(self) -> QuerySet[LawfulQuery]:
        return access.queries_visible_to(self.actor)

    @extend_schema(request=HalvesSerializer)
    @action(detail=True, methods=["post"])
    def open(self, request: Request, pk: UUID) -> Response:
        return self.done(request, HalvesSerializer, services.query_open, query_id=pk)

    @extend_schema(request=PrivacyReasonSerializer, responses=SealedValuesSerializer)
    @action(detail=True, methods=["post"])
    def read(self, request: Request, pk: UUID) -> Response:
        body = self.body(PrivacyReasonSerializer)
        found = services.query_read(actor=self.actor, query_id=pk, **body)
        return Response(SealedValuesSerializer(found).data)

    @extend_schema(request=DocumentSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: UUID) -> Response:
        return self.done(request, DocumentSerializer, services.query_answer, query_id=pk)
