"""The files of an offline pack, bytes in and bytes out: the same content gives the same bytes."""

import gzip
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from pmtiles.reader import MemorySource, Reader, all_tiles
from pmtiles.tile import Compression, TileType, zxy_to_tileid
from pmtiles.writer import Writer

from grids.serving.tilemath import Box, Tile

FORM = 1
"""Of the pack as a whole: another number, and every pack is made anew."""
FIRST_ZOOM, LAST_ZOOM = 10, 15
PMTILES, GEOJSON, JSON = "application/vnd.pmtiles", "application/geo+json", "application/json"
_E7 = 10_000_000
Tiles = dict[tuple[int, int, int], bytes]


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a pack, under the hash of its content."""

    name: str
    media_type: str
    body: bytes

    @property
    def sha256(self) -> str:
        return sha256(self.body).hexdigest()

    def named(self) -> dict[str, Any]:
        """As a manifest names it."""
        return {
            "name": self.name, "media_type": self.media_type, "sha256": self.sha256, "bytes": len(self.body),
        }  # fmt: skip


def archive(tiles: Mapping[Tile, bytes], box: Box, layers: Sequence[Mapping[str, Any]]) -> bytes:
    """A PMTiles archive (version 3) of gzipped vector tiles; empty bytes when there is no tile."""
    by_id = {zxy_to_tileid(tile.z, tile.x, tile.y): body for tile, body in tiles.items() if body}
    if not by_id:
        return b""
    target = io.BytesIO()
    writer = Writer(target)
    for tile_id in sorted(by_id):
        writer.write_tile(tile_id, gzip.compress(by_id[tile_id], mtime=0))
    west, south, east, north = (round(edge * _E7) for edge in box)
    header = {
        "version": 3, "tile_type": TileType.MVT, "tile_compression": Compression.GZIP,
        "min_lon_e7": west, "min_lat_e7": south, "max_lon_e7": east, "max_lat_e7": north,
        "center_lon_e7": (west + east) // 2, "center_lat_e7": (south + north) // 2,
        "center_zoom": LAST_ZOOM - 1,
    }  # fmt: skip
    writer.finalize(header, {"name": "places", "vector_layers": list(layers)})
    return target.getvalue()


def tiles_of(body: bytes) -> Tiles:
    """The tiles of an archive as they are stored in it."""
    return dict(all_tiles(MemorySource(body))) if body else {}


def header_of(body: bytes) -> Mapping[str, Any]:
    """The header of an archive."""
    found: Mapping[str, Any] = Reader(MemorySource(body)).header()
    return found


def collection(features: Sequence[str]) -> bytes:
    """A GeoJSON FeatureCollection of ready features."""
    return ('{"type":"FeatureCollection","features":[' + ",".join(features) + "]}").encode()


def changed(old: Mapping[Any, Any], new: Mapping[Any, Any]) -> tuple[list[Any], list[Any]]:
    """Keys whose value is new or another, and keys that are gone; both sorted."""
    return sorted(key for key, value in new.items() if old.get(key) != value), sorted(old.keys() - new.keys())


def rearchive(tiles: Tiles, like: Mapping[str, Any]) -> bytes:
    """An archive of some tiles of another, as they were stored there, under the same header."""
    target = io.BytesIO()
    writer = Writer(target)
    for tile_id, key in sorted((zxy_to_tileid(*key), key) for key in tiles):
        writer.write_tile(tile_id, tiles[key])
    writer.finalize(dict(like), {"name": "places"})
    return target.getvalue()
