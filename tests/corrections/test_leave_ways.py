"""Leaves step by step in orders that are seldom met, and the end of the term in the midst of each."""

from datetime import timedelta
from typing import Any

import pytest

from corrections.ends import EndReason
from corrections.jobs import due
from corrections.leave_codes import LeaveRefusal, ReturnJudgement
from corrections.models import Leave, Permit
from corrections.services import leave as acts
from corrections.services import subject_terminate
from corrections.services.searches import leave_review
from kernel import clock as clocks
from tests.cast import Member, make_member
from tests.corrections.leaves import asked, paper, permit
from tests.corrections.stage import Case

pytestmark = pytest.mark.usefixtures("db")
RUNNING = "submit verify approve begin"
WAYS = [
    ("submit return_papers submit", "submitted"), ("submit refuse", "refused"),
    ("withdraw", "withdrawn"), ("submit withdraw", "withdrawn"),
    ("submit return_papers withdraw", "withdrawn"), ("submit refuse withdraw", "withdrawn"),
    ("submit refuse object withdraw", "withdrawn"), (f"{RUNNING} not_used", "not_used"),
    (f"{RUNNING} extend extend close", "closed"), (f"{RUNNING} extend order_back close", "closed"),
    (f"{RUNNING} order_back run_over", "overdue"), (f"{RUNNING} extend run_over review close", "closed"),
    (f"{RUNNING} run_over review close_late", "closed_late"),
]  # fmt: skip
ENDED = [
    "", "submit", "submit verify", "submit return_papers", "submit verify approve", "submit refuse",
    "submit refuse object", RUNNING, f"{RUNNING} extend", f"{RUNNING} order_back", f"{RUNNING} run_over",
    f"{RUNNING} run_over review",
]  # fmt: skip
CITY = [
    ("submit forward", "with_city"), ("submit forward withdraw", "withdrawn"),
    ("submit forward city_refuse object forward", "with_city"), ("submit forward end", "ended"),
]  # fmt: skip


class Course:
    """One leave and who moves it; what time does, the job does."""

    def __init__(self, case: Case, agency: Member, clock: Any, length: int = 5) -> None:
        self.case, self.agency, self.clock = case, agency, clock
        self.other = make_member(case.district, "agency_head")
        leave = acts.leave_ask(actor=case.actor, subject_id=case.subject.id, asked=asked(length=length))
        self.id = leave.id

    @property
    def leave(self) -> Leave:
        return Leave.objects.get(id=self.id)

    def goes(self, way: str) -> str:
        for act in way.split():
            getattr(self, act, lambda act=act: self._plain(act))()
        return str(self.leave.state)

    def _plain(self, act: str) -> None:
        said: dict[str, dict[str, Any]] = {
            "return_papers": {"text": "请补材料"}, "forward": {"opinion": "建议批准"},
            "refuse": {"code": LeaveRefusal.NO_PROOF, "text": "无法核实"}, "object": {"text": "不服"},
            "order_back": {"back_by": clocks.today(), "text": "情况有变"},
            "extend": {"last_day": self.leave.last_day + timedelta(days=1), "text": "未办完"},
            "close": {"returned_on": min(clocks.today(), self.leave.last_day)},
            "close_late": {"returned_on": clocks.today(), "judgement": ReturnJudgement.JUSTIFIED,
                           "text": "车辆故障"},
        }  # fmt: skip
        service = getattr(acts, f"leave_{act}")
        service(actor=self.agency.actor, leave_id=self.id, **said.get(act, {}))

    def begin(self) -> None:
        self._on(self.leave.first_day)

    def run_over(self) -> None:
        self._on(self.leave.last_day + timedelta(days=1))

    def review(self) -> None:
        leave_review(actor=self.agency.actor, leave_id=self.id, text="未归")

    def city_refuse(self) -> None:
        said = paper(approved=False, code=LeaveRefusal.NO_PROOF, text="无法核实")
        acts.city_record(actor=self.agency.actor, leave_id=self.id, paper=said)
        acts.city_confirm(actor=self.other.actor, leave_id=self.id)

    def end(self) -> None:
        subject_terminate(
            actor=self.agency.actor, subject_id=self.case.subject.id, reason=EndReason.DEATH,
            document_no="死亡证明 1", on=clocks.today(),
        )  # fmt: skip

    def _on(self, date: Any) -> None:
        self.clock.to(clocks.day_start(date) + timedelta(hours=9))
        due(self.clock.at)


@pytest.mark.parametrize(("way", "end"), WAYS)
def test_a_leave_comes_to_its_end(case: Case, agency: Member, clock: Any, way: str, end: str) -> None:
    assert Course(case, agency, clock).goes(way) == end


@pytest.mark.law("CCL-44")
@pytest.mark.parametrize("way", ENDED)
def test_no_leave_is_open_after_the_end(case: Case, agency: Member, clock: Any, way: str) -> None:
    assert Course(case, agency, clock).goes(f"{way} end") == "ended"


@pytest.mark.parametrize(("way", "end"), CITY)
def test_a_long_leave_goes_to_the_city(case: Case, agency: Member, clock: Any, way: str, end: str) -> None:
    assert Course(case, agency, clock, length=40).goes(way) == end


@pytest.mark.law("CCL-44")
@pytest.mark.parametrize("approved", [False, True])
def test_no_permit_is_in_force_after_the_end(case: Case, agency: Member, clock: Any, approved: bool) -> None:
    row = acts.permit_ask(actor=case.actor, subject_id=case.subject.id, asked=permit())
    if approved:
        acts.permit_approve(actor=agency.actor, permit_id=row.id)
    Course(case, agency, clock).goes("end")
    assert Permit.objects.get(id=row.id).state == "ended"
