"""The driver's own cursor, past Django's: parameters go beside the statement instead of into its text."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection

from edge.conf import setting

PREPARE_AFTER = 1


class RawCursor(psycopg.Cursor[Any]):
    """Binds on the server; errors are Django's, as everywhere else."""

    def execute(self, *args: Any, **named: Any) -> "RawCursor":
        with connection.wrap_database_errors:
            return super().execute(*args, **named)


def raw_cursor() -> RawCursor:
    """A cursor of the present connection (and so in its transaction).

    A megabyte of JSON is neither quoted nor read as SQL; a statement run with `prepare=True` is planned once.
    """
    connection.ensure_connection()
    driver = connection.connection
    driver.prepare_threshold = PREPARE_AFTER if setting("PREPARED_STATEMENTS") else None
    return RawCursor(driver)


@contextmanager
def pipelined() -> Iterator[None]:
    """Statements inside go out without waiting for each other's answers: the database works while we do.

    Use it inside `atomic()`. What fails is raised at the end of the block at the latest, the first error
    first; a fetch waits for its own answer as ever.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, connection.connection.pipeline():
        yield
