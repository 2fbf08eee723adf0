"""TileJSON 3.0 and a MapLibre style: pure documents. Nothing in them points outside this server.

The style names no `glyphs` and no `sprite`: MapLibre GL JS (from 5.11 on) draws letters with the fonts of the
device then. Older renderers ask for the style without labels.
"""

from typing import Any

from grids.serving import tilemath
from grids.serving.tilemath import FROM_ZOOM, MAX_ZOOM, TILESETS, WHOLE

FIELDS = {
    "grid": {
        "id": "String", "code": "String", "name": "String", "community": "String: id",
        "kind": "String: 1 comprehensive, 2 special, 3 micro", "households": "Number",
        "synthetic": "Boolean",
    },
    "left_out": {"level": "String: the level of which this tile has not all", "shown": "Number"},
}  # fmt: skip
AREA_FIELDS = {"id": "String", "code": "String", "name": "String", "parent": "String: id of the area above"}
SYNTHETIC = "合成网格，非真实边界 synthetic grids, no real borders"
CAPPED = "此处未全部显示 not all is shown"
INK, GRID, STREET, DISTRICT, PAPER = "#44546a", "#7a8ca3", "#b4572f", "#7b2d26", "#f6f4ee"


def tilejson(
    tileset: str, *, url: str, bounds: list[float] | None, most: int, synthetic: bool = False
) -> dict[str, Any]:
    """A tileset's TileJSON 3.0; `url` has {z}, {x} and {y}, `most` caps the shapes of a level."""
    first = min(FROM_ZOOM[level] for level in tilemath.levels(tileset, MAX_ZOOM))
    shown = [level for level in FROM_ZOOM if tileset in (WHOLE, level)]
    layers: list[dict[str, Any]] = [
        {
            "id": level, "minzoom": FROM_ZOOM[level], "maxzoom": MAX_ZOOM,
            "fields": FIELDS.get(level, AREA_FIELDS),
        }
        for level in shown
    ]  # fmt: skip
    layers.append({"id": "left_out", "description": f"of this level only the first {most} are in the tile",
                   "fields": FIELDS["left_out"]})  # fmt: skip
    document = {
        "tilejson": "3.0.0", "name": tileset, "version": "1.0.0", "scheme": "xyz", "tiles": [url],
        "minzoom": first, "maxzoom": MAX_ZOOM, "vector_layers": layers, "features_max": most,
        "description": f"At most {most} shapes of a level in a tile; what is missing is said in left_out",
    }  # fmt: skip
    if synthetic:
        document["attribution"] = SYNTHETIC
    return document if bounds is None else {**document, "bounds": bounds}


def style(*, url: str, labels: bool) -> dict[str, Any]:
    """The whole map on blank paper, from the tileset `places` at `url` (its TileJSON)."""
    drawn = [
        {"id": "paper", "type": "background", "paint": {"background-color": PAPER}},
        _layer("street-fill", "street", "fill", {"fill-color": "#e9e4d8", "fill-opacity": 0.6}),
        _layer("grid-fill", "grid", "fill", {"fill-color": "#dfe7ee", "fill-opacity": 0.5}),
        _layer("grid-line", "grid", "line", {"line-color": GRID, "line-width": _by_zoom(12, 0.4, 16, 1.5)}),
        _layer(
            "community-line",
            "community",
            "line",
            {"line-color": INK, "line-width": _by_zoom(10, 0.5, 16, 2.5)},
        ),
        _layer(
            "street-line", "street", "line", {"line-color": STREET, "line-width": _by_zoom(8, 0.6, 16, 3.5)}
        ),
        _layer(
            "district-line", "district", "line", {"line-color": DISTRICT, "line-width": _by_zoom(4, 1, 16, 4)}
        ),
    ]
    names = [
        _label("grid-name", "grid", (14, 24), 11, INK),
        _label("community-name", "community", (12, 14), 12, INK),
        _label("street-name", "street", (9, 12), 13, STREET),
        _label("district-name", "district", (4, 9), 13, DISTRICT),
        _layer("left-out", "left_out", "symbol", {"text-color": "#c00000"}, {"text-field": CAPPED}),
    ]
    return {
        "version": 8, "name": "网格 grids", "sources": {"places": {"type": "vector", "url": url}},
        "layers": [*drawn, *names] if labels else drawn,
    }  # fmt: skip


def _by_zoom(*stops: float) -> list[Any]:
    return ["interpolate", ["linear"], ["zoom"], *stops]


def _layer(
    name: str, source: str, kind: str, paint: dict[str, Any], layout: dict[str, Any] | None = None
) -> dict[str, Any]:
    found = {"id": name, "type": kind, "source": "places", "source-layer": source, "paint": paint}
    return found if layout is None else {**found, "layout": layout}


def _label(name: str, level: str, zooms: tuple[int, int], size: int, colour: str) -> dict[str, Any]:
    layout = {
        "text-field": ["get", "name"],
        "text-size": size,
        "text-font": ["sans-serif"],
        "text-max-width": 8,
    }
    paint = {"text-color": colour, "text-halo-color": PAPER, "text-halo-width": 1.5}
    first, last = zooms
    return {**_layer(name, level, "symbol", paint, layout), "minzoom": first, "maxzoom": last}


def known(tileset: str) -> bool:
    return tileset in TILESETS
