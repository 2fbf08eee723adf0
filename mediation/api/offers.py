"""`/mediation/offers`: what parties offer each other, and what they answer."""

from typing import ClassVar
from uuid import UUID

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin, RetrieveModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from edge.serializers import NothingSerializer
from mediation import table_access as access
from mediation import table_filters as filters
from mediation.api.face import Acts, asked_of_service
from mediation.models import Offer
from mediation.serializers import notes as forms
from mediation.serializers.cases import PurposeSerializer
from mediation.serializers.sessions import RevealedSerializer
from mediation.services import offers
from mediation.services.offers import Terms
from mediation.table_selectors import offers_shown


class _OfferReading(Acts):
    policy = access.OFFERS
    serializer_class = forms.TableOfferSerializer
    filterset_class = filters.OfferFilter

    every: ClassVar[QuerySet[Offer]] = offers_shown(Offer.objects.all())

    def rows(self) -> QuerySet[Offer]:
        return offers_shown(access.visible_offers(self.actor))


class OfferViewSet(ListModelMixin, RetrieveModelMixin, _OfferReading):
    """Offers of a case, each as its visibility says. The words are read one by one."""

    @extend_schema(request=forms.TableOfferBodySerializer, responses={201: forms.TableOfferSerializer})
    def create(self, request: Request) -> Response:
        given = self.body(forms.TableOfferBodySerializer)
        terms = Terms(given.pop("terms"), given.pop("expires_at"))
        return self.made(offers.offer_make, terms=terms, **given)

    @extend_schema(request=PurposeSerializer, responses=RevealedSerializer)
    @action(detail=True, methods=["post"])
    def reveal(self, request: Request, pk: UUID) -> Response:
        text = offers.offer_terms(actor=self.actor, offer_id=pk, **self.body(PurposeSerializer))
        return Response(RevealedSerializer({"text": text}).data)


class OfferAnswerViewSet(_OfferReading):
    """What becomes of an offer."""

    @extend_schema(request=forms.OfferAnswerSerializer)
    @action(detail=True, methods=["post"])
    def answer(self, request: Request, pk: UUID) -> Response:
        given = self.body(forms.OfferAnswerSerializer)
        said = given.pop("counter")
        counter = Terms(said["terms"], said["expires_at"]) if said else None
        told, headers = asked_of_service(
            offers.offer_answer, actor=self.actor, offer_id=pk, counter=counter, **given
        )
        return Response(self.shown(told.pk), headers=headers)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"], url_path="pass-on")
    def pass_on(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, offers.offer_pass_on, offer_id=pk)

    @extend_schema(request=NothingSerializer)
    @action(detail=True, methods=["post"])
    def withdraw(self, request: Request, pk: UUID) -> Response:
        return self.done(request, NothingSerializer, offers.offer_withdraw, offer_id=pk)
