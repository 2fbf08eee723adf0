"""A progress bar for commands: one moving line on a terminal, a line at each tenth elsewhere."""

import sys
from typing import TextIO

WIDTH = 40
TENTHS = 10


class Bar:
    """Called with (done, total); `text` says what is being done."""

    def __init__(self, text: str, stream: TextIO | None = None) -> None:
        self.text = text
        self.stream = stream or sys.stderr
        self._told = -1

    def __call__(self, done: int, total: int) -> None:
        tenth = TENTHS * done // total
        if self.stream.isatty():
            filled = "█" * (WIDTH * done // total)
            end = "\n" if done == total else ""
            self.stream.write(f"\r{self.text} {filled:░<{WIDTH}} {done}/{total}{end}")
        elif tenth > self._told:
            self.stream.write(f"{self.text} {done}/{total}\n")
        self._told = tenth
        self.stream.flush()
