"""Positioning orders in every state: lifted, over, without their proof, not carried out in time."""

from datetime import timedelta
from typing import Any

import pytest

from corrections.jobs import due
from corrections.models import Finding, PositioningOrder
from corrections.positioning import LiftReason, SuspendReason, last_day
from corrections.services import (
    positioning_approve,
    positioning_fit,
    positioning_lift,
    positioning_start,
    positioning_suspend,
    positioning_tell,
)
from kernel import clock as clocks
from tests.cast import Member
from tests.corrections.positioned import DEVICE, applied
from tests.corrections.stage import Case

pytestmark = pytest.mark.usefixtures("db", "assessed")
TO = {
    "approved": "", "told": "tell", "fitted": "tell fit", "in_force": "tell fit start",
    "suspended": "tell fit start suspend",
}  # fmt: skip


@pytest.fixture
def asked(case: Case, agency: Member, clock: Any) -> PositioningOrder:
    return applied(agency.actor, case)


@pytest.fixture
def order(asked: PositioningOrder, bureau_head: Member) -> PositioningOrder:
    """Approved for three months."""
    ends_on = last_day(clocks.today())
    return positioning_approve(actor=bureau_head.actor, order_id=asked.id, ends_on=ends_on)


@pytest.fixture
def short(asked: PositioningOrder, bureau_head: Member) -> PositioningOrder:
    """Approved for less time than there is to carry it out."""
    ends_on = clocks.today() + timedelta(days=3)
    return positioning_approve(actor=bureau_head.actor, order_id=asked.id, ends_on=ends_on)


def brought(order: PositioningOrder, agency: Member, state: str) -> PositioningOrder:
    by: dict[str, Any] = {"actor": agency.actor, "order_id": order.id}
    acts: dict[str, Any] = {
        "tell": lambda: positioning_tell(**by, told_on=clocks.today()),
        "fit": lambda: positioning_fit(**by, device_no=DEVICE),
        "start": lambda: positioning_start(**by),
        "suspend": lambda: positioning_suspend(**by, why=SuspendReason.DEVICE_FAULT, reason="更换设备"),
    }
    for act in TO[state].split():
        acts[act]()
    order.refresh_from_db()
    assert order.state == state
    return order


def ran(order: PositioningOrder, clock: Any, days: int) -> str:
    clock.move(timedelta(days=days))
    due(clock.at)
    order.refresh_from_db()
    return str(order.state)


def fell(order: PositioningOrder, agency: Member, event: str = "annul") -> str:
    """The proof does not stand any more, as the agency enters it."""
    finding = Finding.objects.get()
    url = f"/api/v1/corrections/findings/{finding.id}/{event}"
    done = agency.client.post(url, {"reason": "复核不成立"}, format="json")
    assert done.status_code == 200, done.content
    order.refresh_from_db()
    return str(order.state)


@pytest.mark.law("CCL-29c")
@pytest.mark.parametrize("state", ["approved", "told", "fitted", "in_force", "suspended"])
def test_it_is_lifted_in_every_state(order: PositioningOrder, agency: Member, state: str) -> None:
    brought(order, agency, state)
    said = {"why": LiftReason.NOT_NEEDED, "reason": "表现良好"}
    assert positioning_lift(actor=agency.actor, order_id=order.id, **said).state == "lifted"


@pytest.mark.law("CCL-29a")
@pytest.mark.parametrize("state", ["approved", "told", "fitted", "in_force", "suspended"])
def test_without_its_proof_it_is_to_be_reviewed(order: PositioningOrder, agency: Member, state: str) -> None:
    brought(order, agency, state)
    assert fell(order, agency) == "to_be_reviewed"


@pytest.mark.law("CCL-29c")
@pytest.mark.parametrize("state", ["approved", "told", "fitted"])
def test_what_is_not_carried_out_in_time_is_void(
    order: PositioningOrder, agency: Member, clock: Any, state: str
) -> None:
    assert ran(brought(order, agency, state), clock, 8) == "not_executed"


@pytest.mark.law("CCL-29c")
@pytest.mark.parametrize("state", ["in_force", "suspended"])
def test_it_is_over_after_three_months(
    order: PositioningOrder, agency: Member, clock: Any, state: str
) -> None:
    assert ran(brought(order, agency, state), clock, 93) == "ended"


@pytest.mark.law("CCL-29c")
@pytest.mark.parametrize("state", ["approved", "told", "fitted", "in_force", "suspended"])
def test_its_last_day_ends_it_in_every_state(
    short: PositioningOrder, agency: Member, clock: Any, state: str
) -> None:
    assert ran(brought(short, agency, state), clock, 4) == "ended"


@pytest.mark.law("CCL-29a")
@pytest.mark.parametrize("event", ["annul", "other-person"])
def test_its_last_day_ends_it_also_while_it_is_reviewed(
    short: PositioningOrder, agency: Member, clock: Any, event: str
) -> None:
    assert fell(brought(short, agency, "in_force"), agency, event) == "to_be_reviewed"
    assert ran(short, clock, 4) == "ended"


@pytest.mark.law("CCL-29a")
def test_nobody_reviews_and_it_is_lifted(order: PositioningOrder, agency: Member, clock: Any) -> None:
    fell(brought(order, agency, "in_force"), agency)
    assert ran(order, clock, 30) == "lifted"
