"""A word of eight bytes that all processes over one data folder see: who has remembered something under the
old word forgets it once the word has changed.

It is a file in `$GRIDGOV_HOME/shared`, mapped into memory: looking costs no system call, and the word needs
no server and no thread that listens.
"""

import mmap
import os
import threading
from pathlib import Path

from django.conf import settings

SIZE = 8
_lock = threading.Lock()
_mapped: dict[Path, mmap.mmap] = {}


def read(name: str) -> bytes:
    """The word as it is now."""
    return _word(name)[:SIZE]


def change(name: str) -> None:
    """Put another word in its place, which no process has seen before."""
    _word(name)[:SIZE] = os.urandom(SIZE)


def _word(name: str) -> mmap.mmap:
    path = Path(settings.HOME) / "shared" / name
    found = _mapped.get(path)
    if found is None:
        with _lock:
            found = _mapped.setdefault(path, _map(path))
    return found


def _map(path: Path) -> mmap.mmap:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    opened = os.open(path, os.O_CREAT | os.O_RDWR | os.O_CLOEXEC, 0o600)
    try:
        os.ftruncate(opened, SIZE)  # the same size again keeps what another process has put there
        return mmap.mmap(opened, SIZE)
    finally:
        os.close(opened)
