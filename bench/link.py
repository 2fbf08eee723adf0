"""One kept HTTP connection that measures."""

import http.client
import time
import urllib.parse
from collections.abc import Collection

IDLE_S = 15  # the servers close what is silent for 30


class Link:
    """One kept connection; a call gives the body's bytes and the seconds until its last byte."""

    def __init__(self, url: str, token: str = "", *, scheme: str = "Bearer") -> None:
        parts = urllib.parse.urlsplit(url)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        self._headers = {"Content-Type": "application/json"}
        if token:
            self._headers["Authorization"] = f"{scheme} {token}"
        self._used = time.monotonic()
        self.headers: http.client.HTTPMessage | None = None

    def call(
        self, method: str, path: str, body: bytes | None = None, *, fine: Collection[int] = (200,)
    ) -> tuple[bytes, float]:
        """`headers` are then those of the answer. Ends the program when its status is not `fine`."""
        if time.monotonic() - self._used > IDLE_S:
            self._connection.close()
            self._connection.connect()
        started = time.perf_counter()
        self._connection.request(method, path, body, self._headers)
        answer = self._connection.getresponse()
        content = answer.read()
        took, self._used = time.perf_counter() - started, time.monotonic()
        self.headers = answer.headers
        if answer.status not in fine:
            raise SystemExit(f"bench: {method} {path} answered {answer.status}: {content[:500]!r}")
        return content, took
