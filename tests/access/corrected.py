"""What the story tells of a person in correction beside contacts and visits: leave, searches, files."""

from collections.abc import Mapping
from datetime import timedelta

from corrections.models import Subject
from corrections.reception_codes import EndOccasion, FileKind, ItemKind, LimitKind, ReceptionPlace
from corrections.services import leave as acts
from corrections.services import receiving
from corrections.services.searches import review_ask
from kernel import clock
from tests.cast import Member
from tests.corrections import leaves


def told(people: Mapping[str, Member], officer: Member, subject: Subject) -> None:
    """One record of each kind that can be read one by one."""
    _leave(people["agency_head"], officer, subject)
    _received(people["agency_head"], officer, subject)
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


def _received(head: Member, officer: Member, subject: Subject) -> None:
    """A reception that has begun, an officer's word for the last day, a paper, an injunction."""
    subject.refresh_from_db()
    assert subject.ends_on is not None
    receiving.reception_open(actor=officer.actor, subject_id=subject.id, place=ReceptionPlace.OFFICE)
    receiving.end_confirm(
        actor=officer.actor, subject_id=subject.id, occasion=EndOccasion.RECEPTION, ends_on=subject.ends_on
    )
    paper = receiving.Filed(FileKind.CORRECTION, ItemKind.LEGAL, "判决书", clock.today())
    receiving.item_file(actor=officer.actor, subject_id=subject.id, filed=paper)
    injunction = receiving.Limited(
        LimitKind.INJUNCTION, "不得进入测试场所", "禁 1", clock.today(), subject.ends_on
    )
    receiving.limit_record(actor=head.actor, subject_id=subject.id, limit=injunction)
