"""UUIDv7 (RFC 9562)."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest

from kernel.ids import uuid7, uuid7_time, uuid7s


def test_ids_of_one_process_keep_their_order() -> None:
    made = [uuid7() for _ in range(10_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


def test_version_and_variant_are_those_of_the_standard() -> None:
    value = uuid7()
    assert (value.version, value.variant) == (7, "specified in RFC 4122")


def test_the_instant_can_be_read_back() -> None:
    at = datetime(2026, 3, 2, 1, 2, 3, 456000, tzinfo=UTC)
    assert uuid7_time(uuid7(at)) == at


def test_another_version_has_no_instant() -> None:
    with pytest.raises(ValueError, match="not a UUIDv7"):
        uuid7_time(uuid4())


def test_a_batch_of_ids_keeps_the_order_with_those_before_and_after() -> None:
    made = [uuid7(), *uuid7s(5000), uuid7()]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
