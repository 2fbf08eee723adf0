"""Advisory locks are taken in one order whatever order they are asked in."""

import threading

from django.db import connection, transaction

from edge import locks
from kernel.ids import uuid7


def test_two_callers_with_opposite_orders_do_not_deadlock(committed: None) -> None:
    keys = [uuid7() for _ in range(20)]
    start, done = threading.Barrier(2), []

    def take(order: list[object]) -> None:
        start.wait()
        for _ in range(20):
            with transaction.atomic():
                locks.advisory("test", order)  # type: ignore[arg-type]  # because a list of UUIDs is meant
        done.append(True)
        connection.close()

    threads = [threading.Thread(target=take, args=(order,)) for order in (keys, keys[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(20)
    assert done == [True, True]


def test_a_namespace_separates_equal_keys(db: None) -> None:
    key = uuid7()
    assert locks._number("a", key) != locks._number("b", key)
