"""What mediators own: cases at whose table they sit. They pass on by a replacement alone, which the parties
are told of and may object to (PM-19, PM-23)."""

from collections.abc import Iterable

from accounts.ownership import OwnedItem, Owner, Source, register
from kernel.codes.roles import Role
from mediation.machine import OPEN_STATES
from mediation.models import CaseMediator


def connect() -> None:
    """Enter the source (once, when the app is ready)."""
    register(Source("mediation_cases", "在办调解案件", "cases at the table", cases))


def cases(owner: Owner) -> Iterable[OwnedItem]:
    if owner.role != Role.MEDIATOR:
        return
    rows = CaseMediator.objects.filter(
        user_id=owner.user_id, replaced_at=None, case__state__in=OPEN_STATES
    ).select_related("case__dispute")
    for row in rows.order_by("case__asked_at", "case_id"):
        name = row.case.number or row.case.dispute.code
        yield OwnedItem("mediation_case", row.case_id, name, name)
