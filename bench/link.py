"""One kept HTTP connection that measures."""

import http.client
import time
import urllib.parse


class Link:
    """One kept connection; a call gives the body's bytes and the seconds until its last byte."""

    def __init__(self, url: str, token: str = "") -> None:
        self._url, self._token = url, token
        parts = urllib.parse.urlsplit(url)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=120)
        self._headers = {"Content-Type": "application/json"}
        if token:
            self._headers["Authorization"] = f"Bearer {token}"

    def another(self) -> "Link":
        """A second connection with the same rights."""
        return Link(self._url, self._token)

    def call(self, method: str, path: str, body: bytes | None = None) -> tuple[bytes, float]:
        started = time.perf_counter()
        self._connection.request(method, path, body, self._headers)
        answer = self._connection.getresponse()
        content = answer.read()
        took = time.perf_counter() - started
        if answer.status != http.HTTPStatus.OK:
            raise SystemExit(f"bench: {method} {path} answered {answer.status}: {content[:500]!r}")
        return content, took
