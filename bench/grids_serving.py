"""Tiles, items and GeoJSON beside tipg, the bare floor and drf-gis: figures for `bench/grids.py`.

`measure_serving(stand, runs)` takes a stand of `bench/stand.py`. Tiles and items are asked of both servers
over HTTP on the same database, one after the other in each run. Before that the content is compared: the same
grids, and in each tile the same number of vertices of each. `tile_` is a tile as a running server answers it
(drawn before, kept under streets and state), `first_tile_` one that was never asked for.
"""

import json
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import orjson
from link import Link
from peers import tipg
from peers.tipg import Tipg
from stand import Stand, say

from backend.bootstrap.run import manage
from grids.serving.tilemath import Box, Tile, tiles_over
from tests.grids.mvt import read

ZOOMS = (13, 14, 15)
TILES_OF_A_ZOOM = 12
EXACT = 7
Act = Callable[[], float]


class Serving:
    """Ours, asked by an administrator who sees every grid."""

    def __init__(self, stand: Stand, peer: Tipg) -> None:
        self._link, self._floor = Link(stand.url, administrator(stand)), Link(stand.floor_url)
        self._peer = peer
        self._asked = self._days = 0
        self.grids = len(self._ids())
        self.tiles = {zoom: self._densest(zoom) for zoom in ZOOMS}
        self._compare()

    def _ids(self) -> list[str]:
        content, _ = self._items()
        return [feature["properties"]["grid"] for feature in json.loads(content)["features"]]

    def _items(self) -> tuple[bytes, float]:
        return self._link.call("GET", "/api/v1/ogc/collections/grids/items?limit=5000")

    def _tile(self, tile: Tile) -> tuple[bytes, float]:
        return self._link.call("GET", f"/api/v1/tiles/grid/{tile.z}/{tile.x}/{tile.y}", fine=(200, 204))

    def _densest(self, zoom: int) -> list[Tile]:
        """The tiles of a zoom with the most grids."""
        found = json.loads(self._link.call("GET", "/api/v1/tiles/grid")[0])["bounds"]
        counted = {tile: len(grids_of(self._tile(tile)[0], "id")) for tile in tiles_over(Box(*found), zoom)}
        return sorted(counted, key=lambda tile: counted[tile], reverse=True)[:TILES_OF_A_ZOOM]

    def _compare(self) -> None:
        for tile in (tile for tiles in self.tiles.values() for tile in tiles):
            ours = grids_of(self._tile(tile)[0], "id")
            theirs = grids_of(self._peer.tile(tile.z, tile.x, tile.y)[0], "grid_id")
            if ours != theirs or not ours:
                raise SystemExit(f"bench: {tile} has {len(ours)} grids of ours and {len(theirs)} of tipg")
        if sorted(self._ids()) != sorted(self._peer.ids(self.grids)):
            raise SystemExit("bench: tipg has other items")

    def first_tiles_ms(self, zoom: int) -> float:
        """The same shapes on a day that nobody has asked for: nothing is kept for it."""
        self._days += 1
        day = (date.today() - timedelta(days=self._days)).isoformat()  # noqa: DTZ011  because any day will do
        places = (f"/api/v1/tiles/grid/{tile.z}/{tile.x}/{tile.y}?at={day}" for tile in self.tiles[zoom])
        return statistics.mean(self._link.call("GET", place)[1] for place in places) * 1000

    def tiles_ms(self, zoom: int) -> float:
        """Mean of the zoom's tiles."""
        return statistics.mean(self._tile(tile)[1] for tile in self.tiles[zoom]) * 1000

    def peer_tiles_ms(self, zoom: int) -> float:
        tiles = self.tiles[zoom]
        return statistics.mean(self._peer.tile(tile.z, tile.x, tile.y)[1] for tile in tiles) * 1000

    def items_ms(self) -> float:
        return self._items()[1] * 1000

    def peer_items_ms(self) -> float:
        return self._peer.items(self.grids)[1] * 1000

    def geojson_ms(self) -> float:
        """A box that was never asked for, and holds everything: no answer is kept for it."""
        self._asked += 1
        box = f"126,45,127.{self._asked:04d}1,46"
        return self._link.call("GET", f"/api/v1/grids?bbox={box}")[1] * 1000

    def geojson_again_ms(self) -> float:
        return self._link.call("GET", "/api/v1/grids")[1] * 1000

    def floor_ms(self) -> float:
        return self._floor.call("GET", "/grids")[1] * 1000


