"""Buffers that one pull touches: `buffers.py DEVICE CURSOR`, run by `bench/growth.py` on a stand.

Each reading statement of the pull is explained with the pull's own parameters before it runs. What a process
asks once in its life (is this the database it was?) is asked before: it is no part of a pull.
"""

import os
import sys
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")

import django

django.setup()

import psycopg  # noqa: E402  because the apps must be loaded first

from accounts.models import Device  # noqa: E402  because of the same
from edge.driver import RawCursor  # noqa: E402  because of the same
from kernel.actor import Actor  # noqa: E402  because of the same
from kernel.codes.roles import Role  # noqa: E402  because of the same
from sync import life, pull  # noqa: E402  because of the same

PAGE = 5000
touched = 0
_execute = RawCursor.execute


def _explained(self: RawCursor, query: Any, parameters: Any = None, **named: Any) -> RawCursor:
    global touched  # noqa: PLW0603  because the program is one measurement
    text = "\n".join(line for line in str(query).splitlines() if not line.startswith("--")).lstrip()
    if text.startswith(("select", "with")) and "insert into" not in text:
        plain = psycopg.ClientCursor(self.connection)
        row = plain.execute("explain (analyze, buffers, format json) " + text, parameters).fetchone()  # type: ignore[arg-type]  # because the text is the server's own
        plan = row[0][0]["Plan"] if row else {}
        touched += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"]
    return _execute(self, query, parameters, **named)


def main() -> None:
    device = Device.objects.select_related("membership").get(pk=sys.argv[1])
    actor = Actor(
        user_id=device.user_id, role=Role.GRID_WORKER, organisation_id=device.membership.organisation_id,
        membership_id=device.membership_id, device_id=device.id,
    )  # fmt: skip
    life.check(device.id)
    RawCursor.execute = _explained  # type: ignore[method-assign]  # because the pull is watched from outside
    pull.pull(actor, pull.Asked(int(sys.argv[2]), PAGE, None))
    print(touched)


if __name__ == "__main__":
    main()
