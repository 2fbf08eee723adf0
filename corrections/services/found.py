"""Rows that an act is about: visible to the actor, and locked. The person's row is locked before all
others.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast
from uuid import UUID

from django.db.models import Model, QuerySet

from corrections import access
from corrections.machine import STAFF
from corrections.models import Subject
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem

Row = TypeVar("Row", bound=Model)


def require_staff(actor: Actor) -> UUID:
    """The acting officer's id. Nobody else changes anything in corrections (CCL-9/10, CCL-12)."""
    if actor.role not in STAFF or actor.user_id is None:
        raise Problem("role_not_allowed")
    return actor.user_id


def subject_locked(actor: Actor, subject_id: UUID) -> Subject:
    """The person's row under lock, if the actor may see it; problem `not_found` also for a foreign one."""
    require_staff(actor)
    row = Subject.objects.select_for_update().filter(id=subject_id).first()
    if row is None or not access.visible_to(actor).filter(id=subject_id).exists():
        raise Problem("not_found")
    return row


def subject_of_visible(actor: Actor, subject_id: UUID) -> Subject:
    """The person's row under lock for a row that stays with the office when the file is closed to it: who
    sees the row acts on it."""
    return Subject.objects.select_for_update().get(id=subject_id)


def row_locked(
    actor: Actor,
    rows: QuerySet[Row],
    row_id: UUID,
    *,
    reach: Callable[[Actor, UUID], Subject] = subject_locked,
) -> Row:
    """One of these rows under lock, its person's row first, which `reach` finds and locks. Problem
    `not_found` also for a foreign one."""
    found: Any = existing(rows.filter(pk=row_id))
    subject = reach(actor, found.subject_id)
    row: Any = rows.model._base_manager.select_for_update().get(pk=row_id)
    row.subject = subject
    return cast("Row", row)


def in_term(subject: Subject) -> bool:
    return subject.ends_on is None or subject.ends_on >= clock.today()
