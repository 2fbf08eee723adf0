"""Boundary releases: drafts are without effect, validation is strict, publishing has a date."""

import math
from datetime import timedelta
from typing import Any

import pytest
import shapely
from django.db import IntegrityError, connection, transaction

from audit.models import AuditEvent
from grids import services
from grids.importing.rows import PlaceRow
from grids.models import BoundaryRelease, Grid, GridShape
from grids.selectors import grid_at
from grids.services.releases import Origin
from kernel import clock
from kernel.actor import SYSTEM
from kernel.problems import Problem
from tests.places import Places, square, square_district

pytestmark = pytest.mark.django_db
ORIGIN = Origin("new", "test", "WGS84")


@pytest.fixture
def places() -> Places:
    return square_district()


def row(places: Places, community: str, serial: int, column: float, bottom: float, **size: float) -> PlaceRow:
    code = f"{places.areas[community].code}{serial:02d}"
    shape = shapely.from_wkt(square(column, bottom, **size).wkt)  # type: ignore[arg-type]  # because parts of cells are meant
    return PlaceRow(serial, code, f"新{code}", shape, "1", 350)


def halves(places: Places) -> list[PlaceRow]:
    """A1 cut the other way: a western and an eastern half instead of two on top of each other."""
    return [
        row(places, "A1", 1, 0, 0, width=0.5, height=2),
        row(places, "A1", 3, 0.5, 0, width=0.5, height=2),
    ]


def draft(places: Places, rows: list[PlaceRow]) -> BoundaryRelease:
    area = places.areas["A1"]
    return services.release_import(actor=SYSTEM, origin=ORIGIN, area_id=area.id, grids=rows)


def published(places: Places, days: int = 0) -> BoundaryRelease:
    release = draft(places, halves(places))
    services.release_validate(actor=SYSTEM, release_id=release.id)
    day = clock.today() + timedelta(days=days)
    return services.release_publish(actor=SYSTEM, release_id=release.id, day=day)


def test_a_draft_is_without_effect(places: Places) -> None:
    before = grid_at([places.centre("A1-2")])
    draft(places, halves(places))
    assert grid_at([places.centre("A1-2")]) == before
    assert (GridShape.objects.count(), Grid.objects.count()) == (8, 8)


def test_what_is_published_today_holds_today_and_what_it_replaces_ends(places: Places) -> None:
    release = published(places)
    east = places.centre("A1-1")
    (hit,) = grid_at([(east[0] + 20000, east[1])])
    assert hit is not None
    assert (hit.release_id, hit.code[-2:]) == (release.id, "03")
    assert grid_at([places.centre("A1-2")], clock.today() - timedelta(days=1))[0].code[-2:] == "02"  # type: ignore[union-attr]  # because it is there


def test_a_grid_that_the_release_does_not_have_ends(places: Places) -> None:
    published(places)
    shape = GridShape.objects.get(id=places.shapes["A1-2"].id)
    assert (shape.valid_to, shape.announced) == (clock.today(), False)


def test_grids_of_other_communities_stay_as_they_are(places: Places) -> None:
    published(places)
    assert GridShape.objects.get(id=places.shapes["A2-1"].id).valid_to is None


def test_the_grid_takes_over_the_new_name_on_the_day(places: Places, clock: Any) -> None:
    release = published(places, days=2)
    grid = Grid.objects.get(id=places.grids["A1-1"].id)
    assert (grid.name, grid_at([places.centre("A1-2")])[0].code[-2:]) == ("测试A1-1网格", "02")  # type: ignore[union-attr]  # because it is there
    clock.move(timedelta(days=2))
    assert services.releases_announce_due(actor=SYSTEM, now=clock.at) == 1
    grid.refresh_from_db()
    assert (grid.name, grid.households) == (f"新{grid.code}", 350)
    release.refresh_from_db()
    assert release.announced_at == clock.at


def test_the_announcement_happens_once(places: Places) -> None:
    published(places)
    assert services.releases_announce_due(actor=SYSTEM, now=clock.now()) == 0
    assert AuditEvent.objects.filter(event="release.announced").count() == 1


def test_the_old_release_is_superseded_when_nothing_of_it_is_left(places: Places) -> None:
    first = published(places, days=0)
    again = draft(places, [row(places, "A1", 5, 0, 0, height=2)])
    services.release_validate(actor=SYSTEM, release_id=again.id)
    day = clock.today() + timedelta(days=1)
    services.release_publish(actor=SYSTEM, release_id=again.id, day=day)
    first.refresh_from_db()
    assert first.state == "superseded"


