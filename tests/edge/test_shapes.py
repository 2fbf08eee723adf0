"""A process whose first requests come at the same moment lives on."""

import subprocess
import sys

from edge.shapes import shapes
from sync import registry
from sync.items import Envelope

AT_ONCE = """
import sys, threading
sys.setswitchinterval(1e-6)
import msgspec
from edge.shapes import make_ready

made = []
for number in range(200):
    inner = msgspec.defstruct(f"Inner{number}", [("x", str), ("y", int | None, None)])
    made.append(msgspec.defstruct(f"Outer{number}", [("a", int), ("u", list[inner], [])]))
make_ready()
for shape in made:
    together = threading.Barrier(4)
    def use():
        together.wait()
        msgspec.convert({"a": 1, "u": [{"x": "q"}]}, shape)
    threads = [threading.Thread(target=use) for _ in range(4)]
    [thread.start() for thread in threads], [thread.join() for thread in threads]
print("alive")
"""


def test_threads_use_a_shape_for_the_first_time_together() -> None:
    done = subprocess.run(  # noqa: S603  because it is our own interpreter
        [sys.executable, "-c", AT_ONCE], capture_output=True, text=True, check=True
    )
    assert done.stdout == "alive\n"


def test_what_phones_push_is_among_the_shapes() -> None:
    found = set(shapes())
    assert Envelope in found
    assert {kind.schema for kind in registry.kinds().values() if kind.schema} <= found
