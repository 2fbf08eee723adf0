"""`/named-clerks`: whom the director has named to read restricted screenings."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from disputes import access, services
from disputes.models import NamedClerk
from disputes.serializers.disputes import DisputeReasonSerializer, NamedClerkSerializer
from edge.repeats import replayed
from edge.views import DomainViewSet
from kernel.problems import Problem


class NamedClerkViewSet(ListModelMixin, DomainViewSet):
    policy = access.NAMED_CLERKS
    serializer_class = NamedClerkSerializer

    def rows(self) -> QuerySet[NamedClerk]:
        return access.named_clerks_visible_to(self.actor).order_by("-valid_from", "id")

    def create(self, request: Request) -> Response:
        said: dict[str, Any] = self.body(NamedClerkSerializer)
        street, user = said["street"], said["user"]
        if not access.in_reach(self.actor, street.id):
            raise Problem("not_found")
        named, replay = services.clerk_name(
            actor=self.actor, street_id=street.id, user_id=user.id, reason=said["reason"],
            valid_to=said.get("valid_to"),
        )  # fmt: skip
        return Response(NamedClerkSerializer(named).data, status=201, headers=replayed(replay))

    @extend_schema(request=DisputeReasonSerializer, responses=NamedClerkSerializer)
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: UUID) -> Response:
        body = self.body(DisputeReasonSerializer)
        named, replay = services.clerk_end(actor=self.actor, named_clerk_id=self.get_object().id, **body)
        return Response(NamedClerkSerializer(named).data, headers=replayed(replay))
