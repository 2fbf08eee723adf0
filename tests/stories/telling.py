"""A timeline on the terminal: each step is told with the district's own time, and ends the story when it does
not come out as told."""

import sys
from typing import Any, NoReturn

from kernel import clock


class BrokenStoryError(Exception):
    """A step that did not come out as told."""


class Teller:
    """Prints one line a step. `steps` counts those that came out."""

    def __init__(self) -> None:
        self.steps = 0
        self._day = ""

    def chapter(self, title: str) -> None:
        print(f"\n── {title} {'─' * max(4, 90 - len(title))}", flush=True)

    def tell(self, text: str) -> None:
        """A step that came out."""
        self.steps += 1
        now = clock.now().astimezone(clock.TZ)
        day = now.strftime("%Y-%m-%d")
        print(f"{day if day != self._day else '':10} {now:%H:%M}  ✓ {text}", flush=True)
        self._day = day

    def expect(self, holds: object, text: str, found: Any = "") -> None:
        """Tell the step, or end the story with what was found instead."""
        if not holds:
            self.broken(text, found)
        self.tell(text)

    def same(self, found: Any, wanted: Any, text: str) -> None:
        self.expect(found == wanted, text, f"{found!r}, not {wanted!r}")

    def broken(self, text: str, found: Any) -> NoReturn:
        print(f"{'':10}        ✗ {text}: {found}", file=sys.stderr, flush=True)
        raise BrokenStoryError(text)
