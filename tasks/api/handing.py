"""`/hand-overs` and `/owned`: what somebody owns in the active role, listed and signed for by a colleague."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.ownership import Owner, owned_by
from edge.repeats import replayed
from edge.views import DomainView, DomainViewSet
from tasks import access, services
from tasks.models import HandOver
from tasks.serializers import handing as forms


class HandOverViewSet(ListModelMixin, RetrieveModelMixin, DomainViewSet):
    policy = access.HAND_OVERS
    serializer_class = forms.HandOverSerializer
    without_body = frozenset({"take"})

    def rows(self) -> QuerySet[HandOver]:
        return (
            access.hand_overs_visible_to(self.actor).prefetch_related("lines").order_by("-written_at", "id")
        )

    @extend_schema(request=forms.HandOverRequest, responses={201: forms.HandOverSerializer})
    def create(self, request: Request) -> Response:
        """List all that the caller owns in the active role."""
        body = self.body(forms.HandOverRequest)
        words = {line["subject_id"]: line["words"] for line in body.pop("lines")}
        return self._shown(services.hand_over_write(actor=self.actor, words=words, **body), 201)

    @extend_schema(request=forms.AbsentRequest, responses={201: forms.HandOverSerializer})
    @action(detail=False, methods=["post"])
    def absent(self, request: Request) -> Response:
        """Of somebody who is away without one."""
        return self._shown(services.hand_over_absent(actor=self.actor, **self.body(forms.AbsentRequest)), 201)

    @extend_schema(request=None, responses=forms.HandOverSerializer)
    @action(detail=True, methods=["post"])
    def take(self, request: Request, pk: UUID) -> Response:
        handed, replay = services.hand_over_take(actor=self.actor, hand_over_id=pk)
        return self._shown(handed, headers=replayed(replay))

    def _shown(self, handed: HandOver, status: int = 200, headers: Any = None) -> Response:
        return Response(forms.HandOverSerializer(handed).data, status=status, headers=headers)


class OwnedView(DomainView):
    policy = access.OWNED

    @extend_schema(responses=forms.OwnedItemSerializer(many=True))
    def get(self, request: Request) -> Response:
        """What is open under the membership of this session."""
        actor, lines = self.actor, []
        if actor.organisation_id is not None and actor.role is not None:
            for code, items in owned_by(Owner(actor.person, actor.role, actor.organisation_id)).items():
                lines += [
                    {
                        "source": code, "subject_kind": item.subject_kind, "subject_id": item.subject_id,
                        "title": item.title, "title_en": item.title_en,
                    }
                    for item in items
                ]  # fmt: skip
        return Response(forms.OwnedItemSerializer(lines, many=True).data)
