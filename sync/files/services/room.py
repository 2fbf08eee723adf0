"""How many file bytes a device has sent today."""

from django.db import connection

from kernel import clock
from kernel.actor import Actor

_COUNT = """
    insert into sync_intake as t (device_id, day, bytes, file_bytes) values (%s, %s, 0, %s)
    on conflict (device_id, day) do update set file_bytes = t.file_bytes + excluded.file_bytes
"""


def count_bytes(actor: Actor, count: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [actor.device_id, clock.today(), count])
