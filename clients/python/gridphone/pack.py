"""The offline pack 离线包: what a phone needs to draw its map without a network.

The manifest names each file by the hash of its content. What lies there already is not fetched again; the
rest comes in byte ranges and goes on where a break has left it. The new pack takes the place of the old one
only when it is whole. A worker without a grid has no pack any more: then nothing of it stays on the phone.
"""

import hashlib
import json
import shutil
from collections.abc import Callable
from http import HTTPStatus
from pathlib import Path
from typing import Any

from gridphone.transport import FileTransport, Raw, ServerProblem

PART = 64 * 1024
ADDRESS = "/offline-pack"


class Pack:
    """The files of a folder, each under its hash. `token` is asked before each request, as with uploads."""

    def __init__(
        self, folder: Path, transport: FileTransport, token: Callable[[], str], *, part: int = PART
    ) -> None:
        self._folder, self._transport, self._token, self._part = folder, transport, token, part

    @property
    def manifest(self) -> dict[str, Any] | None:
        """Of the pack that lies here whole; None when there is none."""
        path = self._folder / "manifest.json"
        found: dict[str, Any] | None = json.loads(path.read_bytes()) if path.is_file() else None
        return found

    def file(self, name: str) -> bytes:
        """A file of the whole pack by its name, such as `grids.geojson`."""
        parts = (self.manifest or {"parts": []})["parts"]
        digest = next(part["sha256"] for part in parts if part["name"] == name)
        return (self._folder / digest).read_bytes()

    def fetch(self) -> dict[str, Any] | None:
        """Bring the pack up to date; its manifest. NetworkLost: call again, it goes on. ServerProblem
        `pack_not_ready`: the old one stays, ask again after a minute."""
        try:
            wanted: dict[str, Any] = json.loads(self._get(ADDRESS).content)
        except ServerProblem as problem:
            if problem.status != HTTPStatus.NOT_FOUND:
                raise
            shutil.rmtree(self._folder, ignore_errors=True)
            return None
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for part in wanted["parts"]:
            self._bring(part["sha256"], part["bytes"])
        told = self._folder / "manifest.part"
        told.write_text(json.dumps(wanted), encoding="utf-8")
        told.rename(self._folder / "manifest.json")
        self._clear({part["sha256"] for part in wanted["parts"]})
        return wanted

    def _bring(self, digest: str, size: int) -> None:
        whole, begun = self._folder / digest, self._folder / f"{digest}.part"
        if whole.is_file():
            return
        while (held := begun.stat().st_size if begun.is_file() else 0) < size:
            span = f"bytes={held}-{held + self._part - 1}"
            answer = self._get(f"{ADDRESS}/parts/{digest}", Range=span)
            with begun.open("ab" if answer.status == HTTPStatus.PARTIAL_CONTENT else "wb") as file:
                file.write(answer.content)
        if hashlib.sha256(begun.read_bytes()).hexdigest() != digest:
            begun.unlink()
            raise ValueError(f"{digest} came damaged")
        begun.rename(whole)

    def _clear(self, kept: set[str]) -> None:
        for path in self._folder.iterdir():
            if path.name not in kept and path.name != "manifest.json":
                path.unlink()

    def _get(self, path: str, **headers: str) -> Raw:
        asked = {"Authorization": f"Bearer {self._token()}", **headers}
        answer = self._transport.raw("GET", path, asked)
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise ServerProblem(answer.status, json.loads(answer.content))
        return answer