def grids_of(tile: bytes, key: str) -> dict[str, int]:
    """Grid → vertices; both servers draw the same rings."""
    features = [feature for layer in read(tile).values() for feature in layer]
    return {feature.properties[key]: feature.vertices for feature in features}


def administrator(stand: Stand) -> str:
    """An access token of somebody who sees every grid."""
    account = next(row for row in stand.demo["accounts"] if row["role"] == "district_admin")
    body = json.dumps({"username": account["username"], "password": account["password"]}).encode()
    content, _ = Link(stand.url).call("POST", "/api/v1/auth/login", body)
    return str(json.loads(content)["access"])


def drf_gis() -> tuple[Act, Act]:
    """The same features in this process: by our statement, and by drf-gis's serializer over the ORM.

    Django must be set up on the stand's database.
    """
    from rest_framework_gis.serializers import GeoFeatureModelSerializer  # noqa: PLC0415  because it needs Django

    from grids import geojson  # noqa: PLC0415  because of the same
    from grids.models import Grid, GridShape  # noqa: PLC0415  because of the same

    class Shapes(GeoFeatureModelSerializer):
        class Meta:
            model = GridShape
            geo_field = "geom"
            fields = ("id", "name", "kind", "households", "release")

    def ours() -> float:
        streets = set(Grid.objects.values_list("community__parent_id", flat=True))
        start = time.perf_counter()
        count, body = geojson.features(streets, at=None, filters={}, limit=100_000, offset=0)
        took = time.perf_counter() - start
        return took * 1000 if count and body else float("nan")

    def theirs() -> float:
        start = time.perf_counter()
        orjson.dumps(Shapes(GridShape.objects.filter(announced=True), many=True).data, default=str)
        return (time.perf_counter() - start) * 1000

    return ours, theirs


def measure_serving(stand: Stand, runs: int) -> dict[str, float]:
    """Medians in milliseconds, and ours ÷ theirs; the lowest and highest of each beside them."""
    manage(stand.env, "grids_maps")
    with tipg.running(stand) as peer:
        serving = Serving(stand, peer)
        say(f"bench: serving, {serving.grids} grids, {max(runs, EXACT)} runs")
        ours, theirs = drf_gis()
        acts: dict[str, Act] = {}
        for zoom in ZOOMS:
            acts[f"tile_z{zoom}_ms"] = lambda zoom=zoom: serving.tiles_ms(zoom)
            acts[f"first_tile_z{zoom}_ms"] = lambda zoom=zoom: serving.first_tiles_ms(zoom)
            acts[f"tipg_tile_z{zoom}_ms"] = lambda zoom=zoom: serving.peer_tiles_ms(zoom)
        acts |= {
            "items_ms": serving.items_ms, "tipg_items_ms": serving.peer_items_ms,
            "geojson_ms": serving.geojson_ms, "geojson_again_ms": serving.geojson_again_ms,
            "floor_geojson_ms": serving.floor_ms, "geojson_in_process_ms": ours, "drf_gis_ms": theirs,
        }  # fmt: skip
        found = _medians(acts, max(runs, EXACT))
    return found | _ratios(found)


def _medians(acts: dict[str, Act], runs: int) -> dict[str, float]:
    values: dict[str, list[float]] = {name: [] for name in acts}
    for act in acts.values():
        act()
    for _ in range(runs):
        for name, act in acts.items():
            values[name].append(act())
    flat: dict[str, Any] = {}
    for name, each in values.items():
        flat[name] = round(statistics.median(each), 2)
        flat[f"{name}_lowest"], flat[f"{name}_highest"] = round(min(each), 2), round(max(each), 2)
    return flat


def _ratios(found: dict[str, float]) -> dict[str, float]:
    pairs = {
        "items_vs_tipg": ("items_ms", "tipg_items_ms"),
        "geojson_vs_floor": ("geojson_ms", "floor_geojson_ms"),
        "geojson_vs_drf_gis": ("geojson_in_process_ms", "drf_gis_ms"),
    }
    pairs |= {f"tiles_z{zoom}_vs_tipg": (f"tile_z{zoom}_ms", f"tipg_tile_z{zoom}_ms") for zoom in ZOOMS}
    ratios = {name: round(found[ours] / found[theirs], 3) for name, (ours, theirs) in pairs.items()}
    whole = {who: sum(found[f"{who}tile_z{zoom}_ms"] for zoom in ZOOMS) for who in ("", "first_", "tipg_")}
    return ratios | {f"{who}tiles_vs_tipg": round(whole[who] / whole["tipg_"], 3) for who in ("", "first_")}
