"""Counts on maps: in classes, by who sees what, and never of the protected track."""

import pytest

from audit import delivery
from disputes.models import Dispute
from kernel import clock
from kernel.ids import uuid7
from tests.access.stock import NEW
from tests.cast import District, Member, Worker
from tests.disputes.made import BEATING, THREAT, body, screened

pytestmark = pytest.mark.django_db
BASE = "/api/v1/ogc"


def classes(member: Member, level: str = "grid") -> dict[str, tuple[int, int]]:
    answer = member.client.get(f"{BASE}/collections/disputes-by-{level}/items")
    features = [feature["properties"] for feature in answer.json()["features"]]
    return {each["code"]: (each["from"], each["to"]) for each in features}


@pytest.fixture
def quarrels(worker: Worker, district: District) -> None:
    """Six open disputes in grid A1-1, and a seventh on the protected track."""
    screened(worker, body(district, "A1-1", signs=[THREAT]))
    screened(worker, body(district, "A1-1", signs=[BEATING], protected=True, parties=[NEW]))
    delivery.drain()
    assert Dispute.objects.filter(protected=True).count() == 1
    one = Dispute.objects.get(protected=False)
    for n in range(5):
        one.pk, one.code = uuid7(), f"{one.code[:-1]}{'ABCDE'[n]}"
        one.save(force_insert=True)


def test_counts_are_told_in_classes_and_the_protected_track_in_none(
    coordinator: Member, director: Member, quarrels: None, district: District
) -> None:
    code = district.grids["A1-1"].code
    assert [classes(member)[code] for member in (coordinator, director)] == [(5, 9), (5, 9)]
    fewer = Dispute.objects.filter(protected=False)[:2]
    Dispute.objects.filter(pk__in=[one.pk for one in fewer]).update(protected=True, protected_at=clock.now())
    assert [classes(member)[code] for member in (coordinator, director)] == [(0, 4), (0, 4)]


def test_counts_are_those_of_what_the_caller_sees(
    analyst: Member, other_director: Member, liaison: Member, quarrels: None, district: District
) -> None:
    own, community = district.grids["A1-1"].code, district.areas["A1"].code
    assert (classes(analyst)[own], classes(analyst, "community")[community]) == ((5, 9), (5, 9))
    assert own not in classes(other_director)
    assert classes(liaison) == {}


def test_counts_know_no_past(analyst: Member) -> None:
    answer = analyst.client.get(f"{BASE}/collections/disputes-by-grid/items", {"datetime": "2026-01-01"})
    assert answer.json()["code"] == "bad_parameter"