def test_one_that_was_superseded_is_rolled_back_as_well(places: Places) -> None:
    first = published(places, days=0)
    again = draft(places, [row(places, "A1", 5, 0, 0, height=2)])
    services.release_validate(actor=SYSTEM, release_id=again.id)
    day = clock.today() + timedelta(days=1)
    services.release_publish(actor=SYSTEM, release_id=again.id, day=day)
    later = day + timedelta(days=1)
    back = services.release_roll_back(actor=SYSTEM, release_id=first.id, day=later, reason="街道要求撤回")
    assert (back.state, back.undoes_id) == ("published", first.id)


def test_an_older_release_can_be_put_back_into_force(places: Places) -> None:
    first, tomorrow = published(places), clock.today() + timedelta(days=1)
    again = draft(places, [row(places, "A1", 1, 0, 0, height=2)])
    services.release_validate(actor=SYSTEM, release_id=again.id)
    services.release_publish(actor=SYSTEM, release_id=again.id, day=tomorrow)
    after = tomorrow + timedelta(days=1)
    restored = services.release_restore(actor=SYSTEM, release_id=first.id, day=after)
    eastern = (places.centre("A1-1")[0] + 20000, places.centre("A1-1")[1])
    serials = [hit and hit.code[-2:] for hit in grid_at([eastern], tomorrow) + grid_at([eastern], after)]
    assert serials == ["01", "03"]
    assert (restored.id != first.id, restored.valid_from) == (True, after)


@pytest.mark.law("GR-3")
def test_grids_that_fill_their_community_are_valid(places: Places) -> None:
    release = draft(places, halves(places))
    checked = services.release_validate(actor=SYSTEM, release_id=release.id)
    assert (checked.state, checked.findings["errors"]) == ("validated", [])


@pytest.mark.law("GR-3")
@pytest.mark.parametrize(("width", "word"), [(0.4, "gap"), (0.6, "overlap")])
def test_a_gap_or_an_overlap_is_named_and_cannot_be_published(
    places: Places, width: float, word: str
) -> None:
    rows = [row(places, "A1", 1, 0, 0, width=width, height=2), halves(places)[1]]
    release = draft(places, rows)
    checked = services.release_validate(actor=SYSTEM, release_id=release.id)
    assert word in checked.findings["errors"][0]
    with pytest.raises(Problem) as refusal:
        services.release_publish(actor=SYSTEM, release_id=release.id, day=clock.today())
    assert refusal.value.code == "release_not_valid"


@pytest.mark.law("GR-1")
def test_too_few_households_are_a_warning_only(places: Places) -> None:
    rows = halves(places)
    few = PlaceRow(1, rows[0].code, "少", rows[0].shape, "1", 40)
    release = draft(places, [few, rows[1]])
    checked = services.release_validate(actor=SYSTEM, release_id=release.id)
    assert checked.state == "validated"
    assert any("40 households" in text for text in checked.findings["warnings"])


def test_what_would_end_is_said_before_it_is_published(places: Places) -> None:
    release = draft(places, halves(places))
    checked = services.release_validate(actor=SYSTEM, release_id=release.id)
    ended = places.grids["A1-2"].code
    assert [text for text in checked.findings["warnings"] if ended in text and "ends; 0" in text]


def test_yesterday_cannot_be_published(places: Places) -> None:
    with pytest.raises(Problem) as refusal:
        published(places, days=-1)
    assert refusal.value.code == "release_day_past"


def test_two_releases_do_not_begin_on_one_day(places: Places) -> None:
    published(places, days=3)
    with pytest.raises(Problem) as refusal:
        published(places, days=3)
    assert refusal.value.code == "release_day_taken"


@pytest.mark.parametrize(
    "ring",
    [
        [(126.6, 45.7), (126.7, 45.8), (126.7, 45.7), (126.6, 45.8)],
        [(10, 45), (11, 45), (11, 46), (10, 46)],
        [],
        [(126.6, 45.7), (math.inf, 45.7), (126.7, 45.8)],
        [(100, 30), (110, 30), (110, 40), (100, 40)],
    ],
    ids=["crossing", "not in China", "empty", "infinite", "larger than any grid"],
)
def test_the_database_itself_refuses_bad_geometry(places: Places, ring: list[tuple[float, float]]) -> None:
    shape = shapely.set_srid(shapely.MultiPolygon([shapely.Polygon(ring)] if ring else []), 4326)
    ewkb = shapely.to_wkb(shape, hex=True, include_srid=True)
    statement = "update grids_gridshape set geom = %s::geometry where id = %s"
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, [ewkb, places.shapes["A1-1"].id])
