"""The collections, and their documents: what a GIS reads before it asks for anything. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from kernel import clock

CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
GREGORIAN = "http://www.opengis.net/def/uom/ISO-8601/0/Gregorian"
CONFORMANCE = [
    f"http://www.opengis.net/spec/ogcapi-features-1/1.0/conf/{name}" for name in ("core", "geojson", "oas30")
]
JSON, GEOJSON = "application/json", "application/geo+json"
OPENAPI = "application/vnd.oai.openapi+json;version=3.0"
NOTE_SHAPES = "One feature for each shape and the time it was in force; without datetime those of today."


@dataclass(frozen=True, slots=True)
class Collection:
    """`level` is what its features are; `layer` names the counts it carries ('' for the shapes alone)."""

    id: str
    level: str
    title: str
    description: str
    layer: str = ""


SHAPES = [
    Collection("districts", "district", "区县 districts", NOTE_SHAPES),
    Collection("streets", "street", "街道 streets", NOTE_SHAPES),
    Collection("communities", "community", "社区 communities", NOTE_SHAPES),
    Collection("grids", "grid", "网格 grids", NOTE_SHAPES),
]


def link(href: str, rel: str, media_type: str = JSON, title: str = "") -> dict[str, str]:
    found = {"href": href, "rel": rel, "type": media_type}
    return {**found, "title": title} if title else found


def landing(base: str) -> dict[str, Any]:
    return {
        "title": "网格 grids",
        "description": "Areas, grids and counts, as far as the caller may see them",
        "links": [
            link(base, "self"),
            link(f"{base}/api", "service-desc", OPENAPI, "the API as OpenAPI 3.0"),
            link(f"{base}/conformance", "conformance"),
            link(f"{base}/collections", "data"),
        ],
    }


def conformance() -> dict[str, Any]:
    return {"conformsTo": CONFORMANCE}


def collection(base: str, found: Collection, box: list[float] | None, since: str | None) -> dict[str, Any]:
    """The document of one collection; its extent is that of what the caller sees."""
    here = f"{base}/collections/{found.id}"
    extent: dict[str, Any] = {}
    if box:
        extent["spatial"] = {"bbox": [box], "crs": CRS84}
    if since and not found.layer:
        extent["temporal"] = {"interval": [[_midnight(since), None]], "trs": GREGORIAN}
    return {
        "id": found.id, "title": found.title, "description": found.description, "itemType": "feature",
        "crs": [CRS84], "extent": extent,
        "links": [link(here, "self"), link(f"{here}/items", "items", GEOJSON)],
    }  # fmt: skip


def _midnight(day: str) -> str:
    """When the local day begins, in UTC: boundaries change then."""
    return clock.day_start(date.fromisoformat(day)).strftime("%Y-%m-%dT%H:%M:%SZ")


def listing(base: str, documents: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {"links": [link(f"{base}/collections", "self")], "collections": list(documents)}


def find(collections: Iterable[Collection], name: str) -> Collection | None:
    return next((one for one in collections if one.id == name), None)
