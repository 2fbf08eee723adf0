"""The parser of a push: as strict as the common one, faster, with limits of its own."""

from typing import Any

from edge.conf import setting
from edge.parsers import StrictJSONParser
from kernel.problems import Problem
from sync import manifest, reading


class PushParser(StrictJSONParser):
    def limit(self) -> int:
        return int(setting("SYNC_PUSH_BYTES_MAX"))

    def refuse(self) -> Problem:
        return Problem("push_too_large", limits=manifest.limits())

    def loads(self, body: bytes) -> Any:
        return reading.loads(body)
