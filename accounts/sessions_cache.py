"""What decides whether a request of a session is heard, read from the database at most every five seconds.

All processes over one data folder forget at once what one of them has changed: a sign-out ends the session in
each of them. One on another machine hears of it within `FRESH_S`.
"""

import threading
import time
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from edge import shared_word, sqlfile
from kernel.actor import Acting
from kernel.codes.roles import Role

FRESH_S = 5.0
_MOST = 10_000


@dataclass(frozen=True, slots=True)
class SessionState:
    """One session as it stands in the database. Dates of the membership are half-open."""

    user_state: str
    scope_version: int
    revoked: bool
    expires_at: datetime
    device_id: UUID | None
    device_state: str | None
    wipe_order: UUID | None
    lost_at: datetime | None
    membership_id: UUID | None
    role: Role | None
    organisation_id: UUID | None
    membership_state: str | None
    valid_from: date | None
    valid_to: date | None
    terminal: bool
    acting_user: UUID | None
    acting_document: str | None
    acting_signs: list[str] | None
    vendor_id: UUID | None
    vendor_state: str | None
    vendor_from: date | None
    vendor_to: date | None

    @property
    def acting(self) -> Acting | None:
        """Whose place the session's role takes; None for a membership of one's own."""
        if self.acting_user is None:
            return None
        return Acting(self.acting_user, self.acting_document or "", frozenset(self.acting_signs or ()))

    def vendor_heard(self, day: date) -> bool:
        """Whether a vendor's account is confirmed and its dates hold the day; true for everybody else."""
        if self.vendor_id is None:
            return True
        begun = self.vendor_from is not None and self.vendor_from <= day
        return (
            self.vendor_state == "confirmed" and begun and self.vendor_to is not None and day < self.vendor_to
        )

    def in_force(self, day: date) -> bool:
        """Whether the session's role holds on the day; a session without a role always does."""
        if self.membership_id is None:
            return True
        begun = self.valid_from is not None and self.valid_from <= day
        return (
            self.membership_state == "confirmed" and begun and (self.valid_to is None or day < self.valid_to)
        )


_lock = threading.Lock()
_known: dict[UUID, tuple[float, bytes, SessionState | None]] = {}


def state_of(family_id: UUID) -> SessionState | None:
    """The session's state, at most five seconds old; None when there is no such session."""
    known, word = _known.get(family_id), shared_word.read(_word())
    if known is not None and known[1] == word and time.monotonic() - known[0] <= FRESH_S:
        return known[2]
    read_at = time.monotonic()
    state = _read(family_id)
    with _lock:
        if len(_known) >= _MOST:
            _known.clear()
        _known[family_id] = (read_at, word, state)
    return state


def forget() -> None:
    """Forget every session, in this process and in all others over the same data folder."""
    shared_word.change(_word())
    with _lock:
        _known.clear()


def forget_with_commit() -> None:
    """People, roles or devices change in this transaction: forget now, and again once others can see it."""
    forget()
    transaction.on_commit(forget)


def _word() -> str:
    """Of the sessions of this database."""
    return f"sessions-{connection.settings_dict['NAME']}"


def _read(family_id: UUID) -> SessionState | None:
    with connection.cursor() as cursor:
        cursor.execute(sqlfile.load("accounts", "session_state"), {"family": family_id})
        found = cursor.fetchone()
    if found is None:
        return None
    row: list[Any] = list(found)
    row[9] = Role(row[9]) if row[9] else None
    return SessionState(*row)
