"""People in correction for the tests: synthetic, in the square district, under the station of street A."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID, uuid4

from accounts.models import Area, User
from corrections.bodies import FixBody, VisitBody
from corrections.codes import HelpMeasure, MemberKind, Period, PlaceBasis, Sex, VisitOutcome
from corrections.models import DueContact, Group, Order, Plan, Subject, Visit
from corrections.schedule import Frequency, Quiet
from corrections.services import (
    Document,
    NewMember,
    NewPlan,
    Person,
    group_activate,
    group_create,
    order_add,
    plan_create,
    subject_register,
    visits_submit,
)
from corrections.term import Term, add_months
from grids.models import LeaveArea
from kernel import clock
from kernel.actor import Actor
from kernel.codes.law import ContactForm, CoordinateSystem, CorrectionCategory
from kernel.ids import uuid7
from sync.items import Outcome, PushItem
from sync.push import Result
from tests.cast import District
from tests.places import SINCE, square
from tests.sync.phones import Phone

ID_NUMBER = "230103199001011237"
PHONE = "13904510001"
NAME = "测试对象甲"
QUIET = Quiet(time(21), time(8))
WEEKLY = Frequency(ContactForm.FIELD_VISIT, Period.WEEK, least=1, most=2, window_days=7)
AT_OFFICE = Frequency(ContactForm.OFFICE_REPORT, Period.WEEK, least=1, most=1, window_days=7)
INSIDE = (1_266_050_000, 457_050_000)
OUTSIDE = (1_266_050_000, 457_300_000)  # about 1.1 km north of the squares


@dataclass
class Case:
    """A person with an order, a group and a plan, and the officer who answers for them."""

    district: District
    actor: Actor
    subject: Subject
    order: Order
    group: Group
    plan: Plan

    @property
    def contacts(self) -> list[DueContact]:
        return list(DueContact.objects.filter(subject=self.subject).order_by("due_at", "id"))

    @property
    def first(self) -> DueContact:
        return self.contacts[0]


def leave_area(district: District) -> LeaveArea:
    """The whole of the squares, in force since 2020."""
    return LeaveArea.objects.create(
        unit=district.areas["district"], geom=square(0, 0, 4, 2), valid_from=SINCE, confirmed_at=clock.now()
    )


def adult(**changes: Any) -> Person:
    person = Person(NAME, date(1990, 1, 1), Sex.MALE, ID_NUMBER, PHONE, address="测试路 1 号")
    return replace(person, **changes)


def minor(**changes: Any) -> Person:
    return adult(born_on=date(2010, 5, 5), guardian_name="测试监护人", **changes)


def registered(district: District, actor: Actor, person: Person | None = None, area: str = "A1") -> Subject:
    return registered_in(actor, district.areas[area], person)


def registered_in(actor: Actor, area: Area, person: Person | None = None) -> Subject:
    return subject_register(
        actor=actor, person=person or adult(id_number=""), execution_area=area.id,
        basis=PlaceBasis.RESIDENCE, received_on=clock.today(),
    )  # fmt: skip


def ordered(actor: Actor, subject: Subject, months: int = 12, document_no: str = "（2026）测 1 号") -> Order:
    term = Term(CorrectionCategory.SUSPENDED_SENTENCE, clock.today(), months=months)
    document = Document(document_no, "测试法院", clock.today())
    return order_add(actor=actor, subject_id=subject.id, document=document, term=term)


def outside_prison(actor: Actor, subject: Subject, ground: str = "a", months: int = 12) -> Order:
    """An order of category 04 with its ground, to a stated day."""
    today = clock.today()
    term = Term(CorrectionCategory.TEMPORARY_OUTSIDE_PRISON, today, stated_end=add_months(today, months))
    document = Document(f"（2026）测暂 {subject.id.hex[-4:]} 号", "测试监狱", today, ground=ground)
    return order_add(actor=actor, subject_id=subject.id, document=document, term=term)


def member(user: User | UUID | None, **changes: Any) -> NewMember:
    user_id = user.id if isinstance(user, User) else user
    return replace(NewMember(MemberKind.GRID_WORKER, Sex.MALE, clock.today(), user_id), **changes)


def grouped(actor: Actor, subject: Subject, *members: NewMember) -> Group:
    officer = member(actor.user_id, kind=MemberKind.OFFICER)
    group = group_create(actor=actor, subject_id=subject.id, members=[officer, *members])
    return group_activate(actor=actor, group_id=group.id)


def planned(actor: Actor, subject: Subject, *lines: Frequency, starts_on: date | None = None) -> Plan:
    young = subject.minors_rules
    plan = NewPlan(
        lines or (WEEKLY,), QUIET, [HelpMeasure.STUDY if young else HelpMeasure.EMPLOYMENT],
        starts_on or clock.today(), why="情况变化", education="compulsory" if young else "",
    )  # fmt: skip
    return plan_create(actor=actor, subject_id=subject.id, plan=plan)


def case(district: District, actor: Actor, *members: NewMember, person: Person | None = None) -> Case:
    subject = registered(district, actor, person)
    order = ordered(actor, subject)
    group = grouped(actor, subject, *members)
    return Case(district, actor, subject, order, group, planned(actor, subject))


def fix(place: tuple[int, int] = INSIDE, accuracy_m: float | None = 5, at: datetime | None = None) -> FixBody:
    cm = None if accuracy_m is None else round(accuracy_m * 100)
    return FixBody(*place, CoordinateSystem.WGS84, cm, at or clock.now(), "gps")


def met(due: UUID | None, /, **changes: Any) -> VisitBody:
    values = {"outcome": VisitOutcome.MET, "due": due, "point": fix()} | changes
    return VisitBody(**values)


def item(body: VisitBody, at: datetime | None = None, received_at: datetime | None = None) -> PushItem:
    """A pushed item as the engine hands it to the service."""
    pk, made = uuid7(), at or clock.now()
    return PushItem(
        id=pk, kind="visit", op="create", target=pk, base_rev=0, device_at=made, device_said=made,
        received_at=received_at or max(made, clock.now()), seq=1, offset_ms=0, skewed=False, body=body,
    )  # fmt: skip


def submit(actor: Actor, *items: PushItem) -> list[Outcome]:
    return visits_submit(actor=actor, items=items)


def newest() -> Visit:
    found = Visit.objects.order_by("id").last()
    assert found is not None
    return found


@dataclass
class VisitPhone(Phone):
    """The engine's test phone, with visits."""

    pushed: list[dict[str, Any]] = field(default_factory=list)

    def visit(self, at: datetime | None = None, **data: Any) -> Result:
        """Push one visit over the engine; its result."""
        self.seq += 1
        made = (at or clock.now()).isoformat()
        place = {"lon_e7": INSIDE[0], "lat_e7": INSIDE[1], "crs": "WGS84", "accuracy_cm": 500, "fix_at": made}
        body = {"outcome": "met", "point": place} | data
        entry = {"id": str(uuid7()), "kind": "visit", "op": "create", "device_at": made, "seq": self.seq}
        self.pushed.append(entry | {"data": body})
        return self.push(self.pushed[-1])[0]

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [record for (name, _), record in self.held.items() if name == kind]


def absent() -> str:
    return str(uuid4())


def days(count: int) -> timedelta:
    return timedelta(days=count)
