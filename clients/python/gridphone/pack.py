"""The offline pack 离线包: what a phone needs to draw its map without a network.

The manifest names each file by the hash of its content. What lies there already is not fetched again; the
rest comes in byte ranges and goes on where a break has left it. Where the server offers the difference to
the pack that lies here, only that is fetched and laid over it. The new pack takes the place of the old one
only when it is whole. A worker without a grid has no pack any more: then nothing of it stays on the phone.
"""

import hashlib
import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

from gridphone.tiles import Archive
from gridphone.transport import FileTransport, Raw, ServerProblem

PART = 64 * 1024
ADDRESS = "/offline-pack"
LAYERS_MAX = 8
"""Differences that lie over each other before the whole is fetched again: each one is looked through."""
TILES, GRIDS = "tiles.pmtiles", "grids.geojson"
Json = dict[str, Any]


@dataclass(frozen=True)
class Held:
    """What lies here: the newest manifest, the files of the pack that came whole, and what was laid over it,
    oldest first."""

    manifest: Json
    base: list[Json]
    deltas: list[Json] = field(default_factory=list)

    @property
    def parts(self) -> list[Json]:
        return [*self.base, *(part for delta in self.deltas for part in delta["parts"])]

    def digest(self, name: str, layer: Sequence[Json]) -> str | None:
        return next((part["sha256"] for part in layer if part["name"] == name), None)


class Pack:
    """The files of a folder, each under its hash. `token` is asked before each request, as with uploads."""

    def __init__(
        self, folder: Path, transport: FileTransport, token: Callable[[], str], *, part: int = PART
    ) -> None:
        self.folder, self._transport, self._token, self._part = folder, transport, token, part

    @property
    def manifest(self) -> Json | None:
        """Of the pack that lies here whole; None when there is none."""
        held = self._held()
        return held.manifest if held else None

    def _held(self) -> Held | None:
        path = self.folder / "held.json"
        return Held(**json.loads(path.read_bytes())) if path.is_file() else None

    def file(self, name: str) -> bytes:
        """A file of the pack by its name; of tiles only what came whole: ask `tile`. KeyError: none."""
        held = self._whole()
        if name == GRIDS:
            return json.dumps({"type": "FeatureCollection", "features": self._grids(held)}).encode()
        return self._read(held, name, [*(delta["parts"] for delta in reversed(held.deltas)), held.base])

    def tile(self, z: int, x: int, y: int) -> bytes | None:
        """A vector tile, gzipped; None where there is none."""
        held = self._whole()
        for delta in reversed(held.deltas):
            if [z, x, y] in delta["removed_tiles"]:
                return None
            found = self._tile(held, f"delta.{TILES}", delta["parts"], (z, x, y))
            if found is not None:
                return found
        return self._tile(held, TILES, held.base, (z, x, y))

    def _whole(self) -> Held:
        held = self._held()
        if held is None:
            raise KeyError("no pack lies here")
        return held

    def _tile(self, held: Held, name: str, layer: list[Json], at: tuple[int, int, int]) -> bytes | None:
        digest = held.digest(name, layer)
        return Archive((self.folder / digest).read_bytes()).tile(*at) if digest else None

    def _read(self, held: Held, name: str, layers: Sequence[list[Json]]) -> bytes:
        digest = next((found for layer in layers if (found := held.digest(name, layer))), None)
        if digest is None:
            raise KeyError(name)
        return (self.folder / digest).read_bytes()

    def _grids(self, held: Held) -> list[Json]:
        """The features, with what the differences took away, changed and brought."""
        features = json.loads(self._read(held, GRIDS, [held.base]))["features"]
        there: dict[str, Json] = {one["id"]: one for one in features}
        for delta in held.deltas:
            for gone in delta["removed_grids"]:
                there.pop(gone, None)
            new = json.loads(self._read(held, f"delta.{GRIDS}", [delta["parts"]]))["features"]
            there |= {one["id"]: one for one in new}
        return list(there.values())

    def fetch(self) -> Json | None:
        """Bring the pack up to date; its manifest. NetworkLost: call again, it goes on. ServerProblem
        `pack_not_ready`: the old one stays, ask again after a minute."""
        held = self._held()
        known = f"?from={held.manifest['sha256']}" if held else ""
        try:
            wanted: Json = json.loads(self._get(f"{ADDRESS}{known}").content)
        except ServerProblem as problem:
            if problem.status != HTTPStatus.NOT_FOUND:
                raise
            shutil.rmtree(self.folder, ignore_errors=True)
            return None
        if held and held.manifest["sha256"] == wanted["sha256"]:
            return held.manifest
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._take(held, wanted)
        return wanted

    def _take(self, held: Held | None, wanted: Json) -> None:
        """By the difference where there is one and it gives the grids that it should, else as a whole."""
        if held and wanted["delta"] and len(held.deltas) < LAYERS_MAX:
            over = Held(wanted, held.base, [*held.deltas, wanted["delta"]])
            self._bring_all(over)
            if {one["id"] for one in self._grids(over)} == set(wanted["grids"]):
                return self._keep(over)
        whole = Held(wanted, wanted["parts"])
        self._bring_all(whole)
        return self._keep(whole)

    def _bring_all(self, held: Held) -> None:
        for part in held.parts:
            self._bring(part["sha256"], part["bytes"])

    def _keep(self, held: Held) -> None:
        told = self.folder / "held.part"
        told.write_text(json.dumps(asdict(held)), encoding="utf-8")
        told.rename(self.folder / "held.json")
        self._clear({part["sha256"] for part in held.parts})

    def _bring(self, digest: str, size: int) -> None:
        whole, begun = self.folder / digest, self.folder / f"{digest}.part"
        if whole.is_file():
            return
        begun.touch()
        while (held := begun.stat().st_size) < size:
            span = f"bytes={held}-{held + self._part - 1}"
            answer = self._get(f"{ADDRESS}/parts/{digest}", Range=span)
            partly = answer.status == HTTPStatus.PARTIAL_CONTENT
            with begun.open("ab" if partly else "wb") as file:
                file.write(answer.content)
            if not answer.content or not (partly or len(answer.content) == size):
                break  # a page of some other network, perhaps
        if hashlib.sha256(begun.read_bytes()).hexdigest() != digest:
            begun.unlink()
            raise ValueError(f"{digest} came damaged")
        begun.rename(whole)

    def _clear(self, kept: set[str]) -> None:
        for path in self.folder.iterdir():
            if path.name not in kept and path.name != "held.json":
                path.unlink()

    def _get(self, path: str, **headers: str) -> Raw:
        asked = {"Authorization": f"Bearer {self._token()}", **headers}
        answer = self._transport.raw("GET", path, asked)
        if answer.status >= HTTPStatus.BAD_REQUEST:
            raise ServerProblem(answer.status, json.loads(answer.content))
        return answer
