"""Files of a record, by tus 1.0: ask where the file stands, send the next part, until it is whole.

The record goes first and says which files will come (`declared`). Parts may be cut off, lost or doubled: the
server knows the offset, and only a file that is whole and the declared one reaches its size.
"""

import base64
import hashlib
import http.client
import json
import time
import urllib.parse
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from gridphone.ids import uuid7
from gridphone.transport import NetworkLost, ServerProblem

VERSION = "1.0.0"
PART = 256 * 1024
ADDRESS = "/api/v1/sync/files"


def declared(content: bytes, *, name: str, media_type: str) -> dict[str, Any]:
    """What the item says about a file; its id is made here and is its identity."""
    digest = hashlib.sha256(content).hexdigest()
    return {"id": uuid7(), "sha256": digest, "size": len(content), "type": media_type, "name": name}


class Uploader:
    """`token` is asked before each request: it may have been refreshed meanwhile."""

    def __init__(
        self,
        base_url: str,
        token: Callable[[], str],
        *,
        part: int = PART,
        tries: int = 25,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._url, self._token = urllib.parse.urlsplit(base_url), token
        self._part, self._tries, self._pause = part, tries, pause

    def send(self, file_id: str, content: bytes) -> int:
        """Send what the server does not have yet; how many parts that took. ServerProblem when it is
        refused for good, NetworkLost when nobody answers: call again later, it goes on.
        """
        parts, stalled = 0, 0
        offset = self._begin(file_id, len(content))
        while offset < len(content):
            before = offset
            offset = self._next(file_id, offset, content[offset : offset + self._part], len(content))
            parts, stalled = parts + 1, 0 if offset > before else stalled + 1
            if stalled > self._tries:
                raise NetworkLost(f"the file stands still at {offset}: it waits on the phone")
        return parts

    def _begin(self, file_id: str, size: int) -> int:
        named = f"id {base64.b64encode(file_id.encode()).decode()}"
        headers = {"Upload-Length": str(size), "Upload-Metadata": named}
        return self._insist(lambda: self._call("POST", ADDRESS, headers))

    def _next(self, file_id: str, offset: int, part: bytes, size: int) -> int:
        """The offset after this part, or where the server says that the file stands."""
        digest = base64.b64encode(hashlib.sha256(part).digest()).decode()
        headers = {
            "Upload-Offset": str(offset),
            "Upload-Checksum": f"sha256 {digest}",
            "Content-Type": "application/offset+octet-stream",
        }
        try:
            return self._call("PATCH", f"{ADDRESS}/{file_id}", headers, part)
        except (NetworkLost, ServerProblem) as error:
            if isinstance(error, ServerProblem) and not _passing(error):
                raise
            return self._begin(file_id, size)

    def _insist(self, ask: Callable[[], int]) -> int:
        for attempt in range(self._tries):
            try:
                return ask()
            except (NetworkLost, ServerProblem) as error:
                if isinstance(error, ServerProblem) and not _passing(error):
                    raise
                said = error.retry_after if isinstance(error, ServerProblem) else None
                self._pause(said or min(2.0, 0.05 * 2 ** min(attempt, 6)))
        raise NetworkLost(f"no answer after {self._tries} tries: the file waits on the phone")

    def _call(self, method: str, path: str, headers: dict[str, str], body: bytes = b"") -> int:
        own = {"Tus-Resumable": VERSION, "Authorization": f"Bearer {self._token()}"}
        secure = self._url.scheme == "https"
        kind = http.client.HTTPSConnection if secure else http.client.HTTPConnection
        connection = kind(self._url.hostname or "", self._url.port, timeout=30)
        try:
            connection.request(method, path, body, own | headers)
            answer = connection.getresponse()
            content = answer.read()
        except (OSError, http.client.HTTPException) as error:
            raise NetworkLost(f"{type(error).__name__}: {error}") from error
        finally:
            connection.close()
        if answer.status >= HTTPStatus.BAD_REQUEST:
            wait = answer.headers.get("Retry-After")
            raise ServerProblem(answer.status, _problem(content), float(wait) if wait else None)
        return int(answer.headers["Upload-Offset"])


def _problem(content: bytes) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _passing(problem: ServerProblem) -> bool:
    """Whether the same file may go on: another offset, a damaged part, a busy server."""
    if problem.code in {"upload_offset_mismatch", "checksum_mismatch", "upload_expired", "upload_unknown"}:
        return True
    return problem.status >= HTTPStatus.INTERNAL_SERVER_ERROR
