"""`grids_import`: all rows or none, dry runs, drafts, publishing in one go."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from accounts.models import Area
from grids.models import BoundaryRelease, Grid, GridShape
from grids.selectors import grid_at
from kernel import clock
from tests.places import Places, square, square_district

pytestmark = pytest.mark.django_db


@pytest.fixture
def places() -> Places:
    return square_district()


def grids_file(folder: Path, *rows: tuple[str, float, float, float]) -> Path:
    """A file with (code, column, row, width) of cells two rows high."""
    features = [
        {
            "type": "Feature",
            "geometry": json.loads(square(column, bottom, width, 2).geojson),  # type: ignore[arg-type]  # because halves are meant
            "properties": {"code": code, "name": f"网格{code}", "households": 333},
        }
        for code, column, bottom, width in rows
    ]
    path = folder / "new.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def run(path: Path, *more: str, level: str = "grid") -> tuple[str, str]:
    out, err = StringIO(), StringIO()
    call_command("grids_import", path, "--level", level, "--crs", "WGS84", *more, stdout=out, stderr=err)
    return out.getvalue(), err.getvalue()


def halves(folder: Path) -> Path:
    return grids_file(folder, ("23010300100101", 0, 0, 0.5), ("23010300100107", 0.5, 0, 0.5))


def test_an_import_is_a_validated_draft_with_progress(places: Places, tmp_path: Path) -> None:
    out, err = run(halves(tmp_path))
    assert "is validated" in out
    assert "storing 2/2" in err
    assert not GridShape.objects.filter(grid__code="23010300100107", valid_from__isnull=False).exists()


def test_a_new_division_of_a_draft_is_told_to_phones_by_name(places: Places, tmp_path: Path) -> None:
    run(grids_file(tmp_path, ("230103001099", 9, 0, 1)), level="community")
    call_command("sync_check", stdout=StringIO())


def test_publishing_in_one_go_ends_the_other_grids_of_that_community_only(
    places: Places, tmp_path: Path
) -> None:
    run(halves(tmp_path), "--publish", clock.today().isoformat())
    hits = grid_at([places.centre(name) for name in ("A1-2", "A2-2")])
    assert [hit and hit.code for hit in hits] == ["23010300100101", places.grids["A2-2"].code]
    assert GridShape.objects.get(id=places.shapes["A1-2"].id).valid_to == clock.today()


def test_a_dry_run_keeps_nothing(places: Places, tmp_path: Path) -> None:
    out, _ = run(halves(tmp_path), "--publish", clock.today().isoformat(), "--dry-run")
    assert "nothing was kept" in out
    assert (BoundaryRelease.objects.count(), Grid.objects.count()) == (1, 8)


@pytest.mark.law("GR-3")
def test_a_grid_of_an_unknown_community_is_refused_with_its_row(places: Places, tmp_path: Path) -> None:
    path = grids_file(tmp_path, ("23010300100101", 0, 0, 0.5), ("23010300109901", 0.5, 0, 0.5))
    err = StringIO()
    with pytest.raises(CommandError, match="1 faults; nothing was imported"):
        call_command("grids_import", path, "--level", "grid", "--crs", "WGS84", stderr=err)
    assert "row 2: " in err.getvalue()
    assert "no division 230103001099 above it" in err.getvalue()
    assert Grid.objects.count() == 8


def test_a_gap_keeps_a_release_from_being_published_and_stored(places: Places, tmp_path: Path) -> None:
    path = grids_file(tmp_path, ("23010300100101", 0, 0, 0.4))
    with pytest.raises(CommandError, match="release_not_valid"):
        run(path, "--publish", clock.today().isoformat())
    assert BoundaryRelease.objects.count() == 1


def test_new_communities_join_the_tree(places: Places, tmp_path: Path) -> None:
    run(grids_file(tmp_path, ("230103001003", 4, 0, 1)), level="community")
    area = Area.objects.get(code="230103001003")
    assert (area.parent, area.name) == (places.areas["A"], "网格230103001003")


def test_a_draft_is_published_later_by_its_id(places: Places, tmp_path: Path) -> None:
    run(halves(tmp_path))
    release = BoundaryRelease.objects.get(title="new.geojson")
    call_command("grids_publish", str(release.id), clock.today().isoformat(), stdout=StringIO())
    release.refresh_from_db()
    assert release.state == "published"


@pytest.mark.parametrize("missing", ["--level", "--crs"])
def test_level_and_system_must_be_declared(tmp_path: Path, missing: str) -> None:
    given: dict[str, Any] = {"--level": "grid", "--crs": "WGS84"}
    del given[missing]
    with pytest.raises(CommandError, match=missing):
        call_command("grids_import", "x.geojson", *[text for pair in given.items() for text in pair])
