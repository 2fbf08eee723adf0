"""A leave that an act is about: visible to the actor, with the person's row and its own locked."""

from datetime import date
from uuid import UUID

from corrections.models import Leave, Subject
from corrections.services.found import in_term, row_locked
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem


def leave_locked(actor: Actor, leave_id: UUID) -> Leave:
    """Problem `not_found` also for a foreign one."""
    return row_locked(actor, Leave.objects.all(), leave_id)


def said_on(day: date | None, *, not_before: date | None = None, field: str = "decided_on") -> date:
    """The day that a paper states: today unless said, never in the future, never before `not_before`."""
    stated = day or clock.today()
    if stated > clock.today() or (not_before is not None and stated < not_before):
        raise Problem("invalid", fields={field: ["in the future, or before it could be"]})
    return stated


def within_term(subject: Subject, last_day: date) -> None:
    """Problem `term_over` for days beyond the last day of the term."""
    if not in_term(subject) or (subject.ends_on is not None and last_day > subject.ends_on):
        raise Problem("term_over", fields={"last_day": ["after the last day of the term"]})
