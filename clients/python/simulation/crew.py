"""The twenty phones and their owners: who enrols, what they record while offline, how they come back."""

import random
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from gridphone import BadNetwork, HttpTransport, Phone, ServerProblem
from gridphone.device import CHINA
from gridphone.uploads import Album

from simulation.photographer import EVERY, Photographer
from simulation.story import FIELD_VISIT, Cell, Storyteller

CONTACTS_A_PHONE = 3
WAITING = frozenset({"planned", "open", "in_grace"})
LEFT = 5  # enrolment codes left for whoever follows the tour of the README
AT_ONCE = 8  # phones that are online at the same time
STREET_DIGITS = 9  # of a code of GB/T 2260 and 10114, with which those of grids begin


@dataclass
class Member:
    """One worker with one phone."""

    number: int
    ticket: dict[str, Any]
    phone: Phone
    crs: str
    camera: Photographer | None = None
    made: dict[str, str] = field(default_factory=dict)
    network: BadNetwork | None = None

    @property
    def username(self) -> str:
        return str(self.ticket["username"])


def own_cells(phone: Phone) -> list[Cell]:
    """The grids that the phone's owner is in charge of, as pulled."""
    me = phone.store.get("user")["id"]
    own = {row["grid_id"] for row in phone.store.rows("assignment") if row["worker_id"] == me}
    rows = [row for row in phone.store.rows("grid") if row["id"] in own and row.get("geometry")]
    return [_cell(row) for row in rows]


def _cell(row: dict[str, Any]) -> Cell:
    shape = row["geometry"]
    rings = (
        shape["coordinates"]
        if shape["type"] == "Polygon"
        else max(shape["coordinates"], key=lambda r: len(r[0]))
    )
    return Cell(row["code"], rings)


class Crew:
    """`folder` keeps the phones between two runs: they come back as the same devices. `reader` is the street
    of whoever reads their photos back.
    """

    def __init__(self, demo: dict[str, Any], folder: Path, *, phones: int, seed: int, reader: str) -> None:
        self._demo, self._folder, self._seed, self._reader = demo, folder, seed, reader
        codes = demo["enrolment_codes"]
        self._codes = iter([*codes[LEFT:], *codes[:LEFT]])
        self.members = [self._member(number) for number in range(phones)]

    def _transport(self) -> HttpTransport:
        return HttpTransport(self._demo["base_url"])

    def _member(self, number: int) -> Member:
        place = self._folder / f"phone-{number + 1:02d}"
        phone, ticket = self._phone(place)
        member = Member(number, ticket, phone, "GCJ02" if number % 2 else "WGS84")
        if not number % EVERY:
            dice = random.Random(f"{self._seed} photos {number}")  # noqa: S311  because the story must repeat
            here = ticket["grids"][0][:STREET_DIGITS] == self._reader
            member.camera = Photographer(Album(place / "photos"), dice, here=here)
        return member

    def _phone(self, place: Path) -> tuple[Phone, dict[str, Any]]:
        """The phone of an earlier run, if its device still stands; else a new one with the next free code."""
        phone = Phone.at(place / "store.sqlite", self._transport())
        if phone.enrolled:
            try:
                phone.refresh()
                return phone, phone.store.get("ticket")
            except ServerProblem:  # another server, or a database that was reset: this phone's days are over
                phone.store.close()
                shutil.rmtree(place)
                phone = Phone.at(place / "store.sqlite", self._transport())
        return phone, self._enrol(phone)

    def _enrol(self, phone: Phone) -> dict[str, Any]:
        for ticket in self._codes:
            try:
                phone.enrol(ticket["code"], label="simulated phone")
            except ServerProblem as problem:
                if problem.status >= 500:  # noqa: PLR2004  because a used code answers 4xx, a fault 5xx
                    raise
                continue
            phone.store.set(ticket=ticket)
            return dict(ticket)
        raise SystemExit("demo: no unused enrolment code is left in demo.json; 'make run' writes new ones")

    # -- the day -----------------------------------------------------------------------------------

    def record(self, plans: list[list[str]]) -> Iterator[Member]:
        """Offline: every phone records its screenings and the contacts that are due."""
        for member, kinds in zip(self.members, plans, strict=True):
            dice = random.Random(self._seed * 1000 + member.number)  # noqa: S311  because the story must repeat
            teller = Storyteller(dice, own_cells(member.phone), self._far_from(member), member.crs)
            for kind in kinds:
                self._screen(member, kind, teller.screening(kind, datetime.now(CHINA)))
            for visit in self._visits(member):
                body = teller.contact(visit, datetime.now(CHINA))
                member.made[member.phone.record("visit", body)] = "contact"
            yield member

    def _screen(self, member: Member, kind: str, body: dict[str, Any]) -> None:
        files = member.camera.shoot(kind, body) if member.camera else []
        record = member.phone.record("screening", body, files=files)
        member.made[record] = f"screening {kind}"
        if member.camera:
            member.camera.of_record(record, files)

    def _visits(self, member: Member) -> list[dict[str, Any]]:
        """What is due now; where an earlier run has done that, visits that nobody planned."""
        now = datetime.now(UTC)
        rows = member.phone.store.rows("visit_due")
        due = [{"due": row["id"], "form": row["form"]} for row in rows if _is_due(row, now)]
        people = sorted({row["person"] for row in rows})
        more = [{"person": person, "form": FIELD_VISIT} for person in people * CONTACTS_A_PHONE]
        return (due + more)[:CONTACTS_A_PHONE]

    def _far_from(self, member: Member) -> list[Cell]:
        """Grids of the colleague half the list away."""
        for step in range(len(self.members) // 2, len(self.members)):
            other = self.members[(member.number + step) % len(self.members)]
            if other.ticket["grids"] != member.ticket["grids"] and own_cells(other.phone):
                return own_cells(other.phone)
        return own_cells(member.phone)

    def through_bad_network(self) -> None:
        for member in self.members:
            member.network = BadNetwork(self._transport(), seed=self._seed * 100 + member.number)
            member.phone.transport = member.network

    def on_good_network(self) -> None:
        for member in self.members:
            member.phone.transport = self._transport()

    def each(self, act: Callable[[Member], Any]) -> list[Any]:
        with ThreadPoolExecutor(AT_ONCE) as pool:
            return list(pool.map(act, self.members))


def _is_due(row: dict[str, Any], now: datetime) -> bool:
    return row["state"] in WAITING and datetime.fromisoformat(row["opens_at"]) <= now
