"""What the story tells of a person in correction beside contacts and visits: leave, searches, files."""

from collections.abc import Mapping
from datetime import timedelta

from accounts.models import Area
from corrections.assessment import AskedBy
from corrections.court import CourtFactKind
from corrections.decisions import DecisionKind
from corrections.models import DueContact, MedicalReport, Subject
from corrections.reception_codes import EndOccasion, FileKind, ItemKind, LimitKind, ReceptionPlace
from corrections.reports import ReportMatter, TimelyKind, ToldWay
from corrections.services import leave as acts
from corrections.services import personal, receiving
from corrections.services.aftercare import aftercare_inform
from corrections.services.assessments import Commission, assessment_assign, assessment_receive
from corrections.services.courts import AtCourt, court_fact_record
from corrections.services.entries import EntryAsked, entry_ask
from corrections.services.evaluations import evaluation_record
from corrections.services.lengthening import lengthening_propose
from corrections.services.medical import medical_open
from corrections.services.searches import review_ask
from kernel import clock
from tests.cast import Member
from tests.corrections import decided, leaves, stage


def told(people: Mapping[str, Member], officer: Member, subject: Subject, area: Area) -> None:
    """One record of each kind that can be read one by one."""
    _leave(people["agency_head"], officer, subject)
    _received(people["agency_head"], officer, subject)
    review_ask(actor=officer.actor, subject_id=subject.id, text="三日未联系上")
    _looked_into(people["agency_head"], officer, subject)
    _at_court(people["agency_head"], officer, subject)
    _outside(officer, area)
    _reported(officer, subject)
    aftercare_inform(actor=officer.actor, subject_id=subject.id, informed_on=clock.today())


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
    limit = receiving.limit_record(actor=head.actor, subject_id=subject.id, limit=injunction)
    asked = EntryAsked(limit.id, "测试场所", "就医", clock.today(), clock.today(), clock.today())
    entry_ask(actor=head.actor, subject_id=subject.id, asked=asked)


def _looked_into(head: Member, officer: Member, subject: Subject) -> None:
    """An assessment that the station was given, and an evaluation."""
    letter = Commission(AskedBy.COURT, "测试法院", f"委 {subject.station.name}", clock.today(), "测试某")
    row = assessment_receive(actor=head.actor, commission=letter)
    assessment_assign(actor=head.actor, assessment_id=row.id, station_id=subject.station_id)
    evaluation_record(
        actor=officer.actor, subject_id=subject.id, first_day=clock.today(), last_day=clock.today(),
        text="表现稳定", made_on=clock.today(),
    )  # fmt: skip


def _at_court(head: Member, officer: Member, subject: Subject) -> None:
    """A proposal of commutation that has reached the court."""
    proposal = decided.decided(officer.actor, head.actor, subject, DecisionKind.COMMUTE)
    fact = AtCourt(CourtFactKind.RECEIVED, clock.now(), "测试法院")
    court_fact_record(actor=head.actor, decision_id=proposal.id, fact=fact)


def _reported(officer: Member, subject: Subject) -> None:
    """A report at the office on the five matters, and a change of address that was told."""
    today = clock.today()
    due = DueContact.objects.filter(subject=subject, form=stage.AT_OFFICE.form).order_by("due_at")[0]
    told = {matter.value: "无异常" for matter in ReportMatter}
    report = personal.Reported(clock.now(), today, today, told)
    personal.periodic_report_take(actor=officer.actor, contact_id=due.id, report=report)
    moved = personal.Event(TimelyKind.ADDRESS, ToldWay.PHONE, today, today, "搬家")
    personal.timely_report_take(actor=officer.actor, subject_id=subject.id, event=moved)


def _outside(officer: Member, area: Area) -> None:
    """Somebody on 保外就医 with the reports that lie ahead, one of which is to be lengthened."""
    subject = stage.registered_in(officer.actor, area)
    stage.outside_prison(officer.actor, subject)
    medical_open(subject.id)
    report = MedicalReport.objects.filter(subject=subject).order_by("due_on")[0]
    lengthening_propose(
        actor=officer.actor, report_id=report.id, until=report.due_on + timedelta(days=9), reason="病情稳定"
    )
