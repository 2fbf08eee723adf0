"""What somebody has to do because something happened below."""

from audit.models import AuditEvent
from edge.conf import setting
from kernel import calendar, clock
from kernel.actor import SYSTEM, Actor
from kernel.codes.roles import Role
from kernel.law import law
from privacy.access import CONSENTS
from privacy.services import consent_given_again, consents_before
from privacy.terms import request_due
from tasks.codes import TaskKind
from tasks.machine import CONSENT
from tasks.services import About, task_create, tasks_cancel_for, tasks_done_for

AGAIN = "同一事项已重新同意"


@law("PI-13/14", "PI-19/47")
def consent_withdrawn(event: AuditEvent) -> None:
    """撤回同意: the desk of the office that heard it looks at what was kept for that purpose, and orders the
    erasure of what rested on it alone, in the days of a person's request. Of one that was given again
    meanwhile nothing is owed."""
    if consent_given_again(event.subject_id):
        return
    days, known = setting("PERSON_REQUEST_WORKING_DAYS"), calendar.current()
    _, due_at = request_due(clock.local_day(event.at), working_days=days, calendar=known)
    heard = Role(event.role)
    task_create(
        actor=SYSTEM, kind=TaskKind.REVIEW, about=About(CONSENT, event.subject_id),
        role=heard if heard in CONSENTS.roles("erase") else Role.CENTRE_CLERK,
        organisation_id=event.organisation_id, due_at=due_at,
    )  # fmt: skip


@law("GR-6")
def planned_change_refused(event: AuditEvent) -> None:
    """Whoever entered the change looks at why its day refused it. One that came by command is nobody's: the
    list and the log tell of it."""
    if event.user_id is None:
        return
    task_create(
        actor=SYSTEM, kind=TaskKind.REVIEW, about=About("planned_change", event.subject_id),
        role=Role(event.role), assignee_id=event.user_id, organisation_id=event.organisation_id,
    )  # fmt: skip


@law("PI-13/14")
def consent_given(event: AuditEvent) -> None:
    """Given again for the same: what was kept rests on the new word, and nothing is left to decide of the
    one before."""
    for consent_id in consents_before(event.subject_id):
        tasks_cancel_for(
            actor=SYSTEM, subject_kind=CONSENT, subject_id=consent_id, kind=TaskKind.REVIEW, reason=AGAIN
        )


@law("PI-13/14")
def consent_erased(event: AuditEvent) -> None:
    """清除: the order was given, the task is done with it."""
    who = Actor(event.user_id, Role(event.role), event.organisation_id)
    tasks_done_for(actor=who, subject_kind=CONSENT, subject_id=event.subject_id, kind=TaskKind.REVIEW)
