"""The same story twice, in street A and in street B: something of the own and something foreign.

In each street: a threat between neighbours (dispute, firing, intake), a quarrel whose parties are being asked
(case), another that was agreed, one at the table (session, notes, offer), a screening of domestic violence
(protected), a person in correction, a task, a code, a pending role.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Model

from accounts import services as accounts
from accounts.services.vendors import Engaged
from audit import delivery
from corrections.complaints import Burden
from corrections.ends import EndReason
from corrections.models import DueContact
from corrections.opinions import OpinionKind
from corrections.services import (
    Move,
    detention_record,
    objection_make,
    opinion_issue,
    positioning_apply,
    second_decision_ask,
    subject_terminate,
    transfer_ask,
)
from disputes.models import DisputeParty
from disputes.services import Asked, Whistle, joint_send, round_open
from grids.models import Assignment
from grids.services import areas_change
from grids.services.imports import Declaration, import_declare
from kernel import clock
from kernel.actor import SYSTEM
from kernel.codes.roles import Role
from kernel.ids import uuid7
from liaison.services import Source, report_draft, report_send_at_once
from mediation.services import numbers_reserve
from mediation.services.referrals import Wanted, referral_draft
from tasks.codes import DutyPost, HandingReason, TaskKind
from tasks.services import About, Paper, Planned, hand_over_write, paper_entered, shifts_plan, task_create
from tests.access import corrected
from tests.cast import STAFF, WORKERS, District, Member, make_member
from tests.corrections import decided, positioned, stage
from tests.disputes.made import BEATING, THREAT, ZHANG, body, screened
from tests.liaison.made import seen
from tests.mediation import agreed as agreements
from tests.mediation import made as mediated
from tests.mediation.at_table import at_table, full_table

OLD = {"role": "respondent", "name": "钱七", "phone": "13700002222"}
NEW = {"role": "respondent", "name": "赵六", "phone": "13700001111"}
CALLERS_OF_ROUNDS = {"A1": "clerk", "B1": "other_clerk"}
DUTY = {"A1": ("director", "duty"), "B1": ("other_director", "other_duty")}
PARTS = ("worker", "clerk", "officer", "grid", "area", "mediator")
SIDES = {
    "A": dict(zip(PARTS, ("worker", "clerk", "officer", "A1-1", "A1", "mediator"), strict=True)),
    "B": dict(
        zip(PARTS, ("outsider", "other_clerk", "other_officer", "B1-1", "B1", "other_mediator"), strict=True)
    ),
}


@dataclass
class Stock:
    """Everybody by name, and of which street each record is (`A`, `B`; what is not here belongs to none)."""

    people: dict[str, Member] = field(default_factory=dict)
    side: dict[UUID, str] = field(default_factory=dict)

    def by_role(self) -> dict[str, Member]:
        """One person for each role, of street A where the role belongs to a street."""
        found: dict[str, Member] = {}
        for member in self.people.values():
            found.setdefault(member.membership.role, member)
        return found

    def of(self, pk: UUID) -> str:
        return self.side.get(pk, "")


def build(district: District) -> Stock:
    """Everybody of the cast, and the story told in both streets."""
    stock = Stock()
    for name in (*STAFF, *WORKERS):
        stock.people[name] = make_member(district, name)
    stage.leave_area(district)
    said = Declaration("grid", "WGS84", "new.geojson", size=2, sha256="0" * 64)
    import_declare(actor=stock.people["admin"].actor, import_id=uuid7(), declaration=said)
    areas_change(
        actor=stock.people["admin"].actor, table="old,new,name\n,230103009000,规划街道",
        day=clock.today() + timedelta(days=30),
    )  # fmt: skip
    _vendor(stock.people["admin"])
    for side, names in SIDES.items():
        before = _ids()
        _story(district, stock, names)
        _reported(district, stock, names["area"], names["grid"])
        stock.side |= dict.fromkeys(_ids() - before, side)
    _places(district, stock)
    return stock


def _vendor(admin: Member) -> None:
    """Somebody of a vendor for one ticket, whom nobody has let in yet."""
    today = clock.today()
    engaged = Engaged(
        "vendor1", "测试工程师", "测试公司", "合 1", "工单 7", "排查", today, today + timedelta(days=7)
    )
    accounts.vendor_propose(actor=admin.actor, engaged=engaged)


def _ids() -> set[UUID]:
    """The keys of all rows that have a UUID."""
    found: set[UUID] = set()
    for model in apps.get_models():
        if model._meta.app_label not in {"audit", "contenttypes", "auth", "procrastinate"}:
            found |= {
                pk for pk in model._default_manager.values_list("pk", flat=True) if isinstance(pk, UUID)
            }
    return found


def _referred(clerk: Member, dispute_id: UUID) -> None:
    party = DisputeParty.objects.filter(dispute=dispute_id).order_by("id")[0]
    details = {"against": "李四", "claims": "腾出楼道", "facts": "占用楼道"}
    wanted = Wanted(party.pk, "court", "share", "南岗区人民法院", details)
    referral_draft(actor=clerk.actor, dispute_id=dispute_id, wanted=wanted)


def _story(district: District, stock: Stock, names: dict[str, str]) -> None:
    worker, clerk, officer = (stock.people[names[part]] for part in ("worker", "clerk", "officer"))
    grid, area = names["grid"], names["area"]
    screened(worker, body(district, grid, signs=[THREAT], wants_mediation=True))
    screened(worker, body(district, grid, signs=[BEATING], protected=True, parties=[NEW]))
    delivery.drain()
    round_open(
        actor=stock.people[CALLERS_OF_ROUNDS[area]].actor, name="节前排查",
        community_ids=[district.areas[area].id], starts_on=clock.today(), ends_on=clock.today(),
    )  # fmt: skip
    director, duty = (stock.people[name] for name in DUTY[area])
    _desk(director, duty, clerk)
    case = mediated.asking(district, worker, clerk, grid=grid, parties=[ZHANG, NEW], brief="占用楼道")
    numbers_reserve(
        actor=clerk.actor, committee_id=district.organisations[f"committee {area[0]}"].pk,
        year=clock.today().year, count=2, reason="停电检修",
    )  # fmt: skip
    _agreed(district, worker, clerk, stock.people[names["mediator"]], grid)
    _whistled_and_referred(district, director, clerk, case.dispute_id)
    quarrel = {"grid": grid, "parties": [ZHANG, OLD], "brief": "阳台堆物"}
    mediator = stock.people[names["mediator"]]
    full_table(at_table(district, worker, clerk, mediator, **quarrel), clerk, mediator)
    _corrections(district, stock, officer, worker, area)
    task_create(
        actor=SYSTEM, kind=TaskKind(min(TaskKind)), about=About("test", district.grids[grid].id),
        role=Role.GRID_WORKER, assignee_id=worker.user.id,
    )  # fmt: skip
    accounts.enrolment_code_create(actor=SYSTEM, membership_id=worker.membership.id)
    newcomer = accounts.user_create(actor=SYSTEM, username=f"new{area.lower()}", name="新人")
    accounts.membership_propose(
        actor=SYSTEM, user_id=newcomer.id, role=Role.MEDIATOR, valid_from=clock.today(),
        valid_to=clock.today() + timedelta(days=300), organisation_id=clerk.membership.organisation_id,
    )  # fmt: skip


def _agreed(district: District, worker: Member, clerk: Member, mediator: Member, grid: str) -> None:
    """An oral agreement by which something is owed."""
    people = [{"role": role, "name": f"{role} 某"} for role in ("applicant", "respondent")]
    case = agreements.accepted(district, worker, clerk, mediator, grid=grid, parties=people, brief="漏水")
    owed = [agreements.instalments(case, (clock.today(), "300.00"))]
    agreements.reached(case, mediator, "oral", obligations=owed)


def _desk(director: Member, duty: Member, clerk: Member) -> None:
    paper = Paper(clock.today(), "档案柜 3")
    paper_entered(actor=clerk.actor, subject_kind="test", subject_id=uuid7(), paper=paper)
    shifts_plan(
        actor=director.actor,
        shifts=[Planned(duty.user.id, DutyPost.MAIN, clock.now(), clock.now() + timedelta(hours=12))],
    )
    hand_over_write(actor=duty.actor, reason=HandingReason.SHIFT_END)


def _whistled_and_referred(district: District, director: Member, clerk: Member, dispute_id: UUID) -> None:
    _whistle(district, director, dispute_id)
    _referred(clerk, dispute_id)


def _whistle(district: District, director: Member, dispute_id: UUID) -> None:
    joint_send(
        actor=director.actor, dispute_id=dispute_id, whistle=Whistle("楼道", "占用消防通道"),
        questions=[Asked(district.organisations["department"].id, "请核查")], answer_on=clock.today(),
    )  # fmt: skip


def _reported(district: District, stock: Stock, area: str, grid: str) -> None:
    """A report at once to the street's own police station."""
    mediator = stock.people["mediator" if area == "A1" else "other_mediator"]
    observed = seen(district, area_id=district.areas[area].id, grid_id=district.grids[grid].id)
    report, _ = report_draft(
        actor=mediator.actor, ground="PS-6", source=Source("observation", uuid7()), observed=observed
    )
    report_send_at_once(actor=mediator.actor, report_id=report.pk)


