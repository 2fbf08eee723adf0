"""`GET /api/v1/schema`: the OpenAPI document, for staff."""

from drf_spectacular.renderers import OpenApiJsonRenderer
from drf_spectacular.views import SpectacularJSONAPIView

from edge.policy import STAFF, ByPolicy, Policy
from edge.views import StrictQuery


class SchemaView(StrictQuery, SpectacularJSONAPIView):
    """drf-spectacular brings permissions of its own, which let everybody in."""

    policy = Policy(STAFF)
    permission_classes = [ByPolicy]
    renderer_classes = [OpenApiJsonRenderer]
