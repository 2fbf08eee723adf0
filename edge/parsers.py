"""The only parser: strict JSON in UTF-8."""

from collections.abc import Mapping
from typing import IO, Any

from rest_framework.exceptions import UnsupportedMediaType
from rest_framework.parsers import BaseParser
from rest_framework.utils.mediatypes import _MediaType

from edge import strict_json
from edge.conf import setting
from kernel.problems import Problem


class StrictJSONParser(BaseParser):
    media_type = "application/json"

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        charset = _MediaType(media_type or self.media_type).params.get("charset", "utf-8")
        if str(charset).lower().strip('"') not in {"utf-8", "utf8"}:
            raise UnsupportedMediaType(media_type or "")
        limit = self.limit()
        body = stream.read(limit + 1)
        if len(body) > limit:
            raise self.refuse()
        return self.loads(body)

    def limit(self) -> int:
        """Most bytes of a body."""
        return int(setting("JSON_MAX_BYTES"))

    def refuse(self) -> Problem:
        """The answer to a body beyond the limit."""
        return Problem("too_large", limit=self.limit())

    def loads(self, body: bytes) -> Any:
        return strict_json.loads(body)
