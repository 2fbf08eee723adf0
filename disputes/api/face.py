"""What every act on one dispute needs: the dispute as far as it exists for the actor, the checked body, the
answer."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from disputes import access
from disputes.models import Dispute
from disputes.selectors import disputes_shown
from disputes.serializers.disputes import DisputeSerializer
from edge.repeats import replayed
from edge.views import StrictQuery


class DisputeFace(StrictQuery, GenericAPIView[Any]):
    def get_queryset(self) -> QuerySet[Dispute]:
        if getattr(self, "swagger_fake_view", False):
            return Dispute.objects.none()
        return disputes_shown(access.disputes_visible_to(self.actor), self.actor)

    def found(self) -> Dispute:
        dispute: Dispute = self.get_object()
        return dispute

    def answer(self, pk: UUID, replay: bool = False) -> Response:
        """The dispute as it is now, also where the act took it out of the actor's sight."""
        row = disputes_shown(Dispute.objects.filter(id=pk), self.actor).get()
        shown = DisputeSerializer(row, context={"actor": self.actor}).data
        return Response(shown, headers=replayed(replay))


class DisputeActView(DisputeFace):
    """An act that one service does with the body as it is. A repeated one answers the same, with
    `Idempotent-Replay: true`."""

    service: ClassVar[Callable[..., Any]]

    @extend_schema(responses=DisputeSerializer)
    def post(self, request: Request, pk: UUID) -> Response:
        dispute, body = self.found(), self.body()
        done = self.service(actor=self.actor, dispute_id=dispute.id, **body)
        replay = isinstance(done, tuple) and done[1] is True
        return self.answer(pk, replay)
