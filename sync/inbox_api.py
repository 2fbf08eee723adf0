"""`/sync/inbox`: what phones sent and was not accepted, for the organisation that answers for it."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

import django_filters as df
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from edge.openapi import READ_PARAMETERS
from edge.serializers import StrictModelSerializer, StrictSerializer, WordsField
from edge.views import DomainViewSet
from sync import access, answering
from sync.items import State
from sync.models import Inbox, InboxStep
from sync.sides import sides_read

STATES = [(state.value, state.value) for state in State if state not in (State.ACCEPTED, State.DUPLICATE)]


class InboxFilter(df.FilterSet):
    state = df.ChoiceFilter(choices=STATES)
    kind = df.CharFilter(max_length=40)
    about = df.CharFilter(max_length=40)
    code = df.CharFilter(max_length=40)
    target = df.UUIDFilter()
    received_after = df.IsoDateTimeFilter(field_name="received_at", lookup_expr="gte")
    open = df.BooleanFilter(field_name="closed_at", lookup_expr="isnull")


class InboxItemSerializer(StrictModelSerializer):
    """Who sent it, when, and what became of it; the content stays sealed: `sides`."""

    class Meta:
        model = Inbox
        fields = (
            "id", "kind", "about", "op", "target", "base_rev", "author", "role", "device", "device_at",
            "received_at", "skewed", "signed", "flags", "state", "code", "detail", "field_errors", "clash",
            "waits_for", "forced", "closed_at",
        )  # fmt: skip
        read_only_fields = fields


class InboxStepSerializer(StrictModelSerializer):
    class Meta:
        model = InboxStep
        fields = ("event", "from_state", "to_state", "code", "actor", "role", "reason", "at")
        read_only_fields = fields


class SidesSerializer(serializers.Serializer[Any]):
    """What was sent, and what stands in its place: by field the value, by whom, when."""

    item = InboxItemSerializer()
    sent = serializers.DictField(allow_null=True)
    stands = serializers.DictField()
    steps = InboxStepSerializer(many=True)


class InboxReasonSerializer(StrictSerializer):
    reason = WordsField(max_length=400)


class ResolutionSerializer(InboxReasonSerializer):
    """`args`: the other value, as the command takes it."""

    choice = serializers.ChoiceField([answering.MINE, answering.THEIRS, answering.OTHER])
    args = serializers.DictField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("args" in attrs) != (attrs["choice"] == answering.OTHER):
            raise serializers.ValidationError({"args": ["belongs to the choice 'other'"]})
        return attrs


class InboxViewSet(ListModelMixin, DomainViewSet):
    policy = access.INBOX
    serializer_class = InboxItemSerializer
    filterset_class = InboxFilter
    lookup_field = "id"
    lookup_url_kwarg = "pk"

    def rows(self) -> QuerySet[Inbox]:
        return access.inbox_visible_to(self.actor).order_by("-received_at", "-no")

    @extend_schema(parameters=READ_PARAMETERS, responses=SidesSerializer)
    @action(detail=True, methods=["get"], pagination_class=None)
    def sides(self, request: Request, pk: UUID) -> Response:
        """What was sent beside what stands; leaves one read-log row."""
        said = {name: request.query_params.get(name, "")[:200] for name in ("purpose", "reason")}
        return Response(SidesSerializer(sides_read(actor=self.actor, item=self.get_object(), **said)).data)

    @extend_schema(request=ResolutionSerializer, responses=InboxItemSerializer)
    @action(detail=True, methods=["post"], serializer_class=ResolutionSerializer)
    def resolve(self, request: Request, pk: UUID) -> Response:
        """Settle a conflict: the sender's side, what stands, or another value."""
        return _act(self, answering.item_resolve)

    @extend_schema(request=InboxReasonSerializer, responses=InboxItemSerializer)
    @action(detail=True, methods=["post"], serializer_class=InboxReasonSerializer)
    def release(self, request: Request, pk: UUID) -> Response:
        """Take an item that is held or in quarantine."""
        return _act(self, answering.item_release)

    @extend_schema(request=InboxReasonSerializer, responses=InboxItemSerializer)
    @action(detail=True, methods=["post"], serializer_class=InboxReasonSerializer)
    def reject(self, request: Request, pk: UUID) -> Response:
        """Refuse an item; the author reads the reason."""
        return _act(self, answering.item_reject)

    def allowed_parameters(self) -> frozenset[str]:
        return super().allowed_parameters() | ({"purpose", "reason"} if self.action == "sides" else set())


def _act(view: InboxViewSet, service: Callable[..., Inbox]) -> Response:
    item, body = view.get_object(), view.get_serializer(data=view.request.data)
    body.is_valid(raise_exception=True)
    return Response(InboxItemSerializer(service(actor=view.actor, item=item, **body.validated_data)).data)
