"""The OpenAPI 3.0 document of the OGC API alone: programs look in it for page sizes and parameters. Pure."""

from collections.abc import Iterable
from typing import Any

from grids.serving.ogc.collections import GEOJSON, JSON, Collection

PROBLEMS = ("400", "401", "403", "404", "429", "503")
SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer"},
    "basic": {"type": "http", "scheme": "basic", "description": "any name, a key of the map as password"},
}
_WORDS: dict[str, Any] = {"type": "string"}
BBOX = {
    "name": "bbox", "in": "query", "required": False, "style": "form", "explode": False,
    "description": "west,south,east,north in degrees of CRS84",
    "schema": {"type": "array", "minItems": 4, "maxItems": 6, "items": {"type": "number"}},
}  # fmt: skip
DATETIME = {
    "name": "datetime", "in": "query", "required": False, "style": "form", "explode": False,
    "description": "An RFC 3339 instant or interval; a day stands for all of it", "schema": _WORDS,
}  # fmt: skip
AFTER = {
    "name": "after", "in": "query", "required": False, "description": "From the link `next` only",
    "schema": _WORDS,
}  # fmt: skip


def document(base: str, collections: Iterable[Collection], page: int, most: int) -> dict[str, Any]:
    limit = {
        "name": "limit", "in": "query", "required": False, "style": "form", "explode": False,
        "schema": {"type": "integer", "minimum": 1, "maximum": most, "default": page},
    }  # fmt: skip
    paths: dict[str, Any] = {
        "/": _operation("landing", JSON),
        "/conformance": _operation("conformance", JSON),
        "/collections": _operation("collections", JSON),
    }
    for one in collections:
        here, names = f"/collections/{one.id}", [limit, BBOX, AFTER] + ([] if one.layer else [DATETIME])
        paths[here] = _operation(f"{one.id}.describe", JSON)
        paths[f"{here}/items"] = _operation(f"{one.id}.items", GEOJSON, names)
        paths[f"{here}/items/{{featureId}}"] = _operation(f"{one.id}.item", GEOJSON, [_feature_id()])
    return {
        "openapi": "3.0.3",
        "info": {"title": "网格 grids", "version": "1", "description": "OGC API Features, part 1"},
        "servers": [{"url": base}],
        "security": [{"bearer": []}, {"basic": []}],
        "paths": paths,
        "components": {"securitySchemes": SCHEMES},
    }


def _feature_id() -> dict[str, Any]:
    return {"name": "featureId", "in": "path", "required": True, "schema": {**_WORDS, "format": "uuid"}}


def _operation(name: str, media_type: str, parameters: list[dict[str, Any]] | None = None) -> dict[str, Any]:
    problem = {
        "description": "a problem (RFC 9457)",
        "content": {"application/problem+json": {"schema": {"type": "object"}}},
    }
    answers: dict[str, Any] = {
        "200": {"description": "the answer", "content": {media_type: {"schema": {"type": "object"}}}},
        "304": {"description": "the caller has it already (If-None-Match)"},
        **dict.fromkeys(PROBLEMS, problem),
        "default": problem,
    }
    found: dict[str, Any] = {"operationId": name, "responses": answers}
    return {"get": {**found, "parameters": parameters} if parameters else found}
