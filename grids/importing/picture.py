"""A picture of findings: the shapes in grey, what is wrong in red, what is worth a look in orange."""

import io
from collections.abc import Iterable, Sequence

import numpy as np
import shapely
from PIL import Image, ImageDraw

from grids.faults import Severity

WIDTH, HEIGHT, MARGIN = 1200, 900, 40
DOT = 5
COLOURS = {Severity.ERROR: "#c0182b", Severity.WARNING: "#d98200", Severity.NOTE: "#2a64b8"}
GREY, PAPER, INK = "#9aa3ad", "#ffffff", "#20262d"
Mark = tuple[shapely.Geometry, Severity, str]
"""Where, how bad, and what to write beside it."""


class _Sheet:
    """Degrees → pixels, north up, as wide as the latitude makes a degree."""

    def __init__(self, shapes: Sequence[shapely.Geometry]) -> None:
        west, south, east, north = shapely.total_bounds(np.array(shapes, dtype=object))
        self.west, self.north = west, north
        self.squeeze = float(np.cos(np.radians((south + north) / 2)))
        across, down = max((east - west) * self.squeeze, 1e-6), max(north - south, 1e-6)
        self.scale = min((WIDTH - 2 * MARGIN) / across, (HEIGHT - 2 * MARGIN) / down)

    def pixels(self, shape: shapely.Geometry) -> list[tuple[float, float]]:
        xy = shapely.get_coordinates(shape)
        x = MARGIN + (xy[:, 0] - self.west) * self.squeeze * self.scale
        y = MARGIN + (self.north - xy[:, 1]) * self.scale
        return list(zip(x.tolist(), y.tolist(), strict=True))


def draw(outlines: Iterable[shapely.Geometry], marks: Sequence[Mark]) -> bytes:
    """The PNG; an empty sheet when there is nothing to draw."""
    image = Image.new("RGB", (WIDTH, HEIGHT), PAPER)
    pen, grey = ImageDraw.Draw(image), list(outlines)
    if places := grey + [shape for shape, _, _ in marks]:
        sheet = _Sheet(places)
        for shape in grey:
            _lines(pen, sheet, shape, GREY, 1)
        for shape, severity, label in marks:
            _mark(pen, sheet, shape, COLOURS[severity], label)
    pen.text((MARGIN, HEIGHT - MARGIN + 10), f"{len(grey)} shapes, {len(marks)} findings", fill=INK)
    sink = io.BytesIO()
    image.save(sink, "PNG", optimize=True)
    return sink.getvalue()


def _mark(pen: ImageDraw.ImageDraw, sheet: _Sheet, shape: shapely.Geometry, colour: str, label: str) -> None:
    _lines(pen, sheet, shape, colour, 3)
    (x, y), *_ = sheet.pixels(shapely.point_on_surface(shape))
    pen.ellipse((x - DOT, y - DOT, x + DOT, y + DOT), outline=colour, width=2)
    pen.text((x + DOT + 2, y - DOT), label, fill=INK)


def _lines(pen: ImageDraw.ImageDraw, sheet: _Sheet, shape: shapely.Geometry, colour: str, width: int) -> None:
    for part in shapely.get_parts(shape):
        if part.geom_type == "Polygon":
            for ring in (part.exterior, *part.interiors):
                pen.line(sheet.pixels(ring), fill=colour, width=width)
        elif part.geom_type in ("LineString", "LinearRing"):
            pen.line(sheet.pixels(part), fill=colour, width=width)
