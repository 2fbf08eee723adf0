"""The coordinate system that somebody declared for a file, and what the file itself says about it.

Nothing is guessed: a file that names another system than the declared one contradicts it and is refused.
GCJ-02 and BD-09 have no code of their own: files in them carry the name of WGS 84 or CGCS2000, or none.
"""

import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from grids import projection
from grids.coordinates import shifts, to_wgs84
from kernel.codes.law import CoordinateSystem

NAMES = {
    "EPSG:4326": CoordinateSystem.WGS84, "WGS84": CoordinateSystem.WGS84, "WGS-84": CoordinateSystem.WGS84,
    "EPSG:4490": CoordinateSystem.CGCS2000, "CGCS2000": CoordinateSystem.CGCS2000,
    "GCJ02": CoordinateSystem.GCJ02, "GCJ-02": CoordinateSystem.GCJ02,
    "BD09": CoordinateSystem.BD09, "BD-09": CoordinateSystem.BD09,
}  # fmt: skip
_EPSG = re.compile(r"EPSG:(\d{4,6})")
_AUTHORITY = re.compile(r'(?:ID|AUTHORITY)\[\s*"(EPSG|OGC)"\s*,\s*"?(\w+)"?\s*\]\s*\]\s*$', re.IGNORECASE)
_URN = re.compile(r"urn:ogc:def:crs:(EPSG|OGC):[0-9.]*:(\w+)", re.IGNORECASE)
_WGS = re.compile(r"^GEOG\w*\[\s*\"(?:GCS_)?WGS[ _]?(?:19)?84", re.IGNORECASE)
_CGCS = re.compile(r"^GEOG\w*\[\s*\"[^\"]*(?:CGCS[ _]?2000|China[ _]Geodetic)", re.IGNORECASE)
_MERIDIAN = re.compile(
    r'(?:central_meridian|Longitude of natural origin)"\s*,\s*(-?\d+(?:\.\d+)?)', re.IGNORECASE
)
_EASTING = re.compile(r'(?:false_easting|False easting)"\s*,\s*(-?\d+(?:\.\d+)?)', re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Declared:
    """`name` is what a release keeps; `meridian` is set for a Gauss-Krüger belt."""

    name: str
    system: CoordinateSystem
    meridian: float | None = None

    def degrees(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Pairs as the file has them → longitude, latitude in WGS 84."""
        if self.meridian is None and not shifts(self.system):
            return xy
        x, y = xy[:, 0], xy[:, 1]
        if self.meridian is not None:
            x, y = projection.to_degrees(x, y, self.meridian)
        lon, lat = to_wgs84(x, y, self.system)
        return np.column_stack((lon, lat))


def declared(name: str) -> Declared:
    """What a declaration means; `ValueError` when it is missing or unknown."""
    known = NAMES.get(name.strip().upper())
    if known is not None:
        return Declared(known.value, known)
    if found := _EPSG.fullmatch(name.strip().upper()):
        meridian = projection.central_meridian(int(found[1]))
        return Declared(found[0], CoordinateSystem.CGCS2000, meridian)
    raise ValueError(
        "请声明坐标系 declare EPSG:4326, EPSG:4490, EPSG:4534 to EPSG:4554 (Gauss-Krüger), GCJ-02 or BD-09"
    )


def contradiction(said: Declared, found: str) -> str:
    """Why the system that a file names (`EPSG:…` or WKT; empty: none) cannot be `said`; '' = it can."""
    text = found.strip()
    if not text:
        return ""
    name = _named(text)
    if name is None:
        return f"文件坐标系不明 the file is in an unknown system ({text[:60]}), not in {said.name}"
    return (
        "" if name in _agreeing(said) else f"文件坐标系与所声明的不符 the file says {name}, not {said.name}"
    )


def _agreeing(said: Declared) -> tuple[str, ...]:
    if said.meridian is not None:
        return (said.name,)
    if said.system in (CoordinateSystem.GCJ02, CoordinateSystem.BD09):
        return ("EPSG:4326", "EPSG:4490")
    return ("EPSG:4490" if said.system is CoordinateSystem.CGCS2000 else "EPSG:4326",)


def _named(text: str) -> str | None:
    """The EPSG name of one of our systems, by its code or by what its WKT says; None: another."""
    if _EPSG.fullmatch(text.upper()):
        return text.upper()
    if found := _URN.search(text) or _AUTHORITY.search(text):
        return "EPSG:4326" if found[1].upper() == "OGC" else f"EPSG:{found[2]}"
    if text.upper().startswith("PROJ"):
        return _belt_of(text)
    if _WGS.match(text):
        return "EPSG:4326"
    return "EPSG:4490" if _CGCS.match(text) else None


def _belt_of(wkt: str) -> str | None:
    """The code of a three-degree belt of CGCS2000 with a false easting without zone number."""
    meridian, easting = _MERIDIAN.search(wkt), _EASTING.search(wkt)
    ours = re.search(r"CGCS[ _]?2000|China[ _]Geodetic", wkt, re.IGNORECASE)
    if not (meridian and easting and ours) or float(easting[1]) != projection.FALSE_EASTING:
        return None
    belt = (float(meridian[1]) - projection.FIRST_MERIDIAN) / projection.STEP
    code = projection.FIRST_CODE + int(belt)
    known = projection.FIRST_CODE <= code <= projection.LAST_CODE
    return f"EPSG:{code}" if known and belt == int(belt) else None
