"""What went wrong, and what was opened in an emergency."""

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction

from audit.services import record
from edge.conf import setting
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from privacy import access
from privacy.codes import ToldWhom
from privacy.machine import INCIDENT
from privacy.models import BrokenGlass, Incident, IncidentTold
from privacy.terms import glass_until, incident_due

BREAKABLE = frozenset({"subject"})
"""Kinds that stand open for an hour: files in correction, of another station."""


@law("PI-57")
@transaction.atomic
def incident_open(*, actor: Actor, what: str, noticed_at: datetime) -> Incident:
    """泄露事件, by anybody who noticed; the clock runs from then."""
    due = incident_due(noticed_at, hours=setting("INCIDENT_TELL_H"))
    row = Incident.objects.create(
        what=what, noticed_at=noticed_at, opened_by=actor.person, opened_at=clock.now(), tell_due_at=due
    )
    _told(actor, row, "incident.opened")
    return row


@law("PI-57")
@transaction.atomic
def incident_told(
    *, actor: Actor, incident_id: UUID, whom: ToldWhom, told_at: datetime, document_no: str
) -> Incident:
    """Who was told, when, by which paper. Problem `invalid` for a day before anybody had noticed."""
    row = _incident(actor, incident_id)
    if told_at < row.noticed_at:
        raise Problem("invalid", fields={"told_at": ["before it was noticed"]})
    IncidentTold.objects.create(
        incident=row, whom=whom, told_at=told_at, document_no=document_no, by=actor.person
    )
    _told(actor, row, "incident.told", detail={"whom": whom})
    return row


@law("PI-57")
@transaction.atomic
def incident_contain(*, actor: Actor, incident_id: UUID, remedy: str) -> Incident:
    """已控制, and by what."""
    return _move(actor, _incident(actor, incident_id), "contain", remedy=remedy, contained_at=clock.now())


@law("PI-57")
@transaction.atomic
def incident_close(*, actor: Actor, incident_id: UUID) -> Incident:
    """办结. Problem `authority_not_told`."""
    return _move(actor, _incident(actor, incident_id), "close", closed_at=clock.now())


@law("PI-51")
@transaction.atomic
def glass_break(*, actor: Actor, subject_kind: str, subject_id: UUID, reason: str) -> BrokenGlass:
    """紧急查阅 for an hour, of a kind that packages open so. What it opens is the record's package to say,
    and whether there is such a record is said to nobody; each reading still leaves its row."""
    if subject_kind not in BREAKABLE:
        raise Problem("invalid", fields={"subject_kind": [f"one of {', '.join(sorted(BREAKABLE))}"]})
    now = clock.now()
    row = BrokenGlass.objects.create(
        subject_kind=subject_kind, subject_id=subject_id, by=actor.person, role=actor.role or "",
        reason=reason, at=now, until=glass_until(now, minutes=setting("BREAK_GLASS_MIN")),
    )  # fmt: skip
    record(actor=actor, event="glass.broken", subject_kind=subject_kind, subject_id=subject_id, reason=reason)
    return row


@law("PI-51")
@transaction.atomic
def glass_review(*, actor: Actor, glass_id: UUID, justified: bool, remark: str = "") -> BrokenGlass:
    """A second person says whether it was right, and why if it was not. Problems `own_glass`,
    `glass_reviewed`, `reason_required`."""
    row = existing(access.glass_visible_to(actor).select_for_update().filter(pk=glass_id))
    if row.by == actor.user_id:
        raise Problem("own_glass")
    if row.reviewed_at is not None:
        raise Problem("glass_reviewed")
    if not justified and not remark.strip():
        raise Problem("reason_required", fields={"remark": ["why it was not right"]})
    row.reviewed_by, row.reviewed_at = actor.person, clock.now()
    row.justified, row.remark = justified, remark
    row.save(update_fields=["reviewed_by", "reviewed_at", "justified", "remark"])
    record(
        actor=actor, event="glass.reviewed", subject_kind=row.subject_kind, subject_id=row.subject_id,
        detail={"justified": justified},
    )  # fmt: skip
    return row


def glass_opened(actor: Actor, subject_kind: str) -> Collection[UUID]:
    """Ids of the records that stand open for this person in this role now."""
    rows = BrokenGlass.objects.filter(by=actor.person, role=actor.role or "", subject_kind=subject_kind)
    return list(rows.filter(until__gt=clock.now()).values_list("subject_id", flat=True))


def _incident(actor: Actor, incident_id: UUID) -> Incident:
    row = existing(access.incidents_visible_to(actor).select_for_update().filter(pk=incident_id))
    return row


def _move(actor: Actor, row: Incident, event: str, **columns: Any) -> Incident:
    facts = {"authority_told": row.told.filter(whom=ToldWhom.AUTHORITY).exists()}
    step = INCIDENT.apply(row.state, event, role=actor.role.value if actor.role else None, facts=facts)
    Incident.objects.filter(pk=row.pk, state=step.source).update(state=step.target, **columns)
    row.refresh_from_db()
    _told(actor, row, f"incident.{event}")
    return row


def _told(actor: Actor, row: Incident, event: str, detail: dict[str, Any] | None = None) -> None:
    record(actor=actor, event=event, subject_kind="incident", subject_id=row.pk, detail=detail)
