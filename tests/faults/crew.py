"""The phones of a proof, each with a ledger: what it was told is on the disk before anybody sees it."""

import json
import os
import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from gridphone import HttpTransport, NetworkLost, Phone, ServerProblem, Store
from gridphone.device import CHINA
from gridphone.transport import Answer
from simulation.crew import own_cells
from simulation.story import Storyteller

from tests.faults.stand import Stand

PATIENCE_S = 180
BUSY = 500


class Ledger:
    """One line for each outcome, synced to the disk before the phone's own store hears of it."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("a", encoding="ascii")

    def write(self, results: Iterable[dict[str, Any]]) -> None:
        for result in results:
            told = [result["id"], result.get("first", result["state"])]
            self._file.write(json.dumps(told) + "\n")
        self._file.flush()
        os.fsync(self._file.fileno())

    def read(self) -> dict[str, set[str]]:
        """By id: the outcomes that were told for it; more than one is a broken promise."""
        found: dict[str, set[str]] = {}
        for line in self.path.read_text(encoding="ascii").splitlines():
            one, state = json.loads(line)
            found.setdefault(one, set()).add(state)
        return found


class LedgerStore(Store):
    def __init__(self, ledger: Ledger) -> None:
        super().__init__(":memory:")
        self.ledger = ledger

    def settle(self, results: Iterable[dict[str, Any]]) -> None:
        told = list(results)
        if told:
            self.ledger.write(told)
        super().settle(told)


class Counting(HttpTransport):
    """Counts the answers that say "come again"."""

    def __init__(self, url: str, trouble: Counter[str]) -> None:
        super().__init__(url, timeout_s=15)
        self._trouble = trouble

    def send(self, method: str, path: str, body: Any = None, token: str | None = None) -> Answer:
        answer = super().send(method, path, body, token)
        if answer.status >= BUSY or answer.status == 429:
            code = answer.body.get("code", "") if isinstance(answer.body, dict) else ""
            self._trouble[f"{answer.status} {code}"] += 1
        return answer


def _briefly(seconds: float) -> None:
    time.sleep(min(seconds, 0.2))


class Member:
    """One phone and its owner."""

    def __init__(self, ticket: dict[str, Any], url: str, ledger: Ledger, seed: int) -> None:
        self.ledger, self.username = ledger, str(ticket["username"])
        self.trouble: Counter[str] = Counter()
        options = {"tries": 1, "batch": 5, "page": 2000, "pause": _briefly}
        self.phone = Phone(LedgerStore(ledger), Counting(url, self.trouble), **options)
        self.phone.enrol(ticket["code"], label="faults")
        self.phone.pull()
        self.made: set[str] = set()
        dice = random.Random(seed)
        cells = own_cells(self.phone)
        self.teller = Storyteller(dice, cells, cells, "WGS84")

    def through(self, url: str) -> None:
        self.phone.transport = Counting(url, self.trouble)

    def record(self, count: int, *, kind: str = "ordinary", skew: timedelta = timedelta()) -> None:
        for _ in range(count):
            now = datetime.now(CHINA) + skew
            self.made.add(self.phone.record("screening", self.teller.screening(kind, now), at=now))

    def until_sent(self) -> None:
        """Sync until the outbox is empty, whatever comes in between."""
        self.until(lambda: self.phone.sync() or not self.phone.store.unsent())

    def until(self, done: Callable[[], Any]) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while True:
            try:
                if done():
                    return
            except NetworkLost:
                self.trouble["no answer"] += 1
            except ServerProblem as problem:
                if problem.status < BUSY:
                    raise
            if time.monotonic() > deadline:
                raise SystemExit(f"faults: {self.username} cannot send: {dict(self.trouble)}")
            time.sleep(0.05 + random.random() / 10)


class Crew:
    def __init__(self, stand: Stand, size: int, seed: int) -> None:
        folder = stand.place / "ledgers"
        folder.mkdir()
        tickets = stand.demo["enrolment_codes"][:size]
        self.members = [
            Member(ticket, stand.url, Ledger(folder / f"{number}.jsonl"), seed * 100 + number)
            for number, ticket in enumerate(tickets)
        ]

    def each(self, act: Callable[[Member], Any], members: Sequence[Member] | None = None) -> list[Any]:
        """All at once, a thread for each."""
        chosen = self.members if members is None else members
        with ThreadPoolExecutor(len(chosen)) as pool:
            return list(pool.map(act, chosen))

    def through(self, url: str) -> None:
        for member in self.members:
            member.through(url)

    @property
    def trouble(self) -> Counter[str]:
        return sum((member.trouble for member in self.members), Counter())
