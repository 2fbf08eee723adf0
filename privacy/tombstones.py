"""The list of closings outside the database: one JSON line each, each with the hash of the one before.

A restore brings yesterday's rows back; this file, which no restore touches, says what was closed since.
"""

import fcntl
import json
import os
from collections.abc import Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

FIRST = "0" * 64
_TAIL = 4 * 1024 * 1024  # more than any line has


class BrokenListError(Exception):
    """A line was changed, removed or cut off; `line` is its number from 1."""

    def __init__(self, line: int) -> None:
        super().__init__(f"line {line} does not follow from the one before")
        self.line = line


def append(path: Path, lines: Sequence[Mapping[str, Any]]) -> None:
    """Add lines and see them on the disk before returning."""
    with os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600), "rb+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _TAIL))
        tail = file.read().splitlines()
        last = _hash(tail[-1]) if tail else FIRST
        for line in lines:
            text = json.dumps({"prev": last, **line}, sort_keys=True).encode()
            file.write(text + b"\n")
            last = _hash(text)
        file.flush()
        os.fsync(file.fileno())


def read(path: Path) -> list[dict[str, Any]]:
    """All lines, oldest first; none where there is no file. BrokenListError when the list is not whole."""
    if not path.is_file():
        return []
    last, found = FIRST, []
    for number, text in enumerate(path.read_bytes().splitlines(), 1):
        try:
            line = json.loads(text)
        except ValueError as error:
            raise BrokenListError(number) from error
        if line.get("prev") != last:
            raise BrokenListError(number)
        last = _hash(text)
        found.append(line)
    return found


def _hash(text: bytes) -> str:
    return sha256(text).hexdigest()
