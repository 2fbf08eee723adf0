"""Who sees a report: the liaison officer those addressed to the own police station, once sent; nothing
else."""

from django.db.models import QuerySet

from kernel.actor import Actor
from kernel.codes.roles import Role
from liaison.machine import ReportState
from liaison.models import Report

NOT_SENT = (
    ReportState.DRAFTED, ReportState.PROPOSED, ReportState.RETURNED, ReportState.DECLINED,
    ReportState.APPROVED,
)  # fmt: skip


def visible_to(actor: Actor) -> QuerySet[Report]:
    """A report that was only proposed exists for no liaison officer."""
    if actor.is_system:
        return Report.objects.all()
    if actor.role == Role.LIAISON_OFFICER:
        return Report.objects.filter(recipient_id=actor.organisation_id).exclude(state__in=NOT_SENT)
    return Report.objects.none()
