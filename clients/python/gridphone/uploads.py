"""Files of a record, by tus 1.0: ask where the file stands, send the next part, until it is whole.

The record goes first and says which files will come (`Album.keep`). Parts may be cut off, lost or doubled:
the server knows the offset, and only a file that is whole and the declared one reaches its size.
"""

import base64
import hashlib
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any

from gridphone.ids import uuid7
from gridphone.transport import FileTransport, NetworkLost, ServerProblem

VERSION = "1.0.0"
PART = 256 * 1024
ADDRESS = "/sync/files"


def declared(content: bytes, *, name: str, media_type: str) -> dict[str, Any]:
    """What the item says about a file; its id is made here and is its identity."""
    digest = hashlib.sha256(content).hexdigest()
    return {"id": uuid7(), "sha256": digest, "size": len(content), "type": media_type, "name": name}


@dataclass(frozen=True)
class Sent:
    """How a file went up: in how many parts, and how often it went on after a break."""

    parts: int
    breaks: int


class Album:
    """The files of a phone that the server does not have whole: each stays on the disk until it does."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, content: bytes, *, name: str, media_type: str) -> dict[str, Any]:
        """Store a new file; what its record has to declare of it."""
        told = declared(content, name=name, media_type=media_type)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        part = self._folder / f"{told['id']}.part"
        part.write_bytes(content)
        part.rename(self._folder / told["id"])
        return told

    def waiting(self) -> list[str]:
        return sorted(path.name for path in self._folder.glob("*") if path.suffix != ".part")

    def send(self, uploader: "Uploader") -> dict[str, Sent]:
        """Send what waits; what went up, by id. A file whose record the server has not taken (yet) goes on
        waiting.
        """
        sent = {}
        for one in self.waiting():
            try:
                sent[one] = uploader.send(one, (self._folder / one).read_bytes())
            except ServerProblem as problem:
                if problem.code != "file_unknown":
                    raise
                continue
            (self._folder / one).unlink()
        return sent


class Uploader:
    """`token` is asked before each request: it may have been refreshed meanwhile."""

    def __init__(
        self,
        transport: FileTransport,
        token: Callable[[], str],
        *,
        part: int = PART,
        tries: int = 25,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._transport, self._token = transport, token
        self._part, self._tries, self._pause = part, tries, pause

    def send(self, file_id: str, content: bytes) -> Sent:
        """Send what the server does not have yet. ServerProblem when it is refused for good, NetworkLost when
        nobody answers: call again later, it goes on.
        """
        parts, breaks, stalled = 0, 0, 0
        offset = self._stand(file_id, len(content))
        while offset < len(content):
            before = offset
            told = self._next(file_id, offset, content[offset : offset + self._part])
            offset = self._stand(file_id, len(content)) if told is None else told
            parts, breaks = parts + 1, breaks + (told is None)
            stalled = 0 if offset > before else stalled + 1
            if stalled > self._tries:
                raise NetworkLost(f"the file stands still at {offset}: it waits on the phone")
        return Sent(parts, breaks)

    def _stand(self, file_id: str, size: int) -> int:
        """Where the file stands at the server (HEAD); begun there (POST) when the server knows no upload."""
        return self._insist(lambda: self._ask(file_id, size))

    def _ask(self, file_id: str, size: int) -> int:
        try:
            return self._call("HEAD", f"{ADDRESS}/{file_id}", {})
        except ServerProblem as problem:
            if problem.status not in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
                raise
        return self._begin(file_id, size)

    def _begin(self, file_id: str, size: int) -> int:
        named = f"id {base64.b64encode(file_id.encode()).decode()}"
        return self._call("POST", ADDRESS, {"Upload-Length": str(size), "Upload-Metadata": named})

    def _next(self, file_id: str, offset: int, part: bytes) -> int | None:
        """The offset after this part; None when it is not known what became of it."""
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
            return None

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
        answer = self._transport.raw(method, path, own | headers, body)
        if answer.status >= HTTPStatus.BAD_REQUEST:
            wait = answer.headers.get("retry-after")
            raise ServerProblem(answer.status, _problem(answer.content), float(wait) if wait else None)
        return int(answer.headers["upload-offset"])


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
