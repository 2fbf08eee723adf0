"""Progress on the terminal: what is being done, and how long it took."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

_begin = time.monotonic()


def line(text: str = "") -> None:
    print(text, flush=True)


def problem(text: str) -> None:
    print(f"gridgov: {text}", file=sys.stderr, flush=True)


def elapsed() -> float:
    return time.monotonic() - _begin


@contextmanager
def step(text: str) -> Iterator[list[str]]:
    """Say `text` before, the outcome and the seconds after. The block may append a word on the outcome."""
    begin = time.monotonic()
    print(f"  {text} …", flush=True)
    words: list[str] = []
    yield words
    note = f" ({', '.join(words)})" if words else ""
    print(f"  ✓ {text}{note}: {time.monotonic() - begin:.1f} s", flush=True)
