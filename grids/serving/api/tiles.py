"""`/tiles`: vector tiles, their TileJSON, and a style."""

from typing import Any

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from edge import sqlfile
from edge.conf import setting
from edge.driver import raw_cursor
from grids.serving import serializers as forms
from grids.serving import style, tilemath, tiles
from grids.serving.api.base import PRIVATE, MapView, answer, document
from kernel.problems import Problem

MVT = "application/vnd.mapbox-vector-tile"


class TileJSONView(MapView):
    """TileJSON 3.0 of a tileset: `places` (every level from its zoom on), or one level alone."""

    query_form = forms.TileQuery

    @extend_schema(operation_id="tilejson", parameters=[forms.TileQuery], responses=forms.TileJSONSerializer)
    def get(self, request: Request, tileset: str) -> HttpResponseBase:
        if not style.known(tileset):
            raise Problem("not_found")
        asked = self.asked()
        url = request.build_absolute_uri(f"/api/v1/tiles/{tileset}/{{z}}/{{x}}/{{y}}")
        url = url.replace("%7B", "{").replace("%7D", "}")
        url += f"?at={asked['at'].isoformat()}" if asked else ""
        most = int(setting("TILE_FEATURES_MAX"))
        bounds, synthetic = self._bounds()
        return document(
            request, style.tilejson(tileset, url=url, bounds=bounds, most=most, synthetic=synthetic)
        )

    def _bounds(self) -> tuple[list[float] | None, bool]:
        reader = tiles.reader_of(self.actor)
        text = sqlfile.load("grids", "map_bounds").replace("{streets}", reader.streets_sql)
        row: Any = raw_cursor().execute(text, reader.parameters).fetchone()
        return (list(row[:4]), row[4]) if row else (None, False)


class TileView(MapView):
    """A vector tile of what the caller may see; 204 where there is nothing.

    A level has at most `features_max` shapes; what is left out is said in the layer `left_out` and in the
    header `Tile-Left-Out`.
    """

    query_form = forms.TileQuery

    @extend_schema(
        operation_id="tile",
        parameters=[forms.TileQuery],
        responses={(200, MVT): OpenApiTypes.BINARY, 204: None, 304: None},
    )
    def get(self, request: Request, tileset: str, z: str, x: str, y: str) -> HttpResponseBase:
        tile = tilemath.parse(z, x, y)
        if tile is None or not style.known(tileset):
            raise Problem("no_such_tile")
        at = self.asked().get("at") if request.query_params else None
        drawn = tiles.draw_for(self.actor, tileset, tile, at)
        if not drawn.body:
            return HttpResponse(status=204, headers=PRIVATE)
        headers = {"Tile-Left-Out": ", ".join(drawn.capped)} if drawn.capped else {}
        return answer(request, drawn.body, MVT, headers, drawn.tag)


class StyleView(MapView):
    """A MapLibre style (version 8) that needs nothing but this server."""

    query_form = forms.StyleQuery

    @extend_schema(parameters=[forms.StyleQuery], responses=forms.StyleSerializer)
    def get(self, request: Request) -> HttpResponseBase:
        url = request.build_absolute_uri("/api/v1/tiles/places")
        return document(request, style.style(url=url, labels=self.asked()["labels"]))
