"""The phone at the other end of a call: parameters of the scope providers, and the day it was last seen."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from edge import sqlfile
from edge.conf import setting
from kernel import clock
from kernel.actor import Actor
from sync import registry

_SEEN = "update accounts_device set seen_on = %s where id = %s and seen_on is distinct from %s"
_UNSENT = """
    insert into sync_unsent (device_id, count, oldest_on, told_on) values (%s, %s, %s, %s)
    on conflict (device_id) do update
    set count = excluded.count, oldest_on = excluded.oldest_on, told_on = excluded.told_on
"""
_FORGET = "delete from sync_cursor where device_id = %s"


def parameters(actor: Actor) -> dict[str, Any]:
    """What the scope providers may ask about the caller."""
    return {
        "user": actor.user_id,
        "device": actor.device_id,
        "membership": actor.membership_id,
        "organisation": actor.organisation_id,
        "role": str(actor.role),
        "today": clock.today(),
    }


def own_scopes(actor: Actor) -> list[str]:
    """The scopes of the author's own records: those of the person, and of the person in this role."""
    return [f"user:{actor.user_id}", f"user:{actor.user_id}:{actor.role}"]


def held_sql(statement: str) -> str:
    """A statement of this package with the scopes of the caller in the place of `{held}`."""
    held = sqlfile.load("sync", "scopes").replace("{scopes}", registry.scopes_sql())
    return sqlfile.load("sync", statement).replace("{held}", held)


def see(device_id: UUID, seen_on: date | None) -> bool:
    """Note that the device was here today. False: it was away so long that its cursors have ended."""
    today = clock.today()
    if seen_on == today:
        return True
    away = seen_on is not None and seen_on < today - timedelta(days=setting("SYNC_CURSOR_UNSEEN_DAYS"))
    with transaction.atomic(), connection.cursor() as cursor:
        if away:
            cursor.execute(_FORGET, [device_id])
        cursor.execute(_SEEN, [today, device_id, today])
    return not away


def note_unsent(device_id: UUID, count: int, oldest_on: date | None) -> None:
    """Keep what the device says it has not sent yet; called when it says something new."""
    with connection.cursor() as cursor:
        cursor.execute(_UNSENT, [device_id, count, oldest_on, clock.today()])
