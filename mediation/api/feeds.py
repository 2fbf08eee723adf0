"""`/mediation/feeds`, the keys of calendar feeds, and `/mediation/calendar/….ics`, what they read."""

from uuid import UUID

from django.db.models import QuerySet
from django.http import HttpResponse
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.decorators import action
from rest_framework.mixins import ListModelMixin
from rest_framework.request import Request
from rest_framework.response import Response

from edge.repeats import replayed
from edge.views import DomainView, DomainViewSet
from mediation import table_access as access
from mediation.api.sessions import calendar_answer
from mediation.feeds import FeedAuthentication
from mediation.models import FeedKey
from mediation.serializers import notes as forms
from mediation.services import feeds


class FeedScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]  # because it has no types
    target_class = FeedAuthentication
    name = "feedKey"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        text = "The key in the address, made at /mediation/feeds"
        return {"type": "apiKey", "in": "path", "name": "token", "description": text}


class FeedViewSet(ListModelMixin, DomainViewSet):
    """Calendar feeds of the present role, one for each device."""

    policy = access.FEEDS
    serializer_class = forms.CalendarFeedSerializer
    without_body = frozenset({"revoke"})

    def rows(self) -> QuerySet[FeedKey]:
        return access.visible_feeds(self.actor)

    @extend_schema(
        request=forms.CalendarFeedBodySerializer, responses={201: forms.CalendarFeedMadeSerializer}
    )
    def create(self, request: Request) -> Response:
        given = self.body(forms.CalendarFeedBodySerializer)
        key, address, replay = feeds.feed_create(actor=self.actor, **given)
        shown = {**forms.CalendarFeedSerializer(key).data, "address": address}
        return Response(shown, status=201, headers=replayed(replay))

    @extend_schema(request=None, responses=forms.CalendarFeedSerializer)
    @action(detail=True, methods=["post"])
    def revoke(self, request: Request, pk: UUID) -> Response:
        return Response(forms.CalendarFeedSerializer(feeds.feed_revoke(actor=self.actor, feed_id=pk)).data)


class CalendarView(DomainView):
    """The own appointments for a calendar program: room, code and time."""

    policy = access.FEED
    authentication_classes = (FeedAuthentication,)

    @extend_schema(operation_id="mediation_calendar", responses={(200, "text/calendar"): OpenApiTypes.BINARY})
    def get(self, request: Request, token: str) -> HttpResponse:
        return calendar_answer(feeds.feed_calendar(actor=self.actor))
