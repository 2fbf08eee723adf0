"""Papers that go to court, procuratorate and police, and what is still owed (CCM-32, CCL-46/48)."""

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from corrections import access, filters
from corrections.api.rows import SteppedRows
from corrections.sendings import SentProof
from corrections.serializers.sendings import SendingRequest, SendingRow
from corrections.services.sendings import Sent, sending_send


class SendingViewSet(SteppedRows):
    """Papers owed to an organ 应送文书: made with the decision, closed with day and proof."""

    policy = access.SENDINGS
    serializer_class = SendingRow
    filterset_class = filters.SendingFilter

    def rows(self) -> QuerySet[Any]:
        return access.sendings_visible_to(self.actor)

    @extend_schema(request=SendingRequest, responses=SendingRow)
    @action(detail=True, methods=["post"])
    def send(self, request: Request, pk: Any) -> Response:
        """It went out: to whom by name, on which day, by what that is proved."""
        body = self.body(SendingRequest)
        body["proof"] = SentProof(body["proof"])
        return self.answer(sending_send(actor=self.actor, sending_id=pk, sent=Sent(**body)))
