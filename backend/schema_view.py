"""`GET /api/v1/schema`: the OpenAPI document, for staff."""

from drf_spectacular.views import SpectacularJSONAPIView

from edge.policy import STAFF, Policy


class SchemaView(SpectacularJSONAPIView):
    policy = Policy(STAFF)
