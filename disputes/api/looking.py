"""What is looked up about disputes: likely the same, the timeline, and by a person with a matter."""

from uuid import UUID

from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from disputes import access
from disputes.api.face import DisputeFace
from disputes.looking import disputes_search, likely_the_same
from disputes.serializers import handling as bodies
from disputes.timeline import timeline
from edge.views import DomainView


class LikelyView(DisputeFace):
    policy = access.LIKELY
    pagination_class = None

    @extend_schema(operation_id="disputes_likely_list", responses=bodies.LikelySerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        """Likely the same quarrel: code and day, never another's words. A person merges, or reopens."""
        found = likely_the_same(self.actor, self.found())
        return Response(bodies.LikelySerializer(found, many=True).data)


class TimelineView(DisputeFace):
    policy = access.TIMELINE
    pagination_class = None

    @extend_schema(operation_id="disputes_timeline_list", responses=bodies.TimelineEntrySerializer(many=True))
    def get(self, request: Request, pk: UUID) -> Response:
        """Everything that happened to it, by both clocks."""
        return Response(bodies.TimelineEntrySerializer(timeline(self.actor, self.found()), many=True).data)


class SearchView(DomainView):
    policy = access.SEARCH

    @extend_schema(request=bodies.SearchSerializer, responses=bodies.FoundSerializer(many=True))
    def post(self, request: Request) -> Response:
        """Disputes of the own scope in which a person is named; each hit leaves a read-log row."""
        body = self.body(bodies.SearchSerializer)
        found = disputes_search(actor=self.actor, **body)
        return Response(bodies.FoundSerializer(found, many=True).data)
