"""依法查询 of a sealed file: entered, approved by a second person, opened for an hour by both halves,
answered in writing. A number that is none goes the same way to the answer `none_found`.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.services import record
from edge.conf import setting
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.codes.purposes import Purpose
from kernel.law import law
from kernel.law_rows import LAW_ROWS
from kernel.problems import Problem
from privacy import access, keys
from privacy.closing import classes
from privacy.codes import RecipientKind
from privacy.machine import QUERY, ClosingState
from privacy.models import Closing, LawfulQuery, SubjectKey
from privacy.services.closings import keys_unsealed, seal_halves_check
from privacy.services.holding import queries_open
from privacy.services.keys import keys_forgotten
from privacy.services.logs import Given, read_logged, share_logged
from privacy.terms import query_until

FOUND, NONE_FOUND = "found", "none_found"


@law("MI-SEAL", "MI-59")
@transaction.atomic
def query_enter(
    *, actor: Actor, unit: str, basis: str, document_no: str, scope: Sequence[str], seal_number: str
) -> LawfulQuery:
    """What a unit asks in writing. Problems `share_basis_unknown`, `query_scope_unknown`."""
    if basis not in LAW_ROWS:
        raise Problem("share_basis_unknown", basis=basis)
    known = {field for entry in classes().values() for field in entry.shown}
    if not scope or not set(scope) <= known:
        raise Problem("query_scope_unknown", fields=dict.fromkeys(sorted(set(scope) - known), "unknown"))
    row = LawfulQuery.objects.create(
        unit=unit, basis=basis, document_no=document_no, scope=sorted(scope), seal_number=seal_number,
        entered_by=actor.person, entered_at=clock.now(),
    )  # fmt: skip
    _told(actor, row, "entered")
    return row


@law("MI-SEAL")
@transaction.atomic
def query_approve(*, actor: Actor, query_id: UUID) -> LawfulQuery:
    """The bureau's head approves, who is not the one who entered it."""
    row = _locked(actor, query_id)
    return _move(actor, row, "approve", approved_by=actor.person, decided_at=clock.now())


@law("MI-SEAL")
@transaction.atomic
def query_refuse(*, actor: Actor, query_id: UUID, reason: str) -> LawfulQuery:
    """不予查询, in writing and with the reason."""
    row = _locked(actor, query_id)
    return _move(actor, row, "refuse", refused_because=reason, decided_at=clock.now())


@law("MI-SEAL")
@transaction.atomic
def query_open(*, actor: Actor, query_id: UUID, head_half: str, keeper_half: str) -> LawfulQuery:
    """Both holders type their halves: the file's keys stand open for an hour, for this query.

    Problems `seal_half_unreadable`, `seal_halves_wrong`.
    """
    row = _locked(actor, query_id)
    seal_halves_check(head_half, keeper_half)
    now = clock.now()
    until = query_until(now, minutes=setting("SEAL_OPEN_MIN"))
    _move(actor, row, "open", opened_at=now, opened_until=until)
    found = _sealed(row)
    if found is not None:
        opened = keys_unsealed(found, head_half, keeper_half)
        for key_id, data_key in opened.items():
            SubjectKey.objects.filter(pk=key_id).update(
                wrapped_key=keys.wrap(key_id, data_key), opened_until=until
            )
        Closing.objects.filter(pk=found.pk).update(opened_until=until)
    return row


@law("MI-SEAL", "CCL-54")
@transaction.atomic
def query_read(*, actor: Actor, query_id: UUID, reason: str) -> Mapping[str, Any]:
    """The fields of the scope, while it is open, against a row in the read log. Problem `query_not_open`."""
    row = _locked(actor, query_id)
    if row.opened_until is None or row.opened_until <= clock.now() or row.answered_at is not None:
        raise Problem("query_not_open")
    found = _sealed(row)
    read_logged(
        actor=actor, subject_kind=found.subject_kind if found else "lawful_query",
        subject_id=found.subject_id if found else row.pk, fields=row.scope,
        purpose=Purpose.LAWFUL_QUERY.value, reason=reason,
    )  # fmt: skip
    if found is None:
        return {"answer": NONE_FOUND, "values": {}}
    show = classes()[found.subject_kind].show
    values = show(found.subject_id) if show else {}
    return {"answer": FOUND, "values": {name: values.get(name) for name in row.scope}}


@law("MI-SEAL", "ND-12")
@transaction.atomic
def query_answer(*, actor: Actor, query_id: UUID, document_no: str) -> LawfulQuery:
    """The written answer has gone: the file is closed at once, unless it stands open for another query, and
    what went stands in the share log."""
    row = _locked(actor, query_id)
    found = _sealed(row)
    answer = FOUND if found is not None and row.opened_at is not None else NONE_FOUND
    _move(
        actor, row, "answer", answered_at=clock.now(), answer=answer, answer_document=document_no,
        opened_until=None,
    )  # fmt: skip
    if found is not None and answer == FOUND:
        _close(found)
        given = Given(
            found.subject_kind, found.subject_id, row.basis, "依法查询", RecipientKind.LAWFUL_QUERY, row.unit,
            row.scope, document_id=row.pk,
        )  # fmt: skip
        share_logged(actor=actor, given=given)
    return row


@law("MI-SEAL")
@transaction.atomic
def queries_reseal(now: datetime) -> int:
    """Close what has stood open for its hour; how many files."""
    rows = list(Closing.objects.select_for_update().filter(opened_until__lte=now).order_by("id"))
    _reseal(rows)
    return len(rows)


def _close(found: Closing) -> None:
    """Until the last of the other queries for which it was opened is over too."""
    others = queries_open(found.seal_number)
    if not others:
        _reseal([found])
        return
    Closing.objects.filter(pk=found.pk).update(opened_until=others[0].opened_until)


def _reseal(rows: Sequence[Closing]) -> None:
    for row in rows:
        ids = list(classes()[row.subject_kind].keys_of([row.subject_id]))
        held = SubjectKey.objects.filter(id__in=ids, sealed_key__isnull=False)
        held.update(wrapped_key=b"", opened_until=None)
        keys_forgotten(ids)
    Closing.objects.filter(pk__in=[row.pk for row in rows]).update(opened_until=None)


def _sealed(row: LawfulQuery) -> Closing | None:
    return Closing.objects.filter(seal_number=row.seal_number, state=ClosingState.SEALED).first()


def _locked(actor: Actor, query_id: UUID) -> LawfulQuery:
    row = existing(access.queries_visible_to(actor).select_for_update().filter(pk=query_id))
    return row


def _move(actor: Actor, row: LawfulQuery, event: str, **columns: Any) -> LawfulQuery:
    role = actor.role.value if actor.role else None
    facts = {"user_id": actor.person, "first_id": row.entered_by}
    step = QUERY.apply(row.state, event, role=role, facts=facts)
    changed = LawfulQuery.objects.filter(pk=row.pk, state=step.source).update(state=step.target, **columns)
    if changed != 1:
        raise Problem("conflict")
    row.refresh_from_db()
    _told(actor, row, event, columns.get("refused_because", ""))
    return row


def _told(actor: Actor, row: LawfulQuery, event: str, reason: str = "") -> None:
    record(
        actor=actor, event=f"lawful_query.{event}", subject_kind="lawful_query", subject_id=row.pk,
        reason=reason, detail={"basis": row.basis},
    )  # fmt: skip
