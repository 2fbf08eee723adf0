"""Boundaries of a day to come are taken back before it: nothing of them ever was."""

from datetime import timedelta
from typing import Any

import pytest

from audit.models import AuditEvent
from grids import services
from grids.importing.rows import PlaceRow
from grids.models import Assignment, AssignmentKind, BoundaryRelease, DraftRow, Grid, GridShape
from grids.release_impact import release_changes
from grids.selectors import grid_at
from grids.services.assignments import Charge
from kernel import clock
from kernel.actor import SYSTEM
from kernel.problems import Problem
from tests.cast import District, Member, Worker
from tests.grids.test_import_api import HALVES, imported
from tests.grids.test_releases import draft, halves, published, row
from tests.places import Places, square_district

pytestmark = pytest.mark.django_db
AT = "/api/v1/boundary-releases"


@pytest.fixture
def places() -> Places:
    return square_district()


def withdraw(release: BoundaryRelease) -> BoundaryRelease:
    return services.release_withdraw(actor=SYSTEM, release_id=release.id, reason="图纸有误")


def later(places: Places, rows: list[PlaceRow], days: int) -> BoundaryRelease:
    release = draft(places, rows)
    services.release_validate(actor=SYSTEM, release_id=release.id)
    day = clock.today() + timedelta(days=days)
    return services.release_publish(actor=SYSTEM, release_id=release.id, day=day)


def refused(release: BoundaryRelease) -> str:
    with pytest.raises(Problem) as refusal:
        withdraw(release)
    return refusal.value.code


def _shapes() -> list[tuple[Any, ...]]:
    return sorted(
        GridShape.objects.values_list("grid__code", "release", "valid_from", "valid_to", "announced")
    )


def test_what_it_was_to_replace_goes_on_as_it_was(places: Places) -> None:
    before = _shapes()
    release = published(places, days=3)
    assert _shapes() != before
    assert (withdraw(release).state, _shapes()) == ("withdrawn", before)
    assert grid_at([places.centre("A1-2")], clock.today() + timedelta(days=9))[0].code[-2:] == "02"  # type: ignore[union-attr]  # because it is there


def test_what_it_brought_can_still_be_looked_at(places: Places) -> None:
    release = published(places, days=3)
    withdraw(release)
    release.refresh_from_db()
    assert DraftRow.objects.filter(release=release).count() == 2
    assert [len(change.after) for change in release_changes(release)] == [2]


def test_it_is_not_announced_on_its_day(places: Places, clock: Any) -> None:
    withdraw(published(places, days=2))
    clock.move(timedelta(days=2))
    assert services.releases_announce_due(actor=SYSTEM, now=clock.at) == 0


def test_its_reason_is_in_the_trail(places: Places) -> None:
    withdraw(published(places, days=2))
    assert AuditEvent.objects.get(event="release.withdrawn").reason == "图纸有误"


def test_what_is_in_force_is_rolled_back_instead(places: Places) -> None:
    assert refused(published(places)) == "release_begun"


def test_a_draft_is_not_withdrawn(places: Places) -> None:
    assert refused(draft(places, [row(places, "A1", 1, 0, 0, height=2)])) == "transition_not_allowed"


def test_the_last_one_goes_first(places: Places) -> None:
    first = later(places, [*halves(places), row(places, "A2", 5, 1, 0, height=2)], days=2)
    again = later(places, [row(places, "A1", 5, 0, 0, height=2)], days=4)
    assert refused(first) == "release_built_upon"
    withdraw(again)
    assert withdraw(first).state == "withdrawn"


def test_what_it_had_superseded_stands_again(places: Places) -> None:
    first = later(places, halves(places), days=2)
    again = later(places, [row(places, "A1", 5, 0, 0, height=2)], days=4)
    first.refresh_from_db()
    seen = [first.state]
    withdraw(again)
    first.refresh_from_db()
    assert [*seen, first.state] == ["superseded", "published"]


def test_another_file_may_be_published_for_the_day(places: Places) -> None:
    withdraw(published(places, days=2))
    assert published(places, days=2).state == "published"


def test_who_was_put_in_charge_of_a_grid_that_will_not_be_is_not(
    district: District, admin: Member, worker: Worker
) -> None:
    pk, day = imported(admin, HALVES)["release"], clock.today() + timedelta(days=3)
    release = services.release_publish(actor=SYSTEM, release_id=pk, day=day)
    new = Grid.objects.get(code="23010300100107")
    charge = Charge(new.id, worker.user.id, AssignmentKind.PRIMARY, day)
    services.assignments_create(actor=SYSTEM, charges=[charge])
    withdraw(release)
    ended = Assignment.objects.get(grid=new)
    assert ended.valid_to == ended.valid_from


def test_by_the_administrator_with_a_reason(district: District, admin: Member, worker: Worker) -> None:
    pk = imported(admin, HALVES)["release"]
    day = (clock.today() + timedelta(days=3)).isoformat()
    admin.client.post(f"{AT}/{pk}/publish", {"day": day}, format="json")
    assert admin.client.post(f"{AT}/{pk}/withdraw", {}, format="json").status_code == 400
    assert worker.client.post(f"{AT}/{pk}/withdraw", {"reason": "x"}, format="json").status_code == 403
    answer = admin.client.post(f"{AT}/{pk}/withdraw", {"reason": "图纸有误"}, format="json")
    assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn")
