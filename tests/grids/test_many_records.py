"""Where a great many open records lie in the ground that changes, the job moves them and not the request."""

import pytest

from disputes.models import Dispute
from grids import jobs, restamping
from grids.models import BoundaryRelease, Restamp
from grids.services import announcing
from kernel import clock as clocks
from kernel.actor import SYSTEM
from tests.cast import District, Member, Worker
from tests.disputes.made import body, screened
from tests.grids.test_import_api import HALVES, imported
from tests.grids.test_release_api import act, day

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(worker: Worker, district: District, admin: Member) -> str:
    """Two open records in the eastern half of a grid, which becomes another one."""
    lon, lat = district.centre("A1-1")
    east = {"lon_e7": lon + 20_000, "lat_e7": lat, "crs": "WGS84", "accuracy_cm": 500}
    for brief in ("楼上漏水，两家多次争吵", "车位长期被占，双方多次报警"):
        screened(worker, body(district, brief=brief, parties=[], point=east))
    assert Dispute.objects.count() == 2
    return str(imported(admin, HALVES)["release"])


@pytest.mark.parametrize(("most", "announced"), [(1, False), (2, True)])
def test_more_than_a_request_may_move_are_left_to_the_job(
    draft: str, admin: Member, monkeypatch: pytest.MonkeyPatch, most: int, announced: bool
) -> None:
    monkeypatch.setenv("GRIDGOV_RELEASE_AT_ONCE_MAX", str(most))
    answer = act(admin, draft, "publish", day=day()).json()
    assert (answer["state"], answer["announced_at"] is not None) == ("published", announced)
    jobs.due(clocks.now())
    assert BoundaryRelease.objects.get(id=draft).announced_at is not None


def test_phone_rows_are_rebuilt_some_at_a_time(
    draft: str, admin: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []
    publish = restamping.publish
    monkeypatch.setattr(restamping, "AT_ONCE", 1)
    monkeypatch.setattr(restamping, "publish", lambda kind, ids: (told.append(len(ids)), publish(kind, ids)))
    act(admin, draft, "publish", day=day())
    assert told == [1] * Restamp.objects.count() != []


def test_one_that_another_process_is_at_is_left_to_it(
    draft: str, admin: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRIDGOV_RELEASE_AT_ONCE_MAX", "1")
    act(admin, draft, "publish", day=day())
    monkeypatch.setattr(announcing, "try_advisory", lambda *_: False)
    assert announcing.releases_announce_due(actor=SYSTEM, now=clocks.now()) == 0
    assert BoundaryRelease.objects.get(id=draft).announced_at is None
