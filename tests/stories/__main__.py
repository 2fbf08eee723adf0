"""`make story`: timelines on a district of their own; ends with 1 when a step does not come out as told."""

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module

from tests.stories.stage import ROOT, Refused, Stage, Stand  # isort: skip  because it puts the project's folders on the path
from backend.bootstrap.stand import standing
from tests.stories.telling import BrokenStoryError, Teller

SETS: Mapping[str, tuple[str, ...]] = {
    "mediation": ("quarrel", "violence", "violence_late", "refusal"),
    "corrections": ("supervision",),
}
PICTURES = ROOT / "docs" / "pictures"


@dataclass(frozen=True, slots=True)
class Played:
    """What became of one story. `broken`: the step at which it ended, empty when it came out as told."""

    name: str
    steps: int
    days: int
    seconds: float
    broken: str


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", choices=SETS, help="which stories")
    parser.add_argument("--only", choices=[name for names in SETS.values() for name in names])
    parser.add_argument("--pictures", action="store_true", help=f"draw pages of the file to {PICTURES}")
    options = parser.parse_args()
    names = [options.only] if options.only else SETS[options.set]
    began, teller = time.monotonic(), Teller()
    with standing(Stand, "story") as found:
        found.furnish()
        found.serve()
        found.work()
        print(f"a district of its own at {found.url}: {time.monotonic() - began:.0f} s")
        stage = Stage(found, teller, PICTURES if options.pictures else None)
        played = [_play(name, stage) for name in names]
    _close(played, time.monotonic() - began)
    return 1 if any(one.broken for one in played) else 0


def _play(name: str, stage: Stage) -> Played:
    """One story. The next one is played whatever became of it."""
    play: Callable[[Stage], None] = import_module(f"tests.stories.{name}").play
    stage.begin()
    began, steps, day, broken = time.monotonic(), stage.teller.steps, stage.now().date(), ""
    try:
        play(stage)
    except BrokenStoryError as told:
        broken = str(told)
    except Refused as refusal:
        print(f"{'':18}✗ refused: {refusal}", file=sys.stderr, flush=True)
        broken = f"refused: {refusal.code}"
    days = (stage.now().date() - day).days
    return Played(name, stage.teller.steps - steps, days, time.monotonic() - began, broken)


def _close(played: list[Played], seconds: float) -> None:
    print(f"\n── Summary {'─' * 83}")
    for one in played:
        told = f"BROKEN at: {one.broken}" if one.broken else "as told"
        print(f"{one.name:14} {one.steps:3} steps, {one.days:3} days in {one.seconds:3.0f} s: {told}")
    broken = sum(bool(one.broken) for one in played)
    print(f"{len(played)} stories, {sum(one.steps for one in played)} steps in {seconds:.0f} s: "
          f"{f'{broken} BROKEN' if broken else 'all as told'}")  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
