"""Many enrolled phones at once: `devices.py COUNT`, run by `bench/herd.py` with a stand's settings.

Each belongs to a worker of its own with a grid of its own, as in a district that uses them all; more phones
than grids share grids. Prints a JSON list of `{device, token, lon, lat}`: the point lies inside the grid.
Enrolment is not what the herd measures, so that the rows are put in directly.
"""

import json
import os
import sys
from datetime import datetime, timedelta
from itertools import cycle, islice
from pathlib import Path
from typing import Any
from uuid import UUID

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  because the apps must be loaded first

from accounts import access_tokens  # noqa: E402  because of the same
from accounts.access_tokens import Claims  # noqa: E402  because of the same
from accounts.models import Device, Membership, RefreshFamily, User  # noqa: E402  because of the same
from grids.models import Assignment, AssignmentKind  # noqa: E402  because of the same
from kernel import clock  # noqa: E402  because of the same
from kernel.codes.roles import Role  # noqa: E402  because of the same
from kernel.ids import uuid7s  # noqa: E402  because of the same
from privacy.services import subject_keys_create  # noqa: E402  because of the same

GRIDS = """
select g.id, coalesce(near.id, (select id from accounts_organisation where kind = 'community' limit 1)),
    st_x(p.point), st_y(p.point)
from grids_grid g
join grids_gridshape s on s.grid_id = g.id and s.valid_to is null
left join accounts_organisation near on near.area_id = g.community_id and near.kind = 'community'
cross join lateral (select st_pointonsurface(s.geom) as point) p
order by g.id
"""
Rows = list[Any]


@transaction.atomic
def main() -> None:
    count, now = int(sys.argv[1]), clock.now()
    with connection.cursor() as cursor:
        cursor.execute(GRIDS)
        grids = list(islice(cycle(cursor.fetchall()), count))
    keys, rows = subject_keys_create(count), Rows()
    found = []
    for key, (grid, organisation, lon, lat) in zip(keys, grids, strict=True):
        user, membership, device, family, assignment = uuid7s(5)
        rows += _worker(user, membership, organisation, now)
        rows += _phone(user, membership, (device, family, key), now)
        duty = {"grid_id": grid, "worker_id": user, "kind": AssignmentKind.BACKUP}
        rows.append(Assignment(id=assignment, valid_from=clock.local_day(now), created_at=now, **duty))
        token = access_tokens.mint(Claims(user, family, membership, device, 1))
        found.append({"device": str(device), "token": token, "lon": lon, "lat": lat})
    for model in (User, Membership, Device, RefreshFamily, Assignment):
        model.objects.bulk_create([row for row in rows if type(row) is model])
    print(json.dumps(found))


def _worker(user: UUID, membership: UUID, organisation: UUID, now: datetime) -> Rows:
    held = {"user_id": user, "organisation_id": organisation, "role": Role.GRID_WORKER}
    return [
        User(id=user, username=f"bench-{user.hex}", name="bench", created_at=now, scope_version=1),
        Membership(
            id=membership, valid_from=clock.local_day(now), state="confirmed", proposed_at=now,
            confirmed_at=now, **held,
        ),
    ]  # fmt: skip


def _phone(user: UUID, membership: UUID, ids: tuple[UUID, UUID, UUID], now: datetime) -> Rows:
    device, family, key = ids
    common = {"user_id": user, "membership_id": membership, "created_at": now}
    enrolled = {"state": "active", "state_at": now, "enrolled_at": now, "key_id": key}
    return [
        Device(id=device, public_key=f"bench {device}", **enrolled, **common),
        RefreshFamily(id=family, device_id=device, expires_at=now + timedelta(days=1), **common),
    ]


if __name__ == "__main__":
    main()
