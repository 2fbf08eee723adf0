"""What became of the photos: at the server, and read back by staff as far as the record is theirs to read."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from gridphone import HttpTransport, Phone, ServerProblem

from simulation import camera

HIDDEN = 404


@dataclass
class Photo:
    """One photo of one phone; `here`: it was taken in the street of whoever reads it back."""

    id: str
    sha256: str
    here: bool
    record: str = ""
    breaks: int = 0
    complete: bool = False


@dataclass
class Gallery:
    """Counts for the photos of one part of the district, and what is wrong with which."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def note(self, photo: Photo, **found: bool) -> None:
        self.counts.update({"declared": 1, "complete": photo.complete, "resumed": photo.breaks > 0})
        self.counts.update({name: 1 for name, true in found.items() if true})
        if not photo.complete or not all(found.values()):
            lacks = [name for name, true in found.items() if not true]
            self.wrong.append(f"{photo.id}: {', '.join(lacks) or 'not complete'}")


class Reader:
    """`staff` may read what was recorded in their street, `outsider` no screening at all."""

    def __init__(self, base_url: str, staff: Phone, outsider: Phone) -> None:
        self._network, self._staff, self._outsider = HttpTransport(base_url), staff, outsider

    def look(self, photos: Iterable[Photo]) -> tuple[Gallery, Gallery]:
        """Of the own street and of others. Each of the own opens as it came and as it is shown (one that
        does not open is told as wrong), no other does, and the outsider gets none.
        """
        own, others = Gallery(), Gallery()
        for photo in photos:
            closed = _is_closed(self._outsider, photo)
            if not photo.here:
                others.note(photo, closed=closed and _is_closed(self._staff, photo))
            elif _is_closed(self._staff, photo):
                own.note(photo, equal=False, stripped=False, closed=closed)
            else:
                original, shown = self._bytes(photo, original=True), self._bytes(photo, original=False)
                equal = hashlib.sha256(original).hexdigest() == photo.sha256 and camera.tells_place(original)
                own.note(photo, equal=equal, stripped=camera.stripped(shown), closed=closed)
        return own, others

    def _bytes(self, photo: Photo, *, original: bool) -> bytes:
        """By a link, which needs no header."""
        body: dict[str, Any] = {"original": original}
        if original:
            body |= {"purpose": "supervise", "reason": "演示核对"}
        link = str(self._staff.call("POST", f"/files/{photo.id}/link", body)["href"])
        return self._network.raw("GET", link.removeprefix("/api/v1"), {}).content


def _is_closed(person: Phone, photo: Photo) -> bool:
    try:
        person.call("POST", f"/files/{photo.id}/link", {"original": False})
    except ServerProblem as problem:
        return problem.status == HIDDEN
    return False
