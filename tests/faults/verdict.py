"""Ledgers and phones against the database: what was lost, doubled, told otherwise, or lies out of scope."""

from dataclasses import dataclass, field

from django.db import connection
from simulation import truth as yardstick

from backend import truth
from sync.check import check
from tests.faults.crew import Crew


@dataclass
class Verdict:
    """Everything but `items` and `phones` has to be empty."""

    items: int = 0
    phones: int = 0
    lost: list[str] = field(default_factory=list)
    doubled: list[str] = field(default_factory=list)
    retold: list[str] = field(default_factory=list)
    unequal: list[str] = field(default_factory=list)
    rows: list[str] = field(default_factory=list)

    @property
    def fine(self) -> bool:
        return not (self.lost or self.doubled or self.retold or self.unequal or self.rows)

    def __str__(self) -> str:
        parts = {"lost": self.lost, "doubled": self.doubled, "told otherwise": self.retold}
        parts |= {"phones that differ": self.unequal, "phone rows that differ": self.rows}
        return "; ".join(f"{name}: {len(found)} ({found[:3]})" for name, found in parts.items() if found)


def judge(crew: Crew) -> Verdict:
    """After every phone has sent everything and pulled."""
    connection.close()
    found = Verdict(phones=len(crew.members))
    actors = [truth.worker(member.username) for member in crew.members]
    kept = _kept()
    settled = {one: 1 for one, states in kept.items() if "accepted" not in states} | truth.settled(actors)
    for member, actor in zip(crew.members, actors, strict=True):
        told = member.ledger.read()
        found.items += len(member.made)
        lost, doubled = yardstick.lost_and_doubled(member.made | told.keys(), settled)
        found.lost += lost + sorted(member.made - told.keys())
        found.doubled += doubled
        found.retold += [one for one, states in told.items() if states != kept.get(one)]
        difference = yardstick.compare(member.phone.store.held(), truth.phone_set(actor))
        found.unequal += [f"{member.username}: {difference}"] if difference else []
    found.rows = [str(difference) for difference in check().differences]
    connection.close()
    return found


def _kept() -> dict[str, set[str]]:
    """By id the outcomes that the inbox holds."""
    kept: dict[str, set[str]] = {}
    with connection.cursor() as cursor:
        cursor.execute("select id::text, state from sync_inbox where first")
        for one, state in cursor.fetchall():
            kept.setdefault(one, set()).add(state)
    return kept
