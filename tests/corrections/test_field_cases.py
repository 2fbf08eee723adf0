"""Cases G1, G3 and G4 as the field told them, by a phone over the engine; late uploads, our own outages."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from audit.models import AuditEvent
from corrections import jobs
from corrections.codes import ExcuseCode
from corrections.models import PlaceFlag, Search, Visit
from corrections.services import contact_excuse
from kernel import clock as time_source
from tests.corrections.stage import INSIDE, OUTSIDE, Case, VisitPhone, days

pytestmark = pytest.mark.usefixtures("committed")
SIXTY_M_OUTSIDE = (INSIDE[0], 457_205_400)  # the squares end at 45.72 degrees north
TEN = datetime(2026, 3, 2, 2, tzinfo=UTC)
EIGHT, HALF_PAST = TEN - timedelta(hours=2), TEN - timedelta(minutes=90)


def point(place: tuple[int, int], at: datetime | str | None, accuracy_cm: int | None = 500) -> dict[str, Any]:
    said = {"lon_e7": place[0], "lat_e7": place[1], "crs": "WGS84", "accuracy_cm": accuracy_cm}
    when = at.isoformat() if isinstance(at, datetime) else at
    return said | ({"fix_at": when} if when else {})


def seen(phone: VisitPhone, case: Case, place: tuple[int, int], at: datetime) -> Visit:
    """A visit made then, and pushed now."""
    result = phone.visit(at=at, due=str(case.first.id), point=point(place, at))
    assert result.state == "accepted"
    return Visit.objects.get(id=phone.pushed[-1]["id"])


def told() -> list[str]:
    events = AuditEvent.objects.filter(subject_kind="place_flag").order_by("id")
    return [event.removeprefix("place_flag.") for event in events.values_list("event", flat=True)]


@pytest.mark.parametrize(
    ("accuracy_cm", "verdict"),
    [
        (500, "outside"), (6_000, "undecided"), (15_000, "undecided"), (141_400, "undecided"),
        (None, "undecided"), (0, "undecided"), (-100, "undecided"),
    ],
)  # fmt: skip
def test_g1_sixty_metres_outside_by_the_accuracy_of_the_fix(
    case: Case, worker_phone: VisitPhone, accuracy_cm: int | None, verdict: str
) -> None:
    now = time_source.now()
    worker_phone.visit(due=str(case.first.id), point=point(SIXTY_M_OUTSIDE, now, accuracy_cm))
    visit = Visit.objects.get()
    assert (visit.place_verdict, PlaceFlag.objects.count()) == (verdict, int(verdict == "outside"))
    assert case.first.state == "done"


@pytest.mark.parametrize("accuracy", [float("nan"), float("inf"), "150", 12.5])
def test_g1_an_accuracy_that_is_no_number_of_centimetres_is_refused_with_its_code(
    case: Case, worker_phone: VisitPhone, accuracy: Any
) -> None:
    now = time_source.now()
    result = worker_phone.visit(due=str(case.first.id), point=point(OUTSIDE, now) | {"accuracy_cm": accuracy})
    assert (result.state, result.outcome.code) == ("rejected", "data_invalid")
    assert (Visit.objects.count(), PlaceFlag.objects.count()) == (0, 0)


@pytest.mark.parametrize("order", [(EIGHT, HALF_PAST), (HALF_PAST, EIGHT)])
def test_g3_stored_points_uploaded_later_raise_no_alarm_at_all(
    case: Case, worker_phone: VisitPhone, clock: Any, order: tuple[datetime, datetime]
) -> None:
    clock.to(TEN)
    seen(worker_phone, case, INSIDE, TEN)
    clock.move(timedelta(minutes=5))
    late = [seen(worker_phone, case, OUTSIDE if at == EIGHT else INSIDE, at) for at in order]
    assert told() == []
    assert {visit.fix_at: visit.place_verdict for visit in late} == {EIGHT: "outside", HALF_PAST: "inside"}
    assert all("arrived_late" in visit.place_reasons for visit in late)


def test_g3_a_late_upload_withdraws_the_alarm_which_carries_both_times(
    case: Case, worker_phone: VisitPhone, second_worker: Any, clock: Any
) -> None:
    clock.to(TEN)
    out = seen(worker_phone, case, OUTSIDE, EIGHT)
    flag = PlaceFlag.objects.get()
    assert (flag.state, flag.fix_at, flag.received_at) == ("open", EIGHT, TEN)
    noon = clock.move(timedelta(hours=2))
    back = seen(worker_phone, case, INSIDE, HALF_PAST)
    flag.refresh_from_db()
    assert (flag.state, flag.withdrawn_by_id, flag.closed_at) == ("withdrawn", back.id, noon)
    assert (flag.visit_id, flag.fix_at, told()) == (out.id, EIGHT, ["opened", "withdrawn"])


def test_g3_what_was_seen_before_the_alarm_withdraws_nothing(
    case: Case, worker_phone: VisitPhone, clock: Any
) -> None:
    clock.to(TEN)
    seen(worker_phone, case, OUTSIDE, HALF_PAST)
    clock.move(timedelta(hours=2))
    seen(worker_phone, case, INSIDE, EIGHT)
    assert (PlaceFlag.objects.get().state, told()) == ("open", ["opened"])


@pytest.mark.parametrize(
    "wrong", ["2034-03-02T02:00:00Z", "2026-03-02T02:10:00Z", "1970-01-01T00:00:00Z", None]
)
def test_g4_a_point_with_a_wrong_time_never_blocks_the_normal_one(
    case: Case, worker_phone: VisitPhone, clock: Any, wrong: str | None
) -> None:
    """Were the odd point the latest, the person would stand as inside."""
    clock.to(TEN)
    worker_phone.visit(due=str(case.first.id), point=point(INSIDE, wrong))
    odd = Visit.objects.get()
    normal = seen(worker_phone, case, OUTSIDE, TEN)
    assert (odd.place_verdict, odd.fix_trusted) == ("undecided", False)
    flag = PlaceFlag.objects.get()
    assert (flag.visit_id, flag.fix_at, flag.state) == (normal.id, TEN, "open")


def test_g4_an_odd_point_outside_raises_nothing_and_is_not_withdrawn_later(
    case: Case, worker_phone: VisitPhone, clock: Any
) -> None:
    clock.to(TEN)
    odd = worker_phone.visit(due=str(case.first.id), point=point(OUTSIDE, "2034-03-02T02:00:00Z"))
    assert odd.state == "accepted"
    seen(worker_phone, case, INSIDE, TEN)
    assert told() == []


def test_an_outage_of_ours_excuses_what_it_made_missed_and_closes_the_review(case: Case, clock: Any) -> None:
    clock.to(case.first.grace_until + days(2))
    jobs.due(clock.at)
    assert (case.first.state, Search.objects.get().state) == ("missed", "review")
    contact_excuse(actor=case.actor, contact_id=case.first.id, code=ExcuseCode.OUR_FAULT, text="平台停机")
    jobs.due(clock.at)
    steps = list(case.first.steps.order_by("recorded_at", "at").values_list("event", "reason"))
    assert (case.first.state, case.first.excuse, steps[-1]) == (
        "excused", "our_fault", ("excuse", "our_fault"),
    )  # fmt: skip
    assert Search.objects.get().state == "explained"
