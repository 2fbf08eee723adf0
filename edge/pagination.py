"""Pages by limit and offset, with caps that are said, not applied in silence."""

from typing import Any

from rest_framework.pagination import LimitOffsetPagination
from rest_framework.request import Request

from edge.conf import setting
from kernel.problems import Problem

PAGE_PARAMETERS = frozenset({"limit", "offset"})
_DIGITS = 9


class Pages(LimitOffsetPagination):
    """`{"count", "next", "previous", "results"}`; problem `bad_page` with the largest values otherwise."""

    def get_limit(self, request: Request) -> int:
        return _number(request, "limit", setting("PAGE_SIZE"), 1, setting("PAGE_SIZE_MAX"))

    def get_offset(self, request: Request) -> int:
        return _number(request, "offset", 0, 0, setting("PAGE_OFFSET_MAX"))

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        limit = {"type": "integer", "minimum": 1, "maximum": setting("PAGE_SIZE_MAX")}
        offset = {"type": "integer", "minimum": 0, "maximum": setting("PAGE_OFFSET_MAX")}
        return [
            {"name": "limit", "in": "query", "required": False, "schema": limit},
            {"name": "offset", "in": "query", "required": False, "schema": offset},
        ]


def _number(request: Request, name: str, default: int, least: int, most: int) -> int:
    raw = request.query_params.get(name)
    if raw is None:
        return default
    if len(raw) > _DIGITS or not (raw.isascii() and raw.isdigit()) or not least <= int(raw) <= most:
        raise Problem("bad_page", parameter=name, minimum=least, maximum=most)
    return int(raw)


class FilePages(Pages):
    """The same of a file: as many rows as one file holds, unless fewer are asked for."""

    def get_limit(self, request: Request) -> int:
        return _number(request, "limit", setting("EXPORT_ROWS_MAX"), 1, setting("EXPORT_ROWS_MAX"))
