"""JSON out, by orjson; problems with their own media type (RFC 9457)."""

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import Any

import orjson
from rest_framework.renderers import BaseRenderer

from kernel.clock import TZ


def _plain(value: Any) -> Any:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.astimezone(TZ).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, dict):
        return dict(value)
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)
    return str(value)


def dumps(value: Any) -> bytes:
    """UTF-8 JSON; dates, UUIDs, lazy texts and mappings of DRF included. Every instant is local time with its
    offset, wherever it came from."""
    return orjson.dumps(
        value, default=_plain, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_PASSTHROUGH_DATETIME
    )


class JSONRenderer(BaseRenderer):
    media_type = "application/json"
    format = "json"
    charset = None

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> bytes:
        return b"" if data is None else dumps(data)
