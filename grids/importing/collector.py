"""The collector of cycles rests while a file becomes rows."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collector_resting() -> Iterator[None]:
    """A file becomes an object for each row, all of which stay and none of which is part of a cycle. The
    collector would walk through them again and again, which is half of what making the shapes takes.

    It belongs to the process: other threads make their garbage meanwhile, and it is collected afterwards. Who
    finds it resting leaves it so.
    """
    worked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if worked:
            gc.enable()
