"""What the table holds of a dispute that is closed: cases, agreements, papers, people who came along.

Their values stand under keys of this one dispute or case; what lies outside them is emptied through the
owner's narrow door (`sql/destroyed.sql`), since steps and consents are append-only for the running system.
A dispute with a file is kept by the class of retention on its cover (PM-F5).
"""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import QuerySet

from disputes.models import Dispute
from kernel.actor import Actor
from kernel.law import law
from mediation.models import CaucusNote, CaucusWord
from mediation.papers.keeping import kept
from privacy.closing import Part, enter_part, ids_below, rows_below


def connect() -> None:
    """Enter the part (once, when the app is ready)."""
    enter_part("dispute", Part(rows_of=rows_of, kept=kept, destroy=empty, log_of=log_of))


def rows_of(ids: Sequence[UUID]) -> Iterable[QuerySet[Any]]:
    """Everything at the table that hangs on these disputes, pictures of papers by the key of their paper."""
    return rows_below(Dispute, "mediation", ids)


UNTOLD = (CaucusNote, CaucusWord)
"""What one party said alone: the print for one of them would tell that the other was spoken to (PM-15)."""


@law("PI-45/46/50")
def log_of(dispute_id: UUID) -> Iterable[UUID]:
    """Case, sessions, papers, agreements, referrals, follow-ups: each is read under its own id."""
    return ids_below(Dispute, "mediation", dispute_id, less=UNTOLD)


@law("PI-19/47")
def empty(_actor: Actor, ids: Sequence[UUID]) -> None:
    """Reasons, words to a party, needs, and what finds a person again."""
    with connection.cursor() as cursor:
        cursor.execute("select mediation_destroyed(%s)", [list(ids)])
