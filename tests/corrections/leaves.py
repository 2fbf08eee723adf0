"""Leaves for the tests: synthetic, to a county outside of the squares' leave area."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from corrections.leave_codes import LeaveReason
from corrections.models import Delegation, Leave
from corrections.services.leave import (
    CityPaper,
    LeaveAsked,
    PermitAsked,
    city_confirm,
    city_record,
    delegation_create,
    leave_approve,
    leave_ask,
    leave_forward,
    leave_submit,
    leave_verify,
)
from kernel import clock
from kernel.actor import Actor
from tests.cast import Member
from tests.corrections.stage import Case, days

WUCHANG, DAOLI = "230184", "230102"
DESTINATION = "五常市测试镇"


def asked(first: int = 5, length: int = 5, **changes: Any) -> LeaveAsked:
    """`length` days from the `first`-th day after today."""
    start = clock.today() + timedelta(days=first)
    last = start + timedelta(days=length - 1)
    plain = LeaveAsked(LeaveReason.MEDICAL, DESTINATION, WUCHANG, start, last, "陪同就医")
    return replace(plain, **changes)


def submitted(case: Case, actor: Actor | None = None, /, **request: Any) -> Leave:
    """A leave that has been handed in and is being verified."""
    by = actor or case.actor
    leave = leave_ask(actor=by, subject_id=case.subject.id, asked=asked(**request))
    leave_submit(actor=by, leave_id=leave.id)
    return leave_verify(actor=by, leave_id=leave.id)


def delegated(head: Member, case: Case, first: int = -30, length: int = 300) -> Delegation:
    """The agency's paper for the person's station."""
    today = clock.today()
    return delegation_create(
        actor=head.actor, station_id=case.subject.station_id, document_no=f"委托 {first} {length}",
        valid_from=today + days(first), valid_to=today + days(first + length),
    )  # fmt: skip


def approved(case: Case, by: Member, /, **request: Any) -> Leave:
    return leave_approve(actor=by.actor, leave_id=submitted(case, **request).id)


def paper(**changes: Any) -> CityPaper:
    plain = CityPaper(True, clock.today(), "哈矫外（2026）1 号", "a" * 64, "矫正机构档案室 3 柜")
    return replace(plain, **changes)


def city_approved(case: Case, first: Member, second: Member, /, **request: Any) -> Leave:
    """Forwarded, decided by the city, recorded by one officer and compared by another."""
    leave = submitted(case, **request)
    leave_forward(actor=first.actor, leave_id=leave.id, opinion="建议批准")
    city_record(actor=first.actor, leave_id=leave.id, paper=paper())
    return city_confirm(actor=second.actor, leave_id=leave.id)


def permit(**changes: Any) -> PermitAsked:
    plain = PermitAsked(LeaveReason.WORK, "每周二、周五往返五常市送货", [WUCHANG])
    return replace(plain, **changes)


def day(offset: int) -> date:
    return clock.today() + timedelta(days=offset)
