"""`/privacy/consents`: written down, withdrawn, and what is erased after it."""

from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from edge.serializers import NothingSerializer
from privacy import access, services
from privacy.api.people import PaperViewSet
from privacy.models import Consent
from privacy.serializers import consents as forms


class ConsentViewSet(PaperViewSet):
    """同意 for one purpose each, withdrawn at the word; a person orders the erasure 清除."""

    policy = access.CONSENTS
    serializer_class = forms.ConsentGivenSerializer

    def rows(self) -> QuerySet[Consent]:
        return access.consents_visible_to(self.actor).prefetch_related("erasures")

    @extend_schema(request=forms.ConsentGivenBodySerializer, responses={201: forms.ConsentGivenSerializer})
    def create(self, request: Request) -> Response:
        return self.done(request, forms.ConsentGivenBodySerializer, services.consent_give)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, services.consent_withdraw, consent_id=pk)

    @extend_schema(responses=forms.HeldSerializer(many=True))
    @action(detail=True, methods=["get"], pagination_class=None, filter_backends=[])
    def held(self, request: Request, pk: UUID) -> Response:
        found = services.consent_held(actor=self.actor, consent_id=pk)
        return Response(forms.HeldSerializer(found, many=True).data)

    @extend_schema(request=forms.ConsentEraseSerializer)
    @action(detail=True, methods=["post"])
    def erase(self, request: Request, pk: UUID) -> Response:
        return self.done(request, forms.ConsentEraseSerializer, services.consent_erase, consent_id=pk)
