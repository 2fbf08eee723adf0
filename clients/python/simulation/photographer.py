"""The photos of one phone: taken with its screenings, kept on its disk, sent when there is network."""

import random
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from gridphone import Phone
from gridphone.transport import FileTransport
from gridphone.uploads import Album, Uploader

from simulation import camera
from simulation.gallery import Photo

EVERY = 3  # one phone in so many takes photos
TAKEN, TWO = 0.4, 0.3  # shares of its screenings with a photo, and of those with two
SHOWN = frozenset({"ordinary", "danger"})  # kinds of screenings that are photographed
PART = 16 * 1024  # so that a photo goes up in several parts


class Photographer:
    """`here`: the phone works in the street of whoever reads the photos back."""

    def __init__(self, album: Album, dice: random.Random, *, here: bool) -> None:
        self._album, self._dice, self._here = album, dice, here
        self.photos: dict[str, Photo] = {}

    def shoot(self, kind: str, body: dict[str, Any]) -> list[dict[str, Any]]:
        """Photos of what is recorded; what the record declares of them."""
        if kind not in SHOWN or self._dice.random() > TAKEN:
            return []
        return [self._one(number, body) for number in range(2 if self._dice.random() < TWO else 1)]

    def _one(self, number: int, body: dict[str, Any]) -> dict[str, Any]:
        content = camera.photo(self._dice, body["point"], datetime.fromisoformat(body["occurred_at"]))
        told = self._album.keep(content, name=f"现场{number + 1}.jpg", media_type="image/jpeg")
        self.photos[told["id"]] = Photo(told["id"], told["sha256"], self._here)
        return told

    def of_record(self, record: str, files: Iterable[dict[str, Any]]) -> None:
        for file in files:
            self.photos[file["id"]].record = record

    def send(self, network: FileTransport, phone: Phone) -> None:
        """What waits, also from an earlier run."""
        uploader = Uploader(network, lambda: str(phone.store.get("access")), part=PART)
        for one, sent in self._album.send(uploader).items():
            if one in self.photos:
                self.photos[one].breaks = sent.breaks

    def ask_complete(self, phone: Phone) -> None:
        """The server says of each record how many files it still waits for."""
        records = sorted({photo.record for photo in self.photos.values()})
        told = {receipt["id"]: receipt for receipt in phone.ask_receipts(records)} if records else {}
        for photo in self.photos.values():
            receipt = told.get(photo.record, {})
            photo.complete = receipt.get("state") == "accepted" and not receipt["files_waiting"]
