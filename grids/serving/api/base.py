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
from sync.encode import compress

PRIVATE = {"Cache-Control": "private, no-cache", "Vary": "Authorization, Accept-Encoding"}


class MapScheme(OpenApiAuthenticationExtension):
    target_class = MapAuthentication
    name = ["bearerOrMapKey", "mapKeyAsPassword"]

    def get_security_requirement(self, auto_schema: Any) -> list[dict[str, list[Any]]]:
        return [{name: []} for name in self.name]

    def get_security_definition(self, auto_schema: Any) -> list[dict[str, Any]]:
        said = {
            "bearer": "A session's access token, or a key made at /map-keys",
            "basic": "Any name, and as password a key made at /map-keys",
        }
        return [{"type": "http", "scheme": scheme, "description": text} for scheme, text in said.items()]


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


def unchanged(request: Request, tag: str, headers: Mapping[str, str]) -> HttpResponseNotModified | None:
    """304 when the caller has what is called `tag`."""
    if tag not in request.headers.get("If-None-Match", ""):
        return None
    return HttpResponseNotModified(headers={**PRIVATE, **headers, "ETag": tag})


def packed(
    request: Request, body: bytes, media_type: str, tag: str, headers: Mapping[str, str]
) -> HttpResponse:
    """The body, packed when it is large and the caller can unpack it."""
    content, coding = compress(body, request.headers.get("Accept-Encoding", ""))
    said = {**PRIVATE, **headers, "ETag": tag} | ({"Content-Encoding": coding} if coding else {})
    return HttpResponse(content, content_type=media_type, headers=said)


def answer(
    request: Request, body: bytes, media_type: str, headers: Mapping[str, str] | None = None, tag: str = ""
) -> HttpResponseBase:
    """The body with its entity tag, or 304 when the caller has it."""
    tag, more = tag or tag_of(body), headers or {}
    return unchanged(request, tag, more) or packed(request, body, media_type, tag, more)


def document(request: Request, content: Any, media_type: str = "application/json") -> HttpResponseBase:
    """The same for a JSON document."""
    return answer(request, dumps(content), media_type)
