"""销毁: what is past its retention comes onto a list; the archive keeper signs, then the bureau's head, and
the keys are emptied.
"""

from itertools import islice
from uuid import UUID

from django.db import transaction

from audit.services import record
from edge.conf import setting
from edge.locks import advisory
from edge.rows import existing
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.law import law
from kernel.problems import Problem
from privacy import access
from privacy.closing import classes
from privacy.machine import DESTRUCTION, ClosingState, ListState
from privacy.models import Closing, DestructionEntry, DestructionList
from privacy.services.closings import record_destroy
from privacy.services.holding import held

LISTED = (ListState.DRAFTED, ListState.SIGNED)
CLOSED_NOT_GONE = (ClosingState.RESTRICTED, ClosingState.SEALED)


@law("PI-19/47")
@transaction.atomic
def lists_draft() -> int:
    """A list for each kind with records whose retention is over and that stand on no open list; how many.
    What is held, or has begun again, waits. Two processes do not list the same record."""
    advisory("privacy.destruction", ["lists"])
    made = 0
    for kind, entry in classes().items():
        waiting = DestructionEntry.objects.filter(list__state__in=LISTED).values("closing")
        due = Closing.objects.filter(
            subject_kind=kind, state__in=CLOSED_NOT_GONE, retention_until__lt=clock.today()
        ).exclude(pk__in=waiting)
        ended = list(due.order_by("retention_until", "id"))
        kept = held(kind, ended)
        free = (row for row in ended if row.pk not in kept and entry.is_over(row.subject_id))
        rows = list(islice(free, setting("DESTRUCTION_LIST_MAX")))
        if rows:
            _draft(kind, rows)
            made += 1
    return made


def _draft(kind: str, rows: list[Closing]) -> None:
    made = DestructionList.objects.create(subject_kind=kind, drafted_at=clock.now())
    DestructionEntry.objects.bulk_create(
        [
            DestructionEntry(list=made, closing=row, retention_until=day)
            for row in rows
            if (day := row.retention_until)
        ]
    )
    record(
        actor=SYSTEM, event="destruction.drafted", subject_kind="destruction_list", subject_id=made.pk,
        detail={"kind": kind, "count": len(rows)},
    )  # fmt: skip


@law("PI-19/47")
@transaction.atomic
def destruction_sign(*, actor: Actor, list_id: UUID, document_no: str) -> DestructionList:
    """The archive keeper's signature; nothing is destroyed by it."""
    row = _locked(actor, list_id)
    said = {"first_id": actor.person, "first_at": clock.now(), "document_no": document_no}
    return _move(actor, row, "sign", **said)


@law("PI-19/47")
@transaction.atomic
def destruction_countersign(*, actor: Actor, list_id: UUID) -> DestructionList:
    """The bureau head's signature, another person's: every key of the list is emptied, for good.

    Problems `second_person_same`; `retention_running` when a record's retention was prolonged meanwhile,
    `destruction_held` when something about one goes on again: the list is cancelled, a later one leaves it
    out.
    """
    row = _locked(actor, list_id)
    _move(actor, row, "countersign", second_id=actor.person, second_at=clock.now())
    closings = Closing.objects.select_for_update().filter(
        pk__in=row.entries.values("closing"), state__in=CLOSED_NOT_GONE
    )
    rows = list(closings.order_by("id"))
    _check_free(row.subject_kind, rows)
    for closing in rows:
        record_destroy(actor=actor, row=closing)
    return row


def _check_free(kind: str, rows: list[Closing]) -> None:
    kept, is_over = held(kind, rows), classes()[kind].is_over
    for row in rows:
        if row.retention_until is None or row.retention_until >= clock.today():
            raise Problem("retention_running", closing=str(row.pk))
        if row.pk in kept or not is_over(row.subject_id):
            raise Problem("destruction_held", closing=str(row.pk))


@transaction.atomic
def destruction_cancel(*, actor: Actor, list_id: UUID, reason: str) -> DestructionList:
    """Not now: what stood on it comes onto a later list."""
    return _move(actor, _locked(actor, list_id), "cancel", cancelled_because=reason)


def _locked(actor: Actor, list_id: UUID) -> DestructionList:
    row = existing(access.lists_visible_to(actor).select_for_update().filter(pk=list_id))
    return row


def _move(actor: Actor, row: DestructionList, event: str, **columns: object) -> DestructionList:
    role = actor.role.value if actor.role else None
    facts = {"user_id": actor.person, "first_id": row.first_id}
    step = DESTRUCTION.apply(row.state, event, role=role, facts=facts)
    changed = DestructionList.objects.filter(pk=row.pk, state=step.source).update(
        state=step.target, **columns
    )
    if changed != 1:
        raise Problem("conflict")
    row.refresh_from_db()
    record(
        actor=actor, event=f"destruction.{event}", subject_kind="destruction_list", subject_id=row.pk,
        reason=str(columns.get("cancelled_because", "")), detail={"kind": row.subject_kind},
    )  # fmt: skip
    return row
