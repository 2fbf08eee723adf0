"""What all addresses of the map share."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseNotModified
from django.http.response import HttpResponseBase
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.request import Request

from edge.negotiation import OneForm
from edge.renderers import dumps
from edge.views import DomainView, asked_of, names_of
from grids.serving import access
from grids.serving.keys import MapAuthentication
from grids.serving.tiles import tag_of

PRIVATE = {"Cache-Control": "private, no-cache", "Vary": "Authorization"}


class MapScheme(OpenApiAuthenticationExtension):
    target_class = MapAuthentication
    name = "bearerOrMapKey"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        text = "A session's access token, or a key made at /map-keys"
        return {"type": "http", "scheme": "bearer", "description": text}


class MapView(DomainView):
    """Reads of the map: by a session or by a key, with an entity tag."""

    policy = access.MAP
    authentication_classes = [MapAuthentication]
    content_negotiation_class = OneForm
    query_form: type[Any] | None = None

    def allowed_parameters(self) -> frozenset[str]:
        return frozenset() if self.query_form is None else names_of(self.query_form)

    def asked(self) -> dict[str, Any]:
        """The checked query."""
        return {} if self.query_form is None else asked_of(self.request, self.query_form)


def answer(
    request: Request, body: bytes, media_type: str, headers: Mapping[str, str] | None = None, tag: str = ""
) -> HttpResponseBase:
    """The body with its entity tag, or 304 when the caller has it."""
    tag = tag or tag_of(body)
    shared = {**PRIVATE, "ETag": tag, **(headers or {})}
    if tag in request.headers.get("If-None-Match", ""):
        return HttpResponseNotModified(headers=shared)
    return HttpResponse(body, content_type=media_type, headers=shared)


def document(request: Request, content: Any, media_type: str = "application/json") -> HttpResponseBase:
    """The same for a JSON document."""
    return answer(request, dumps(content), media_type)
