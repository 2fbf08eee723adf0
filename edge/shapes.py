"""The shapes of bodies, looked at before threads ask for them.

msgspec looks at the annotations of a Struct when it is first used. Two threads that do so at the same moment
end the whole process: a null pointer in its C part (msgspec 0.22.0). So a process does it once, alone.
"""

from collections.abc import Iterator
from contextlib import suppress

import msgspec


def shapes(root: type[msgspec.Struct] = msgspec.Struct) -> Iterator[type[msgspec.Struct]]:
    """Every Struct of the modules that are loaded."""
    for shape in root.__subclasses__():
        yield shape
        yield from shapes(shape)


def make_ready() -> None:
    """Call it when all modules are loaded and no thread has begun."""
    for shape in shapes():
        with suppress(msgspec.ValidationError):
            msgspec.convert(None, shape)
