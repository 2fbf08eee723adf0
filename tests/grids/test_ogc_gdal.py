"""The programs of GDAL read our OGC API over HTTP: each role what it sees."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cast import District, Member
from tests.grids.server import gdal, serving

pytestmark = pytest.mark.usefixtures("committed")


@pytest.fixture
def address(committed: None) -> Iterator[str]:
    with serving() as base:
        yield f"OAPIF:{base}/api/v1/ogc"


def test_ogrinfo_reads_the_collections(admin: Member, address: str) -> None:
    found = gdal("ogrinfo", "-ro", "-so", address, "grids", token=admin.session.access)
    assert found.returncode == 0, found.stderr
    assert "Feature Count: 8" in found.stdout
    assert "Extent: (126.600000, 45.700000) - (126.640000, 45.720000)" in found.stdout


def test_ogr2ogr_exports_page_by_page_what_the_role_sees(
    admin: Member, clerk: Member, address: str, tmp_path: Path, district: District
) -> None:
    made = clerk.client.post("/api/v1/map-keys", {"program": "QGIS", "days": 30}, format="json")
    tokens = {"admin": admin.session.access, "clerk": made.json()["key"]}
    counted = {}
    for name, token in tokens.items():
        target = tmp_path / f"{name}.geojson"
        done = gdal(
            "ogr2ogr", "-f", "GeoJSON", str(target), address, "grids", "-oo", "PAGE_SIZE=3", token=token
        )
        assert done.returncode == 0, done.stderr
        features = json.loads(target.read_text(encoding="utf-8"))["features"]
        counted[name] = {feature["properties"]["code"] for feature in features}
    own = {grid.code for name, grid in district.grids.items() if name[0] == "A"}
    assert counted == {"admin": {grid.code for grid in district.grids.values()}, "clerk": own}


def test_ogr2ogr_asks_for_a_box(admin: Member, address: str, tmp_path: Path) -> None:
    target = tmp_path / "box.geojson"
    box = ("-spat", "126.601", "45.701", "126.602", "45.702")
    done = gdal("ogr2ogr", "-f", "GeoJSON", *box, str(target), address, "grids", token=admin.session.access)
    assert done.returncode == 0, done.stderr
    assert len(json.loads(target.read_text(encoding="utf-8"))["features"]) == 1


def test_without_a_token_gdal_reads_nothing(address: str) -> None:
    assert gdal("ogrinfo", "-ro", address, token="x").returncode != 0
