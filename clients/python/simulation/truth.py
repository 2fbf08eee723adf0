"""What should be true, from the server's own tables, and where a phone differs from it."""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

ANY = -1  # a record that came back refused: its revision is its own
ROOT = Path(__file__).resolve().parents[3]


def ask(usernames: Iterable[str], *, wait_s: int) -> dict[str, Any]:
    """`manage.py demo_truth`: waits until every reaction has run, then says what each may see."""
    command = [sys.executable, "-m", "backend.bootstrap", "manage", "demo_truth", "--wait", str(wait_s)]
    done = subprocess.run(  # noqa: S603  because the words are fixed and the names are the demo's own
        [*command, *usernames], stdout=subprocess.PIPE, text=True, check=False, cwd=ROOT
    )
    if done.returncode:
        raise SystemExit(f"demo: demo_truth failed\n{done.stdout.strip()[-2000:]}")
    answer: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return answer


@dataclass
class Difference:
    """Per phone: rows the truth has and the phone lacks, the other way round, and rows of another
    revision.
    """

    missing: list[str] = field(default_factory=list)
    surplus: list[str] = field(default_factory=list)
    stale: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.missing or self.surplus or self.stale)

    def __str__(self) -> str:
        parts = (("missing", self.missing), ("surplus", self.surplus), ("stale", self.stale))
        return "; ".join(f"{name} {len(rows)} ({', '.join(rows[:3])})" for name, rows in parts if rows)


def compare(held: dict[str, dict[str, int]], truth: dict[str, dict[str, int]]) -> Difference:
    found = Difference()
    for kind in sorted(held.keys() | truth.keys()):
        mine, theirs = held.get(kind, {}), truth.get(kind, {})
        found.missing += [f"{kind} {one}" for one in theirs.keys() - mine.keys()]
        found.surplus += [f"{kind} {one}" for one in mine.keys() - theirs.keys()]
        found.stale += [
            f"{kind} {one}" for one in mine.keys() & theirs.keys() if theirs[one] not in (mine[one], ANY)
        ]
    return found


def lost_and_doubled(made: Iterable[str], settled: dict[str, int]) -> tuple[list[str], list[str]]:
    """`settled`: for each pushed id the number of outcomes that the server's tables hold. One is right."""
    made = list(made)
    return [one for one in made if not settled.get(one)], [one for one in made if settled.get(one, 0) > 1]
