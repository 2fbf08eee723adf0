"""What a server refuses to start on: a database that would lose what it acknowledged, or is below the
floors."""

from collections.abc import Mapping

import structlog
from django.conf import settings
from django.db import Error, connection

from kernel.problems import Problem
from sync import life

log = structlog.get_logger()

FLOORS = {15: 15_0014, 16: 16_0010, 17: 17_0006}
"""`server_version_num` by major version (security: version floors). Later major versions are taken."""
_OLDEST = min(FLOORS)
_ASK = """
    select current_setting('server_version_num')::int, current_setting('fsync'),
           current_setting('synchronous_commit'), current_setting('full_page_writes'),
           (select rolsuper from pg_roles where rolname = current_user)
"""


def refusal(version: int, durable: Mapping[str, str], *, superuser: bool) -> str | None:
    """Why a district must not run on this server; None when it may."""
    major = version // 10_000
    if major < _OLDEST or version < FLOORS.get(major, 0):
        return f"PostgreSQL {version} is below the floor: 15.14, 16.10 or 17.6"
    for name, value in durable.items():
        if value in {"off", "local"}:
            return f"{name} is {value}: an acknowledged record could be lost"
    if superuser:
        return "the application connects as a superuser: DATABASE_URL must name the app role"
    return None


def check_sync() -> None:
    """Say in the log when the database was restored and sync waits for `sync_rotate_epoch`."""
    try:
        life.check(None)
    except Problem:
        log.error("sync answers 503 until manage.py sync_rotate_epoch was run: the database was restored")
    except Error:
        return
    finally:
        connection.close()


def check_database() -> None:
    """SystemExit with the reason when the server must not be used. A server that is not up yet is not
    judged."""
    if settings.MODE == "test":
        return
    try:
        with connection.cursor() as cursor:
            cursor.execute(_ASK)
            version, fsync, commit, pages, superuser = cursor.fetchone()
    except Error:
        return
    finally:
        connection.close()
    durable = {"fsync": fsync, "synchronous_commit": commit, "full_page_writes": pages}
    reason = refusal(version, durable, superuser=superuser)
    if reason:
        raise SystemExit(f"gridgov: {reason}")
