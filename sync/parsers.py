"""The parser of a push: as strict as the common one, faster, with limits of its own."""

from collections.abc import Mapping
from typing import IO, Any

from rest_framework.parsers import BaseParser

from edge.conf import setting
from edge.parsers import StrictJSONParser
from kernel.problems import Problem
from sync import manifest, reading
from sync.files.tus import MEDIA_TYPE


class PushParser(StrictJSONParser):
    def limit(self) -> int:
        return int(setting("SYNC_PUSH_BYTES_MAX"))

    def refuse(self) -> Problem:
        return Problem("push_too_large", limits=manifest.limits())

    def loads(self, body: bytes) -> Any:
        return reading.loads(body)


class PartParser(BaseParser):
    """A part of a file: left in the stream, where the upload reads it segment by segment."""

    media_type = MEDIA_TYPE

    def parse(
        self,
        stream: IO[bytes],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        return {}


class OctetParser(PartParser):
    """A whole file as the body: left in the stream likewise."""

    media_type = "application/octet-stream"
