"""The rule of refresh: what a presented refresh token is answered with. The caller holds the row lock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum

SAME_NONCE = timedelta(minutes=10)
OTHER_NONCE = timedelta(seconds=30)


class Verdict(Enum):
    """`MINT` a successor, `REPEAT` the one said before, or `REUSE`: somebody replays, revoke the family."""

    MINT = "mint"
    REPEAT = "repeat"
    REUSE = "reuse"


@dataclass(frozen=True, slots=True)
class Presented:
    """The row of the presented token under its lock, and what came with it.

    used_at, used_nonce: of the first use, empty while unused · successor_used: the next generation was used
    """

    used_at: datetime | None
    used_nonce: str
    successor_used: bool


def decide(token: Presented, *, nonce: str, at: datetime) -> Verdict:
    """The verdict at instant `at`. The device's signature has been verified before.

    Unused → mint. Same nonce within 10 minutes → the same successor: its answer was lost. Another nonce
    within 30 seconds while the successor is unused → the same successor: two requests of one client raced.
    Else reuse.
    """
    if token.used_at is None:
        return Verdict.MINT
    age = at - token.used_at
    if nonce == token.used_nonce and age <= SAME_NONCE:
        return Verdict.REPEAT
    if nonce != token.used_nonce and not token.successor_used and age <= OTHER_NONCE:
        return Verdict.REPEAT
    return Verdict.REUSE
