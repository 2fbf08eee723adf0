"""What a device's time is worth: kept as data, corrected by the measured offset, never an order."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import msgspec

TOO_NEW = "device_time_future"
TOO_OLD = "device_time_old"


@dataclass(frozen=True, slots=True)
class Limits:
    flag: timedelta = timedelta(minutes=5)
    future: timedelta = timedelta(hours=24)
    age: timedelta = timedelta(days=30)


class Judged(msgspec.Struct, frozen=True):
    """`at`: corrected, never after the arrival · `code`: why a person must look at it, or ''."""

    at: datetime
    skewed: bool
    code: str


def offset_ms(sent_at: datetime | None, received_at: datetime) -> int:
    """Server minus device clock, in milliseconds (with the way of the request in it); 0 when not told."""
    return 0 if sent_at is None else round((received_at - sent_at) / timedelta(milliseconds=1))


def judge(said: datetime, received_at: datetime, offset: int, limits: Limits) -> Judged:
    """The device time `said` of a record that arrived at `received_at`, the offset given in milliseconds.

    A clock that is off by more than `flag` is marked. More than `future` ahead or older than `age`, after the
    correction: a person decides.
    """
    shift = timedelta(milliseconds=offset)
    try:
        at = (said + shift).astimezone(UTC)
    except OverflowError:
        return Judged(received_at, skewed=True, code=TOO_NEW if said.year > received_at.year else TOO_OLD)
    ahead = at - received_at
    skewed = abs(shift) > limits.flag or ahead > limits.flag
    code = TOO_NEW if ahead > limits.future else TOO_OLD if -ahead > limits.age else ""
    return Judged(min(at, received_at), skewed, code)
