"""Many enrolled phones at once: `devices.py COUNT`, run by `bench/herd.py` with a stand's settings.

Prints a JSON list of `{device, token, lon, lat}`: the point lies inside a grid of the phone's owner.
Enrolment is not what the herd measures, so that the rows are put in directly.
"""

import json
import os
import sys
from datetime import timedelta
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")

import django

django.setup()

from django.db import connection, transaction  # noqa: E402  because the apps must be loaded first

from accounts import access_tokens  # noqa: E402  because of the same
from accounts.access_tokens import Claims  # noqa: E402  because of the same
from accounts.models import Device, RefreshFamily  # noqa: E402  because of the same
from kernel import clock  # noqa: E402  because of the same
from kernel.ids import uuid7s  # noqa: E402  because of the same
from privacy.services import subject_keys_create  # noqa: E402  because of the same

OWNERS = """
select m.id, m.user_id, u.scope_version, st_x(p.point), st_y(p.point)
from grids_assignment a
join accounts_membership m on m.user_id = a.worker_id and m.role = 'grid_worker' and m.state = 'confirmed'
join accounts_user u on u.id = m.user_id
join grids_gridshape s on s.grid_id = a.grid_id and s.valid_to is null
cross join lateral (select st_pointonsurface(s.geom) as point) p
order by a.grid_id, m.id
"""


@transaction.atomic
def main() -> None:
    count, now = int(sys.argv[1]), clock.now()
    with connection.cursor() as cursor:
        cursor.execute(OWNERS)
        owners = list(islice(cycle(cursor.fetchall()), count))
    devices, families, found = [], [], []
    ids, keys = uuid7s(2 * count), subject_keys_create(count)
    for number, (membership, user, version, lon, lat) in enumerate(owners):
        device, family = ids[number], ids[count + number]
        common = {"user_id": user, "membership_id": membership, "created_at": now}
        devices.append(
            Device(
                id=device, public_key=f"bench {device}", state="active", state_at=now, key_id=keys[number],
                enrolled_at=now, **common,
            )
        )  # fmt: skip
        families.append(
            RefreshFamily(id=family, device_id=device, expires_at=now + timedelta(days=1), **common)
        )
        token = access_tokens.mint(Claims(user, family, membership, device, version))
        found.append({"device": str(device), "token": token, "lon": lon, "lat": lat})
    Device.objects.bulk_create(devices)
    RefreshFamily.objects.bulk_create(families)
    print(json.dumps(found))


if __name__ == "__main__":
    main()
