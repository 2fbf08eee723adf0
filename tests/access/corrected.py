"""What the story tells of a person in correction beside contacts and visits: leave, searches, files."""

from collections.abc import Mapping
from datetime import timedelta

from corrections.models import Subject
from corrections.services import leave as acts
from corrections.services.searches import review_ask
from kernel import clock
from tests.cast import Member
from tests.corrections import leaves


def told(people: Mapping[str, Member], officer: Member, subject: Subject) -> None:
    """One record of each kind that can be read one by one."""
    _leave(people["agency_head"], officer, subject)
    review_ask(actor=officer.actor, subject_id=subject.id, text="三日未联系上")


def _leave(head: Member, officer: Member, subject: Subject) -> None:
    """A leave that the station approved under its delegation, and a permit that is asked for."""
    acts.delegation_create(
        actor=head.actor, station_id=subject.station_id, document_no=f"委托 {subject.station.name}",
        valid_from=clock.today(), valid_to=clock.today() + timedelta(days=300),
    )  # fmt: skip
    leave = acts.leave_ask(actor=officer.actor, subject_id=subject.id, asked=leaves.asked())
    acts.leave_submit(actor=officer.actor, leave_id=leave.id)
    acts.leave_approve(actor=officer.actor, leave_id=leave.id)
    acts.permit_ask(actor=officer.actor, subject_id=subject.id, asked=leaves.permit())
