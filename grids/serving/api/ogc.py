"""`/ogc`: what QGIS and `ogr2ogr` read."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http.response import HttpResponseBase
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from edge.conf import setting
from edge.renderers import dumps
from grids.serving import counts
from grids.serving import serializers as forms
from grids.serving.api.base import MapView, answer, document
from grids.serving.ogc import collections, openapi
from grids.serving.ogc.collections import GEOJSON, Collection
from grids.serving.ogc.items import NO_PLACE, Question, Row, extent, page
from kernel.problems import Problem

PAGE = 1000
NOTE_COUNTS = "Counts in classes of {width}: from and to. Nobody and a few are one class. Present boundaries."


def base_of(request: Request) -> str:
    return str(request.build_absolute_uri("/api/v1/ogc"))


def offered() -> list[Collection]:
    """Shapes, then a collection for each layer of counts and level."""
    note = NOTE_COUNTS.format(width=setting("MAP_COUNT_WIDTH"))
    layers = [
        Collection(f"{layer.name}-by-{level}", level, f"{layer.title} ({level})", note, layer.name)
        for layer in counts.layers()
        for level in counts.LEVELS
    ]
    return [*collections.SHAPES, *layers]


def wanted(name: str) -> Collection:
    found = collections.find(offered(), name)
    if found is None:
        raise Problem("not_found")
    return found


class OGCView(MapView):
    """Base: the described collections as far as the caller sees them."""

    def described(self, found: Collection) -> dict[str, Any]:
        return collections.collection(base_of(self.request), found, *extent(self.actor, found))


class LandingView(OGCView):
    """OGC API Features: the landing page."""

    @extend_schema(responses=forms.OGCDocument)
    def get(self, request: Request) -> HttpResponseBase:
        return document(request, collections.landing(base_of(request)))


@extend_schema(exclude=True)
class RootView(LandingView):
    """The same at `{root}/`, as the standard writes its path."""


class ConformanceView(OGCView):
    """Core, GeoJSON and OpenAPI 3.0 of part 1."""

    @extend_schema(responses=forms.OGCDocument)
    def get(self, request: Request) -> HttpResponseBase:
        return document(request, collections.conformance())


class ServiceView(OGCView):
    """The OGC API's own OpenAPI 3.0 document."""

    @extend_schema(responses={(200, collections.OPENAPI): forms.OGCDocument})
    def get(self, request: Request) -> HttpResponseBase:
        content = openapi.document(base_of(request), offered(), PAGE, int(setting("GRIDS_PAGE_MAX")))
        return answer(request, dumps(content), collections.OPENAPI)


class CollectionsView(OGCView):
    """Areas, grids, and counts."""

    @extend_schema(operation_id="ogc_collections", responses=forms.OGCDocument)
    def get(self, request: Request) -> HttpResponseBase:
        described = [self.described(found) for found in offered()]
        return document(request, collections.listing(base_of(request), described))


class CollectionView(OGCView):
    """One collection."""

    @extend_schema(operation_id="ogc_collection", responses=forms.OGCDocument)
    def get(self, request: Request, collection: str) -> HttpResponseBase:
        return document(request, self.described(wanted(collection)))


class ItemsView(OGCView):
    """A page of features; a `limit` above the largest page counts as the largest page (OGC
    17-069r4, 7.15.2)."""

    query_form = forms.ItemsQuery

    @extend_schema(
        operation_id="ogc_items",
        parameters=[forms.ItemsQuery],
        responses={(200, GEOJSON): forms.ItemsSerializer},
    )
    def get(self, request: Request, collection: str) -> HttpResponseBase:
        found, query = wanted(collection), self.asked()
        if found.layer and "datetime" in query:
            raise Problem("bad_parameter", fields={"datetime": "counts are of the present only"})
        limit = min(query.pop("limit", PAGE), int(setting("GRIDS_PAGE_MAX")))
        rows, matched = page(self.actor, found, _question(query), limit)
        following = ""
        if len(rows) == limit and matched > limit:
            following = self._following(request, rows[-1], limit)
        return answer(request, self._body(request, found, rows, matched, following), GEOJSON)

    def _following(self, request: Request, last: Row, limit: int) -> str:
        kept = {name: value for name, value in request.query_params.items() if name not in ("after", "limit")}
        there = request.build_absolute_uri(request.path)
        return f"{there}?{urlencode({**kept, 'limit': limit, 'after': f'{last[1]}.{last[2]}'})}"

    def _body(
        self, request: Request, found: Collection, rows: list[Row], matched: int, following: str
    ) -> bytes:
        links = [
            collections.link(request.build_absolute_uri(), "self", GEOJSON),
            collections.link(f"{base_of(request)}/collections/{found.id}", "collection"),
        ]
        links += [collections.link(following, "next", GEOJSON)] if following else []
        head = b'{"type":"FeatureCollection","numberMatched":%d,"numberReturned":%d,"links":%b,"features":['
        return head % (matched, len(rows), dumps(links)) + ",".join(row[0] for row in rows).encode() + b"]}"


class ItemView(OGCView):
    """One feature; its id is that of the shape, so that each time of a grid is a feature of its own."""

    @extend_schema(operation_id="ogc_item", responses={(200, GEOJSON): forms.ItemSerializer})
    def get(self, request: Request, collection: str, pk: UUID) -> HttpResponseBase:
        found = wanted(collection)
        rows, _ = page(self.actor, found, Question(shape=pk), 1)
        if not rows:
            raise Problem("not_found")
        here = f"{base_of(request)}/collections/{found.id}"
        links = [
            collections.link(f"{here}/items/{pk}", "self", GEOJSON),
            collections.link(here, "collection"),
        ]
        return answer(request, rows[0][0][:-1].encode() + b',"links":' + dumps(links) + b"}", GEOJSON)


def _question(query: dict[str, Any]) -> Question:
    """The checked texts of a query, read."""
    return Question(
        boxes=query.get("bbox", []), period=query.get("datetime"), after=query.get("after", NO_PLACE)
    )