def _corrections(district: District, stock: Stock, officer: Member, worker: Member, area: str) -> None:
    subject = stage.registered(district, officer.actor, area=area)
    stage.ordered(officer.actor, subject, document_no=f"（2026）测 {area} 号")
    stage.grouped(officer.actor, subject, stage.member(worker.user))
    stage.planned(officer.actor, subject, stage.WEEKLY, stage.AT_OFFICE)
    visits = DueContact.objects.filter(subject=subject, form=stage.WEEKLY.form)
    contact = visits.order_by("due_at", "id")[0]
    for minutes in (20, 10):
        at = clock.now() - timedelta(minutes=minutes)
        visit = stage.met(contact.pk, point=stage.fix(stage.OUTSIDE, at=at))
        (outcome,) = stage.submit(officer.actor, stage.item(visit, at=at))
        assert outcome.state == "accepted", outcome
    _decided(stock, officer, subject)
    _ends(district, stock, officer, area)
    corrected.told(stock.people, officer, subject, district.areas[area])


def _decided(stock: Stock, officer: Member, subject: Any) -> None:
    """A sanction that was objected to, a complaint about the agency, an application for positioning, and a
    second decider who was asked."""
    agency = stock.people["agency"]
    row = decided.served(officer.actor, stock.people["agency_head"].actor, subject)
    objection_make(actor=officer.actor, decision_id=row.id, text="不服", made_on=clock.today())
    decided.complained(stock.people["complaints"], agency)
    application = positioned.wanted(positioned.found(agency.actor, subject).id)
    positioning_apply(actor=agency.actor, subject_id=subject.id, application=application)
    second_decision_ask(actor=agency.actor, subject_id=subject.id, act=Burden.DECISION, about="共同决定")


