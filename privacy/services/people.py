"""Requests of persons and notices: a paper form is enough, and a person checks who asks."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from audit.services import record
from edge.conf import setting
from edge.rows import existing
from kernel import calendar, clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from privacy import access
from privacy.closing import require_seen
from privacy.codes import NoticeWay, RequestKind
from privacy.machine import REQUEST
from privacy.models import Notice, NoticeShown, PersonRequest
from privacy.terms import request_due


@law("PI-45/46/50")
@transaction.atomic
def request_enter(
    *, actor: Actor, kind: RequestKind, paper_no: str, kept_at: str, received_on: date
) -> PersonRequest:
    """A request as it stands on paper; its clock runs from the paper's date."""
    if actor.organisation_id is None:
        raise Problem("role_not_allowed")
    days = setting("PERSON_REQUEST_WORKING_DAYS")
    due_on, due_at = request_due(received_on, working_days=days, calendar=calendar.current())
    row = PersonRequest.objects.create(
        kind=kind, paper_no=paper_no, kept_at=kept_at, received_on=received_on, due_on=due_on, due_at=due_at,
        organisation_id=actor.organisation_id, entered_by=actor.person, entered_at=clock.now(),
    )  # fmt: skip
    _told(actor, row, "entered")
    return row


@law("PI-45/46/50")
@transaction.atomic
def request_identify(*, actor: Actor, request_id: UUID, subject_kind: str, subject_id: UUID) -> PersonRequest:
    """A person saw the document and says which record it is about: one that the own desk answers for, also
    when it is restricted. Problem `not_found` for any other."""
    require_seen(actor, subject_kind, subject_id)
    said = {"subject_kind": subject_kind, "subject_id": subject_id, "identified_by": actor.person}
    return _move(actor, request_id, "identify", **said)


@law("PI-45/46/50")
@transaction.atomic
def request_answer(*, actor: Actor, request_id: UUID, document_no: str) -> PersonRequest:
    """Answered in writing. Problem `transition_not_allowed` before the identity was checked."""
    said = {"answered_at": clock.now(), "answered_by": actor.person, "answer_document": document_no}
    return _move(actor, request_id, "answer", **said)


@law("PI-45/46/50")
@transaction.atomic
def request_refuse(*, actor: Actor, request_id: UUID, reason: str) -> PersonRequest:
    """不予办理, with the reason that the person is given."""
    said = {"answered_at": clock.now(), "answered_by": actor.person, "refused_because": reason}
    return _move(actor, request_id, "refuse", **said)


@law("PI-17/18/35")
@transaction.atomic
def notice_enter(*, actor: Actor, code: str, version: int, words: str, valid_from: date) -> Notice:
    """A version of a notice; versions are never changed. Problem `notice_version_taken`."""
    try:
        with transaction.atomic():
            row = Notice.objects.create(
                code=code, version=version, words=words, valid_from=valid_from, entered_by=actor.person,
                entered_at=clock.now(),
            )  # fmt: skip
    except IntegrityError as error:
        raise Problem("notice_version_taken") from error
    _told(actor, row, "entered")
    return row


@law("PI-17/18/35")
@transaction.atomic
def notice_show(
    *,
    actor: Actor,
    notice_id: UUID,
    subject_kind: str,
    subject_id: UUID,
    way: NoticeWay,
    on: date,
    not_told_because: str = "",
) -> NoticeShown:
    """Told by hand, read out or by post; or not told by law, with the reason. Problems `not_found`,
    `reason_required`."""
    notice = existing(access.notices_visible_to(actor).filter(pk=notice_id))
    require_seen(actor, subject_kind, subject_id)
    if way == NoticeWay.NOT_TOLD and not not_told_because.strip():
        raise Problem("reason_required")
    row = NoticeShown.objects.create(
        notice=notice, subject_kind=subject_kind, subject_id=subject_id, way=way, on=on, by=actor.person,
        at=clock.now(), not_told_because=not_told_because.strip() if way == NoticeWay.NOT_TOLD else "",
    )  # fmt: skip
    _told(actor, row, "shown")
    return row


def _move(actor: Actor, request_id: UUID, event: str, **columns: Any) -> PersonRequest:
    row = existing(access.requests_visible_to(actor).select_for_update().filter(pk=request_id))
    step = REQUEST.apply(row.state, event, role=actor.role.value if actor.role else None)
    PersonRequest.objects.filter(pk=row.pk, state=step.source).update(state=step.target, **columns)
    row.refresh_from_db()
    _told(actor, row, event, str(columns.get("refused_because", "")))
    return row


def _told(actor: Actor, row: Any, what: str, reason: str = "") -> None:
    kind = row._meta.model_name
    record(
        actor=actor, event=f"{kind}.{what}", subject_kind=kind, subject_id=row.pk, reason=reason
    )  # fmt: skip
