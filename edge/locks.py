"""Locks in sorted order, and the repeat of what the database gave up for a deadlock."""

import random
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from typing import Any, TypeVar
from uuid import UUID

from django.db import OperationalError, connection, transaction

from edge.driver import raw_cursor
from kernel.problems import Problem

Result = TypeVar("Result")
_RETRY_STATES = frozenset({"40001", "40P01"})
_TOO_LONG = "57014"
_ATTEMPTS = 4
_LOCK_ALL = """
    select pg_advisory_xact_lock(n)
    from (select n from unnest(%s::bigint[]) as t(n) order by n) as sorted
"""

_TIMEOUTS = ["statement_timeout", "idle_in_transaction_session_timeout"]
_LONGER = """
    select set_config(name, greatest(setting::bigint, %(most)s)::text, true)
    from pg_settings where name = any(%(names)s) and setting <> '0'
"""


def advisory(namespace: str, keys: Iterable[UUID | str | bytes]) -> None:
    """Take a transaction-level advisory lock for each key, in one statement, sorted: no two callers
    deadlock."""
    numbers = sorted({_number(namespace, key) for key in keys})
    if numbers:
        with connection.cursor() as cursor:
            cursor.execute(_LOCK_ALL, [numbers])


def try_advisory(namespace: str, key: UUID | str | bytes) -> bool:
    """Take the transaction-level lock of one key if nobody else has it; False when somebody does."""
    return bool(ask_advisory(namespace, key).fetchone()[0])


def ask_advisory(namespace: str, key: UUID | str | bytes) -> Any:
    """The cursor whose only value will say whether `try_advisory` got its lock: for a pipeline."""
    return raw_cursor().execute("select pg_try_advisory_xact_lock(%s::bigint)", [_number(namespace, key)])


def _number(namespace: str, key: UUID | str | bytes) -> int:
    raw = key if isinstance(key, bytes) else str(key).encode()
    return int.from_bytes(blake2b(namespace.encode() + b"\0" + raw, digest_size=8).digest(), signed=True)


def retrying(work: Callable[[], Result]) -> Result:
    """Run `work` in a transaction; on a serialisation failure or deadlock again, three times, with jitter."""
    for attempt in range(_ATTEMPTS):
        try:
            with transaction.atomic():
                return work()
        except OperationalError as error:
            state = getattr(error.__cause__, "sqlstate", "")
            if state not in _RETRY_STATES or attempt == _ATTEMPTS - 1 or connection.in_atomic_block:
                raise
            time.sleep(random.uniform(0.01, 0.05) * (attempt + 1))  # noqa: S311  because jitter is no secret
    raise AssertionError("unreachable")


@contextmanager
def in_time(code: str) -> Iterator[None]:
    """A statement that the role's time-out ends is problem `code`: to ask again soon would help nobody."""
    try:
        yield
    except OperationalError as error:
        if getattr(error.__cause__, "sqlstate", "") == _TOO_LONG:
            raise Problem(code) from error
        raise


def longer_statements(milliseconds: int) -> None:
    """Let the current transaction run, and compute between its statements, longer than the role's time-outs:
    jobs, commands, and acts that move a whole district. What runs longer already goes on as long."""
    with connection.cursor() as cursor:
        cursor.execute(_LONGER, {"names": _TIMEOUTS, "most": milliseconds})