def _ends(district: District, stock: Stock, officer: Member, area: str) -> None:
    """Somebody who is detained and wants to move, somebody whose correction was terminated, an opinion."""
    agency, today = stock.people["agency"].actor, clock.today()
    held, gone = (stage.registered(district, officer.actor, area=area) for _ in range(2))
    for number, subject in enumerate((held, gone)):
        stage.ordered(officer.actor, subject, document_no=f"（2026）测 {area} {number} 号")
    detention_record(
        actor=officer.actor, subject_id=held.id, organ="看守所", document_no="1", since=today, told_on=today
    )
    transfer_ask(actor=agency, subject_id=held.id, wanted=Move("五常", "230184000000", "随迁", today, today))
    subject_terminate(
        actor=agency, subject_id=gone.id, reason=EndReason.DEATH, document_no=f"死亡 {area}", on=today
    )
    opinion_issue(
        actor=stock.people["procurator"].actor, agency_id=held.agency_id, kind=OpinionKind.OPINION,
        document_no=f"检 {area}", issued_on=today, text="请纠正",
    )  # fmt: skip


def _places(district: District, stock: Stock) -> None:
    """Places and people of the cast are older than the story: they are sorted by where they lie."""
    for name, area in district.areas.items():
        stock.side |= {area.pk: name[0]} if name[0] in "AB" else {}
    for name, grid in district.grids.items():
        stock.side |= {grid.pk: name[0], district.shapes[name].pk: name[0]}
    streets = {row.pk: stock.of(row.area_id) for row in district.organisations.values()}
    stock.side |= {pk: street for pk, street in streets.items() if street}
    for member in stock.people.values():
        street = streets[member.membership.organisation_id]
        rows: list[Model | None] = [member.user, member.membership, member.device]
        stock.side |= {row.pk: street for row in rows if row is not None and street}
    for assignment in Assignment.objects.all():
        stock.side[assignment.pk] = stock.of(assignment.grid_id)


def everything(model: type[Model]) -> list[Any]:
    """All rows of a model, whoever may see them."""
    return list(model._default_manager.order_by("pk"))
