"""The map at the end: disputes by level. Layers show counts only from five up (k ≥ 5).

A level with fewer than five disputes in a grid is counted in its community; what is still below five there is
drawn as "fewer than five", without a number. Grids have no colour of their own: nothing here ranks a place.
"""

import itertools
import math
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LEVELS = {"grid": "G", "community": "C", "street": "S", "district": "D"}
SMALLEST = 5
COMMUNITY_DIGITS = 12
EMPTY, TOLD = "#fbfbfb", "#e3ebf1"
MARGIN = 0.001  # degrees
LABEL: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 7, "linespacing": 1.1}
BOX = {"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": "#888888", "linewidth": 0.4}


@dataclass
class Shown:
    """Counts by level that may be shown, by code; communities of which something stays hidden."""

    grids: dict[str, Counter[str]] = field(default_factory=dict)
    communities: dict[str, Counter[str]] = field(default_factory=dict)
    few: set[str] = field(default_factory=set)


def disclose(rows: list[dict[str, Any]]) -> Shown:
    """`rows`: {grid, level, disputes}. A count of at least five at its grid, else its community, else not."""
    shown, rest = Shown(), Counter[tuple[str, str]]()
    for row in rows:
        if row["disputes"] >= SMALLEST:
            shown.grids.setdefault(row["grid"], Counter())[row["level"]] += row["disputes"]
        else:
            rest[row["grid"][:COMMUNITY_DIGITS], row["level"]] += row["disputes"]
    for (community, level), number in rest.items():
        if number >= SMALLEST:
            shown.communities.setdefault(community, Counter())[level] = number
        else:
            shown.few.add(community)
    return shown


def draw(features: list[dict[str, Any]], rows: list[dict[str, Any]], path: Path) -> Path:
    """`features`: GeoJSON of the grids with `code`; `rows` as for `disclose`. Writes a PNG."""
    import matplotlib  # noqa: PLC0415  because everything before the picture works without it

    matplotlib.use("Agg")
    from matplotlib import pyplot  # noqa: PLC0415  because the backend must be chosen first

    shown = disclose(rows)
    figure, (whole, near) = pyplot.subplots(1, 2, figsize=(14, 9), dpi=130, width_ratios=(1, 2.2))
    told = [feature for feature in features if _is_told(feature, shown)]
    for axes in (whole, near):
        for feature in features:
            _fill(axes, feature, shown)
        axes.set_aspect(1.43)  # at 45.7 N a degree of latitude is 1.43 degrees of longitude
        axes.set_axis_off()
    _zoom(whole, near, told)
    _labels(near, features, shown)
    _legend(whole)
    figure.suptitle("Disputes by level, demo district (synthetic grids); no count below 5 is shown")
    figure.tight_layout()
    figure.savefig(path)
    pyplot.close(figure)
    return path


def _code(feature: dict[str, Any]) -> str:
    return str(feature["properties"]["code"])


def _is_told(feature: dict[str, Any], shown: Shown) -> bool:
    code, community = _code(feature), _code(feature)[:COMMUNITY_DIGITS]
    return code in shown.grids or community in shown.communities or community in shown.few


def _rings(feature: dict[str, Any]) -> list[list[list[float]]]:
    shape = feature["geometry"]
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return [polygon[0] for polygon in polygons]


def _fill(axes: Any, feature: dict[str, Any], shown: Shown) -> None:
    code = _code(feature)
    few = code not in shown.grids and code[:COMMUNITY_DIGITS] in shown.few
    for ring in _rings(feature):
        xs, ys = zip(*ring, strict=True)
        colour = TOLD if _is_told(feature, shown) else EMPTY
        axes.fill(xs, ys, facecolor=colour, edgecolor="#b5b5b5", linewidth=0.3, hatch="////" if few else None)


def _zoom(whole: Any, near: Any, told: list[dict[str, Any]]) -> None:
    """The near map shows where disputes are; a frame in the whole map says where that is."""
    points = [point for feature in told for ring in _rings(feature) for point in ring]
    if not points:
        return
    xs, ys = zip(*points, strict=True)
    west, east, south, north = min(xs) - MARGIN, max(xs) + MARGIN, min(ys) - MARGIN, max(ys) + MARGIN
    near.set_xlim(west, east)
    near.set_ylim(south, north)
    frame = ((west, east, east, west, west), (south, south, north, north, south))
    whole.plot(*frame, color="#333333", linewidth=0.8)


def _labels(axes: Any, features: list[dict[str, Any]], shown: Shown) -> None:
    centres: dict[str, list[tuple[float, float]]] = {}
    for feature in features:
        centre, code = _centre(_rings(feature)[0]), _code(feature)
        centres.setdefault(code[:COMMUNITY_DIGITS], []).append(centre)
        if code in shown.grids:
            axes.text(*centre, _words(shown.grids[code]), bbox=BOX, **LABEL)
    for community, counts in shown.communities.items():
        words = "community\n" + _words(counts)
        axes.text(*_between(centres[community]), words, color="#1d4e89", style="italic", bbox=BOX, **LABEL)


def _centre(points: Any) -> tuple[float, float]:
    xs, ys = zip(*points, strict=True)
    return sum(xs) / len(xs), sum(ys) / len(ys)


def _between(centres: list[tuple[float, float]]) -> tuple[float, float]:
    """Halfway between two grids, as far as can be from every label of a single one."""
    halves = [_centre(pair) for pair in itertools.combinations(centres, 2)] or centres
    return max(halves, key=lambda half: min(math.dist(half, centre) for centre in centres))


def _words(counts: Counter[str]) -> str:
    return "\n".join(f"{letter} {counts[level]}" for level, letter in LEVELS.items() if counts[level])


def _legend(axes: Any) -> None:
    from matplotlib.patches import Patch  # noqa: PLC0415  because everything before the picture works without it

    words = ", ".join(f"{letter} {level}" for level, letter in LEVELS.items())
    handles = [
        Patch(facecolor=TOLD, edgecolor="#b5b5b5", label=f"disputes at level {words}"),
        Patch(facecolor=TOLD, hatch="////", edgecolor="#b5b5b5", label="fewer than five in the community"),
    ]
    axes.legend(handles=handles, loc="upper left", bbox_to_anchor=(0, 0), fontsize=8, frameon=False)
