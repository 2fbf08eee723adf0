"""What somebody has to do because something happened below."""

from audit.models import AuditEvent
from edge.conf import setting
from kernel import calendar, clock
from kernel.actor import SYSTEM
from kernel.codes.roles import Role
from kernel.law import law
from privacy.terms import request_due
from tasks.codes import TaskKind
from tasks.services import About, task_create


@law("PI-13/14", "PI-19/47")
def consent_withdrawn(event: AuditEvent) -> None:
    """撤回同意: the desk that wrote it down looks at what was kept for that purpose alone, and asks for its
    deletion where no duty to keep exists, in the days of a person's request."""
    days, known = setting("PERSON_REQUEST_WORKING_DAYS"), calendar.current()
    _, due_at = request_due(clock.local_day(event.at), working_days=days, calendar=known)
    task_create(
        actor=SYSTEM, kind=TaskKind.REVIEW, about=About("consent", event.subject_id), role=Role(event.role),
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
