"""Who read what about whom, and what left the district: one row each, in the act's own transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection, transaction

from audit.services import record
from edge.conf import setting
from kernel import clock
from kernel.actor import Actor
from kernel.codes.purposes import Purpose
from kernel.law import law
from kernel.law_rows import LAW_ROWS
from kernel.problems import Problem
from kernel.text import mask_numbers
from privacy.codes import RecipientKind
from privacy.models import ReadLog, Share
from privacy.terms import share_kept_until


@dataclass(frozen=True, slots=True)
class Given:
    """What is given to whom: `basis` a row of the law (`PS-1`, `CCL-5`), `fields` as in the register
    (`disputes.ScreeningParty.name`), `records` how many rows it holds."""

    subject_kind: str
    subject_id: UUID
    basis: str
    purpose: str
    recipient_kind: RecipientKind
    recipient: str
    fields: Sequence[str]
    records: int = 1
    document_id: UUID | None = None


def read_logged(
    *,
    actor: Actor,
    subject_kind: str,
    subject_id: UUID,
    fields: Sequence[str],
    purpose: str,
    reason: str,
) -> UUID:
    """Leave the row without which a sensitive part is not shown; call it before the values are read.

    Problem `purpose_required` when the purpose is not one of the closed list or the reason is empty.
    """
    if purpose not in Purpose.values() or not reason.strip():
        raise Problem("purpose_required", purposes=Purpose.values())
    if actor.user_id is None:
        raise ValueError("the machine reads no sensitive part on its own")
    row = ReadLog.objects.create(
        read_at=clock.now(),
        reader_id=actor.user_id,
        role=actor.role or "",
        organisation_id=actor.organisation_id,
        device_id=actor.device_id,
        subject_kind=subject_kind,
        subject_id=subject_id,
        fields=list(fields),
        purpose=purpose,
        reason=mask_numbers(reason.strip())[0],
        request_id=actor.request_id,
    )
    return row.id


@law("ND-12", "CCL-5", "PI-55/56")
def share_logged(*, actor: Actor, given: Given) -> UUID:
    """Leave the row without which nothing about a person goes out; call it in the transaction of the giving.

    Problems `share_basis_unknown` (not a row of the law) and `share_incomplete` (purpose, recipient or fields
    missing).
    """
    if not connection.in_atomic_block:
        raise transaction.TransactionManagementError("a share is logged inside the giving's transaction")
    if given.basis not in LAW_ROWS:
        raise Problem("share_basis_unknown", basis=given.basis)
    if not (given.purpose.strip() and given.recipient.strip() and given.fields):
        raise Problem("share_incomplete")
    row = Share.objects.create(
        shared_at=clock.now(), sharer_id=actor.user_id, role=actor.role or "",
        organisation_id=actor.organisation_id, request_id=actor.request_id, subject_kind=given.subject_kind,
        subject_id=given.subject_id, basis=given.basis, purpose=mask_numbers(given.purpose.strip())[0],
        recipient_kind=given.recipient_kind, recipient=given.recipient.strip(), fields=sorted(given.fields),
        records=given.records, document_id=given.document_id, kept_until=share_kept(clock.today()),
    )  # fmt: skip
    record(
        actor=actor, event="privacy.shared", subject_kind=given.subject_kind, subject_id=given.subject_id,
        detail={"share": str(row.id), "basis": given.basis, "recipient_kind": given.recipient_kind},
    )  # fmt: skip
    return row.id


def share_kept(day: date) -> date:
    """The last day on which a row of that day must still stand."""
    return share_kept_until(day, days=setting("SHARE_LOG_DAYS"))
