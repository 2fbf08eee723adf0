"""A phone that declares files and sends them by tus, over the real routes."""

import base64
from dataclasses import dataclass, field
from hashlib import sha1, sha256
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

import orjson
from PIL import Image
from rest_framework.test import APIClient

from kernel import clock
from kernel.ids import uuid7

TUS = {"tus-resumable": "1.0.0"}
PART = "application/offset+octet-stream"


def picture(colour: int = 0, *, form: str = "PNG", size: tuple[int, int] = (8, 6), **options: Any) -> bytes:
    """The bytes of a small picture."""
    out = BytesIO()
    Image.new("RGB", size, (colour % 256, 40, 90)).save(out, form, **options)
    return out.getvalue()


@dataclass
class Photo:
    """A file on the phone. What is declared of it may be a lie."""

    content: bytes
    name: str = "image.png"
    type: str = "image/png"
    id: str = field(default_factory=lambda: str(uuid7()))
    replaces: str | None = None
    lies: dict[str, Any] = field(default_factory=dict)

    def declared(self) -> dict[str, Any]:
        told = {
            "id": self.id, "sha256": sha256(self.content).hexdigest(), "size": len(self.content),
            "type": self.type, "name": self.name,
        }  # fmt: skip
        return told | ({"replaces": self.replaces} if self.replaces else {}) | self.lies


@dataclass
class Sender:
    client: APIClient
    seq: int = 0

    def note(self, *photos: Photo, **overrides: Any) -> dict[str, Any]:
        """An item with files."""
        self.seq += 1
        made = {"id": str(uuid7()), "kind": "note", "op": "create", "device_at": clock.now().isoformat()}
        made |= {"seq": self.seq, "data": {"title": "x"}, "files": [p.declared() for p in photos]}
        return made | overrides

    def push(self, *items: dict[str, Any]) -> list[dict[str, Any]]:
        body = {"batch_id": str(uuid4()), "schema": 1, "items": items}
        answer = self.client.post("/api/v1/sync/push", orjson.dumps(body), content_type="application/json")
        assert answer.status_code == 200, answer.content
        results: list[dict[str, Any]] = answer.json()["results"]
        return results

    def declare(self, *photos: Photo) -> str:
        """A record with these files, accepted; its id."""
        item = self.note(*photos)
        assert self.push(item)[0]["state"] == "accepted"
        return str(item["id"])

    def begin(self, photo: Photo, **headers: str) -> Any:
        told = f"id {base64.b64encode(photo.id.encode()).decode()}"
        own = {"upload-length": str(len(photo.content)), "upload-metadata": told}
        return self.client.post("/api/v1/sync/files", headers=TUS | own | headers)

    def part(self, photo: Photo, at: int, content: bytes, **headers: str) -> Any:
        own = TUS | {"upload-offset": str(at)} | headers
        return self.client.generic("PATCH", url(photo), content, content_type=PART, headers=own)

    def head(self, photo: Photo) -> Any:
        return self.client.head(url(photo), headers=TUS)

    def end(self, photo: Photo) -> Any:
        return self.client.delete(url(photo), headers=TUS)

    def send(self, *photos: Photo) -> Any:
        """Each file whole, in one part; the last answer."""
        answer: Any = None
        for photo in photos:
            assert self.begin(photo).status_code == 201
            answer = self.part(photo, 0, photo.content)
        return answer

    def row(self, record: str) -> dict[str, Any]:
        """The record as the phone holds it after a pull."""
        body = {"cursor": None, "schema": 1, "kinds": ["note"]}
        answer = self.client.post("/api/v1/sync/pull", orjson.dumps(body), content_type="application/json")
        found: list[dict[str, Any]] = answer.json()["put"]["note"]
        return next(row for row in found if row["id"] == record)

    def listed(self, record: str, kind: str = "note") -> Any:
        return self.client.get("/api/v1/files", {"kind": kind, "record": record})

    def link(self, photo: Photo, **body: Any) -> Any:
        return self.client.post(f"/api/v1/files/{photo.id}/link", body, format="json")


def url(photo: Photo) -> str:
    return f"/api/v1/sync/files/{UUID(photo.id)}"


def checksum(content: bytes, algorithm: str = "sha1") -> dict[str, str]:
    digest = {"sha1": sha1, "sha256": sha256}[algorithm](content).digest()
    return {"upload-checksum": f"{algorithm} {base64.b64encode(digest).decode()}"}


def body_of(answer: Any) -> bytes:
    """The bytes of a streamed answer."""
    content: bytes = answer.getvalue()
    return content
