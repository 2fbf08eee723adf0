"""A second session of the database, for transactions that overlap with the test's own."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction


def disconnect() -> None:
    """Close this thread's connection."""
    connection.close()


class Open:
    """Statements in a transaction that stays open, in a thread (and so a connection) of its own."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._atomic = transaction.atomic()
        self._thread.submit(self._atomic.__enter__).result()

    def run(self, work: Any, *args: Any, **named: Any) -> Any:
        return self._thread.submit(work, *args, **named).result()

    def commit(self) -> None:
        self._thread.submit(self._atomic.__exit__, None, None, None).result()

    def close(self) -> None:
        self._thread.submit(disconnect).result()
        self._thread.shutdown()


@contextmanager
def open_transaction() -> Iterator[Open]:
    session = Open()
    try:
        yield session
    finally:
        session.close()


class Lane:
    """A session of its own that stays connected; its transaction begins and ends when it is told to."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1)
        self._atomic: Any = None

    @property
    def running(self) -> bool:
        return self._atomic is not None

    def run(self, work: Any, *args: Any) -> Any:
        return self._thread.submit(work, *args).result()

    def begin(self) -> None:
        self._atomic = transaction.atomic()
        self.run(self._atomic.__enter__)

    def end(self, *, commit: bool) -> None:
        atomic, self._atomic = self._atomic, None
        self.run(_leave, atomic, commit)

    def close(self) -> None:
        if self.running:
            self.end(commit=False)
        self.run(disconnect)
        self._thread.shutdown()


def _leave(atomic: Any, commit: bool) -> None:
    if not commit:
        transaction.set_rollback(True)
    atomic.__exit__(None, None, None)
