"""The driver's own cursor, past Django's: parameters go beside the statement instead of into its text."""

import select
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import psycopg
from django.db import connection
from psycopg.pq.abc import PGconn

from edge.conf import setting

PREPARE_AFTER = 1
_waiting: ContextVar[list[Callable[[], object]] | None] = ContextVar("waiting", default=None)


class RawCursor(psycopg.Cursor[Any]):
    """Binds on the server; errors are Django's, as everywhere else."""

    def execute(self, *args: Any, **named: Any) -> "RawCursor":
        with connection.wrap_database_errors:
            found = super().execute(*args, **named)
            if connection.queries_logged:  # while a test counts
                connection.queries_log.append({"sql": str(args[0]), "time": ""})
            _send_all(self.connection.pgconn)
            return found


def _send_all(pgconn: PGconn) -> None:
    """In a pipeline the driver leaves what the socket did not take to the next statement; the database would
    idle over half a statement while we make that one."""
    while pgconn.flush():
        readable, _, _ = select.select([pgconn.socket], [pgconn.socket], [])
        if readable:
            pgconn.consume_input()


def raw_cursor() -> RawCursor:
    """A cursor of the present connection (and so in its transaction).

    A megabyte of JSON is neither quoted nor read as SQL; a statement run with `prepare=True` is planned once.
    """
    connection.ensure_connection()
    driver = connection.connection
    driver.prepare_threshold = PREPARE_AFTER if setting("PREPARED_STATEMENTS") else None
    return RawCursor(driver)


def with_values(statement: str, parameters: Mapping[str, Any]) -> str:
    """The statement with its values written into it by the driver, for one whose plan depends on them: a plan
    for whatever values there may be is what the application's role is set to."""
    connection.ensure_connection()
    return psycopg.ClientCursor(connection.connection).mogrify(statement, parameters)


def texts(values: Iterable[str]) -> str:
    """An array of texts as PostgreSQL writes it: the driver's own way looks at the type of each element."""
    return "{" + ",".join('"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"' for text in values) + "}"


@contextmanager
def at_once() -> Iterator[None]:
    """Statements inside go out together and are answered together; read the answers afterwards."""
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield


@contextmanager
def pipelined() -> Iterator[None]:
    """Statements inside go out without waiting for each other's answers: the database works while we do.

    Deferred constraints are checked with each statement: that work, too, falls into the time of ours. Use it
    inside `atomic()`. What fails is raised at the end of the block at the latest, the first error
    first; a fetch waits for its own answer as ever.
    """
    connection.ensure_connection()
    waiting: list[Callable[[], object]] = []
    mark = _waiting.set(waiting)
    try:
        with connection.wrap_database_errors, connection.connection.pipeline():
            raw_cursor().execute("set constraints all immediate")
            yield
            raw_cursor().execute("set constraints all deferred")
    finally:
        _waiting.reset(mark)
    for call in waiting:
        call()


def after_pipeline(call: Callable[[], object]) -> None:
    """Run `call` when the present pipeline has ended, at once without one: for code of others that looks at
    a cursor's answer without fetching it."""
    waiting = _waiting.get()
    if waiting is None:
        call()
    else:
        waiting.append(call)
