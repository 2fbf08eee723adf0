"""HTTP as a phone uses it, and a network that behaves as networks do.

`HttpTransport` is one kept-alive connection. `BadNetwork` wraps any transport and, from a seed, loses
requests before the server saw them, loses responses after it acted, sends requests twice, and breaks off in
the middle of a file. The device must not care.
"""

import gzip
import http.client
import json
import random
import urllib.parse
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol


class NetworkLost(Exception):
    """No answer came. Whether the server acted is unknown: send the same thing again."""


class ServerProblem(Exception):
    """An answer that is not 2xx: an RFC 9457 problem with a stable `code`."""

    def __init__(self, status: int, body: dict[str, Any], retry_after: float | None = None) -> None:
        super().__init__(
            f"{status} {body.get('code', '?')}: {body.get('detail', '')} {body.get('fields', '')}"
        )
        self.status, self.body, self.code = status, body, str(body.get("code", ""))
        self.retry_after = retry_after


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    body: Any


@dataclass
class Raw:
    """An answer as it came; names of headers in lower case."""

    status: int
    headers: dict[str, str]
    content: bytes


class Transport(Protocol):
    def send(self, method: str, path: str, body: Any = None, token: str | None = None) -> Answer: ...


class FileTransport(Protocol):
    """`breaks_at`: the network fails after so many bytes of the body."""

    def raw(
        self, method: str, path: str, headers: dict[str, str], body: bytes = b"", breaks_at: int | None = None
    ) -> Raw: ...


class HttpTransport:
    """`base_url` such as http://127.0.0.1:8000; `path` below /api/v1."""

    def __init__(self, base_url: str, *, timeout_s: float = 30.0) -> None:
        self._url = urllib.parse.urlsplit(base_url)
        self._timeout = timeout_s
        self._connection: http.client.HTTPConnection | None = None

    def send(self, method: str, path: str, body: Any = None, token: str | None = None) -> Answer:
        raw = None if body is None else json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()
        headers = {"Accept": "application/json", "Accept-Encoding": "gzip"}
        if raw is not None:
            headers["Content-Type"] = "application/json"
        if token:
            headers["Authorization"] = f"Bearer {token}"
        answer = self.raw(method, path, headers, raw or b"")
        content = answer.content
        if answer.headers.get("content-encoding") == "gzip":
            content = gzip.decompress(content)
        return Answer(answer.status, answer.headers, json.loads(content) if content else None)

    def raw(
        self, method: str, path: str, headers: dict[str, str], body: bytes = b"", breaks_at: int | None = None
    ) -> Raw:
        """Bytes as they are, for files."""
        try:
            return self._exchange(method, f"/api/v1{path}", headers, body, breaks_at)
        except (OSError, http.client.HTTPException) as error:
            self.close()
            raise NetworkLost(f"{type(error).__name__}: {error}") from error

    def _exchange(
        self, method: str, path: str, headers: dict[str, str], body: bytes, breaks_at: int | None
    ) -> Raw:
        if self._connection is None:
            secure = self._url.scheme == "https"
            kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
            self._connection = kind(self._url.hostname or "", self._url.port, timeout=self._timeout)
        if breaks_at is not None:
            self._connection.request(
                method, path, body[:breaks_at], {**headers, "Content-Length": str(len(body))}
            )
            raise ConnectionResetError("the network failed in the middle of the request")
        self._connection.request(method, path, body or None, headers)
        response = self._connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Raw(response.status, found, response.read())

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


@dataclass
class BadNetwork:
    """Shares of requests lost before, responses lost after, requests sent twice, and files broken off in the
    middle of a part; the same seed, the same faults.
    """

    inner: Any
    seed: int
    lose_request: float = 0.10
    lose_response: float = 0.15
    send_twice: float = 0.10
    break_off: float = 0.10
    counts: dict[str, int] = field(
        default_factory=lambda: {"requests": 0, "lost": 0, "unheard": 0, "doubled": 0, "broken off": 0}
    )

    def __post_init__(self) -> None:
        self._chance = random.Random(self.seed)  # noqa: S311  because faults must repeat, not surprise

    def send(self, method: str, path: str, body: Any = None, token: str | None = None) -> Answer:
        answer: Answer = self._through(lambda: self.inner.send(method, path, body, token))
        return answer

    def raw(
        self, method: str, path: str, headers: dict[str, str], body: bytes = b"", breaks_at: int | None = None
    ) -> Raw:
        if body and self._chance.random() < self.break_off:
            self.counts["requests"] += 1
            self.counts["broken off"] += 1
            return self.inner.raw(method, path, headers, body, len(body) // 2)
        answer: Raw = self._through(lambda: self.inner.raw(method, path, headers, body, breaks_at))
        return answer

    def _through(self, ask: Callable[[], Any]) -> Any:
        self.counts["requests"] += 1
        dice = self._chance.random()
        if dice < self.lose_request:
            self.counts["lost"] += 1
            raise NetworkLost("the request was lost")
        answer = ask()
        dice -= self.lose_request
        if dice < self.lose_response:
            self.counts["unheard"] += 1
            raise NetworkLost("the response was lost")
        if dice < self.lose_response + self.send_twice:
            self.counts["doubled"] += 1
            answer = ask()
        return answer
