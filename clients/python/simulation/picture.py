"""The map at the end: disputes by level. Layers show counts only from five up (k ≥ 5).

A grid with fewer is not drawn by itself: its disputes are counted in its community, and a community that
still has fewer than five is drawn as "1-4", without its number.
"""

from collections import Counter
from pathlib import Path
from typing import Any

LEVELS = ("grid", "community", "street", "district")
COLOURS = {"grid": "#7fb069", "community": "#e6aa68", "street": "#d1495b", "district": "#6a2c70"}
SMALLEST = 5
LABEL: dict[str, Any] = {
    "xytext": (6, 6),
    "textcoords": "offset points",
    "fontsize": 7,
    "bbox": {"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": "#888888", "linewidth": 0.4},
}


def disclose(rows: list[dict[str, Any]]) -> dict[str, dict[str, Counter[str]]]:
    """{"grid": {code: counts by level}, "community": {code: counts}, "few": {code: {}}} under the rule
    above.
    """
    grids: dict[str, Counter[str]] = {}
    for row in rows:
        grids.setdefault(row["grid"], Counter())[row["level"]] += row["disputes"]
    shown = {code: counts for code, counts in grids.items() if counts.total() >= SMALLEST}
    rest: dict[str, Counter[str]] = {}
    for code in grids.keys() - shown.keys():
        rest.setdefault(code[:12], Counter()).update(grids[code])
    communities = {code: counts for code, counts in rest.items() if counts.total() >= SMALLEST}
    few = {code: Counter[str]() for code in rest.keys() - communities.keys()}
    return {"grid": shown, "community": communities, "few": few}


def draw(features: list[dict[str, Any]], rows: list[dict[str, Any]], path: Path) -> Path:
    """`features`: GeoJSON of the grids with `code`; `rows`: {grid, level, disputes}. Writes a PNG."""
    import matplotlib  # noqa: PLC0415  because everything before the picture works without it

    matplotlib.use("Agg")
    from matplotlib import pyplot  # noqa: PLC0415  because the backend must be chosen first

    shown = disclose(rows)
    figure, axes = pyplot.subplots(figsize=(11, 10), dpi=130)
    for feature in features:
        _fill(axes, feature, *_look(feature["properties"]["code"], shown))
    _marks(axes, features, shown["grid"])
    _legend(axes)
    axes.set_aspect(1.43)  # one degree of latitude is 1.43 degrees of longitude wide at 45.7 N
    axes.set_axis_off()
    axes.set_title("Disputes by level, demo district (synthetic grids); counts below 5 are not shown")
    figure.tight_layout()
    figure.savefig(path)
    pyplot.close(figure)
    return path


def _look(code: str, shown: dict[str, dict[str, Counter[str]]]) -> tuple[str, str | None]:
    """Fill and hatch: the most frequent level of the grid, else of its community."""
    counts = shown["grid"].get(code) or shown["community"].get(code[:12])
    if counts:
        return COLOURS[max(LEVELS, key=lambda level: counts[level])], None
    return ("#f4f4f4", "////") if code[:12] in shown["few"] else ("#fbfbfb", None)


def _rings(feature: dict[str, Any]) -> list[list[list[float]]]:
    shape = feature["geometry"]
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return [polygon[0] for polygon in polygons]


def _fill(axes: Any, feature: dict[str, Any], colour: str, hatch: str | None) -> None:
    for ring in _rings(feature):
        xs, ys = zip(*ring, strict=True)
        axes.fill(xs, ys, facecolor=colour, edgecolor="#c8c8c8", linewidth=0.25, hatch=hatch)


def _marks(axes: Any, features: list[dict[str, Any]], shown: dict[str, Counter[str]]) -> None:
    for feature in features:
        counts = shown.get(feature["properties"]["code"])
        if counts:
            ring = _rings(feature)[0]
            x, y = (sum(values) / len(ring) for values in zip(*ring, strict=True))
            axes.annotate(str(counts.total()), (x, y), **LABEL)


def _legend(axes: Any) -> None:
    from matplotlib.patches import Patch  # noqa: PLC0415  because everything before the picture works without it

    handles = [Patch(facecolor=COLOURS[level], label=f"mostly at {level} level") for level in LEVELS]
    handles.append(
        Patch(facecolor="#f4f4f4", hatch="////", edgecolor="#c8c8c8", label="community with 1 to 4")
    )
    axes.legend(handles=handles, loc="lower left", fontsize=8, frameon=False)
