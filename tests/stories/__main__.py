"""`make story`: a timeline on a district of its own; ends with 1 when a step does not
come out as told."""

import argparse
import sys
import time
from collections.abc import Callable, Mapping
from importlib import import_module

from tests.stories.stage import Refused, Stage, Stand  # isort: skip  because it puts the project's folders on the path
from backend.bootstrap.stand import standing
from tests.stories.telling import BrokenStoryError, Teller

SETS: Mapping[str, tuple[str, ...]] = {
    "mediation": ("refusal",),
}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("set", choices=SETS, help="which stories")
    parser.add_argument("--only", choices=[name for names in SETS.values() for name in names])
    options = parser.parse_args()
    names = [options.only] if options.only else SETS[options.set]
    began, teller = time.monotonic(), Teller()
    with standing(Stand, "story") as found:
        found.furnish()
        found.serve()
        found.work()
        print(f"a district of its own at {found.url}: {time.monotonic() - began:.0f} s")
        stage = Stage(found, teller)
        fine = all(_play(name, stage) for name in names)
    print(f"\n{teller.steps} steps in {time.monotonic() - began:.0f} s" + ("" if fine else ": BROKEN"))
    return 0 if fine else 1


def _play(name: str, stage: Stage) -> bool:
    play: Callable[[Stage], None] = import_module(f"tests.stories.{name}").play
    stage.begin()
    try:
        play(stage)
    except BrokenStoryError:
        return False
    except Refused as refusal:
        print(f"{'':18}✗ refused: {refusal}", file=sys.stderr)
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
