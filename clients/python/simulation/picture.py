"""The map at the end: disputes by level. Layers show counts only from five up (k ≥ 5).

A level with fewer than five disputes in a grid is counted in its community, which has a number on the map and
a line in the table; what is still below five there is hatched, without a count. Grids have no colour of their
own: nothing here ranks a place.
"""

import itertools
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

LEVELS = {"grid": "G", "community": "C", "street": "S", "district": "D"}
SMALLEST = 5
COMMUNITY_DIGITS = 12
EMPTY, TOLD, LINE, COMMUNITY = "#fbfbfb", "#e3ebf1", "#b5b5b5", "#1d4e89"
MARGIN = 0.001  # degrees
LABEL: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 8, "linespacing": 1.1, "zorder": 3}
NUMBER: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 30, "color": COMMUNITY, "alpha": 0.3}
BOX = {"boxstyle": "round,pad=0.2", "facecolor": "white", "edgecolor": "#888888", "linewidth": 0.4}
Ring = list[list[float]]
Corner = tuple[float, float]
COLUMNS = (0.05, 0.5, 0.62, 0.74, 0.86)
ROW = 0.055


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
    figure = pyplot.figure(figsize=(14, 9), dpi=130, layout="constrained")
    panes = figure.subplot_mosaic([["whole", "near"], ["words", "near"]], width_ratios=(1, 2.4))
    told = [feature for feature in features if _is_told(feature, shown)]
    numbers = {code: number for number, code in enumerate(sorted(set(map(_community, told))), start=1)}
    for axes in (panes["whole"], panes["near"]):
        for feature in features:
            _fill(axes, feature, shown)
        axes.set_aspect(1.43)  # at 45.7 N a degree of latitude is 1.43 degrees of longitude
    _zoom(panes["whole"], panes["near"], told)
    _communities(panes["near"], told, numbers)
    _labels(panes["near"], told, shown)
    _table(panes["words"], shown, numbers)
    for axes in panes.values():
        axes.set_axis_off()
    figure.suptitle("Disputes by level, demo district (synthetic grids); no count below 5 is shown")
    figure.savefig(path)
    pyplot.close(figure)
    return path


def _code(feature: dict[str, Any]) -> str:
    return str(feature["properties"]["code"])


def _community(feature: dict[str, Any]) -> str:
    return _code(feature)[:COMMUNITY_DIGITS]


def _is_told(feature: dict[str, Any], shown: Shown) -> bool:
    community = _community(feature)
    return _code(feature) in shown.grids or community in shown.communities or community in shown.few


def _rings(feature: dict[str, Any]) -> list[Ring]:
    shape = feature["geometry"]
    polygons = [shape["coordinates"]] if shape["type"] == "Polygon" else shape["coordinates"]
    return [polygon[0] for polygon in polygons]


def _fill(axes: Any, feature: dict[str, Any], shown: Shown) -> None:
    few = _code(feature) not in shown.grids and _community(feature) in shown.few
    for ring in _rings(feature):
        xs, ys = zip(*ring, strict=True)
        colour = TOLD if _is_told(feature, shown) else EMPTY
        axes.fill(xs, ys, facecolor=colour, edgecolor=LINE, linewidth=0.3, hatch="////" if few else None)


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


def _communities(axes: Any, told: list[dict[str, Any]], numbers: dict[str, int]) -> None:
    """The border of each community, and its number pale below the labels of its grids."""
    rings: dict[str, list[Ring]] = {}
    for feature in told:
        rings.setdefault(_community(feature), []).extend(_rings(feature))
    for community, cells in rings.items():
        for start, end in _border(cells):
            axes.plot(*zip(start, end, strict=True), color=COMMUNITY, linewidth=1.2, zorder=2)
        axes.text(*_centre(cells), str(numbers[community]), **NUMBER)


def _border(cells: list[Ring]) -> list[tuple[Corner, Corner]]:
    """Edges that one cell alone has: neighbours share their vertices, so an inner edge stands twice."""
    edges: Counter[tuple[Corner, Corner]] = Counter()
    for ring in cells:
        corners = [(point[0], point[1]) for point in ring]
        edges.update((min(pair), max(pair)) for pair in itertools.pairwise(corners))
    return [edge for edge, number in edges.items() if number == 1]


def _labels(axes: Any, told: list[dict[str, Any]], shown: Shown) -> None:
    for feature in told:
        if counts := shown.grids.get(_code(feature)):
            axes.text(*_centre(_rings(feature)), _words(counts), bbox=BOX, **LABEL)


def _centre(rings: list[Ring]) -> Corner:
    """Centre of the area of some rings (the shoelace formula, from the first corner for its accuracy)."""
    (west, south), area, east, north = rings[0][0][:2], 0.0, 0.0, 0.0
    for ring in rings:
        for (x0, y0, *_), (x1, y1, *_) in itertools.pairwise(ring):
            cross = (x0 - west) * (y1 - south) - (x1 - west) * (y0 - south)
            area += cross
            east += (x0 + x1 - 2 * west) * cross
            north += (y0 + y1 - 2 * south) * cross
    return (west + east / (3 * area), south + north / (3 * area)) if area else (west, south)


def _words(counts: Counter[str]) -> str:
    return "\n".join(f"{letter} {counts[level]}" for level, letter in LEVELS.items() if counts[level])


def _table(axes: Any, shown: Shown, numbers: dict[str, int]) -> None:
    """What the signs mean, and what each community adds up to beyond the numbers on its grids."""
    words = ", ".join(f"{letter} {level}" for level, letter in LEVELS.items())
    lines: list[tuple[str, ...]] = [
        (f"On a grid: disputes at level {words}.",),
        ("Below: those of grids with fewer than five at that level, by",),
        ("community; a dash: none, or fewer than five there as well.",),
        ("Hatched: some are hidden for that reason.",),
        (),
        ("community", *LEVELS.values()),
    ]
    for community, number in numbers.items():
        counts = shown.communities.get(community, Counter())
        lines.append((f"{number}  {community}", *(str(counts[level] or "-") for level in LEVELS)))
    height = min(ROW, 1 / len(lines))
    for line, cells in enumerate(lines):
        for left, text in zip(COLUMNS, cells, strict=False):
            axes.text(left, 1 - line * height, text, fontsize=9, va="top", transform=axes.transAxes)
