"""Shapes as files: what each role gets, in each format, read again by GDAL; and what the trail says."""

import csv
import io
import json
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyogrio
import pytest

from audit.models import AuditEvent
from grids.models import GridShape
from kernel.clock import today
from kernel.text import cell
from tests.cast import District, Member, Worker
from tests.grids.server import gdal

pytestmark = pytest.mark.django_db


def export(member: Member, **body: Any) -> Any:
    return member.client.post(
        "/api/v1/map-exports", {"layer": "grids", "format": "geojson", **body}, format="json"
    )


def content(answer: Any) -> bytes:
    assert answer.status_code == 200, answer.content
    return b"".join(answer.streaming_content)


@pytest.mark.parametrize("form", ["gpkg", "geojson", "fgb", "csv"])
def test_gdal_reads_the_file_again(form: str, clerk: Member, tmp_path: Path) -> None:
    path = tmp_path / f"grids.{form}"
    path.write_bytes(content(export(clerk, format=form)))
    meta, table = pyogrio.read_arrow(path)
    assert (table.num_rows, meta["geometry_type"].split()[-1]) == (
        4,
        "MultiPolygon" if form != "csv" else "Unknown",
    )
    assert set(table.column("street").to_pylist()) == {"230103001000"}


def test_programs_of_an_office_read_the_files(clerk: Member, tmp_path: Path) -> None:
    """A spreadsheet takes CSV for UTF-8 by its mark alone; GDAL 3.6 knows GeoPackage up to 1.3."""
    assert content(export(clerk, format="csv")).startswith("\ufeffWKT,code,name,".encode())
    path = tmp_path / "grids.gpkg"
    path.write_bytes(content(export(clerk, format="gpkg")))
    read = gdal("ogrinfo", "-ro", "-so", str(path), "grids", token="")
    assert (read.stderr, "Feature Count: 4" in read.stdout) == ("", True)


def test_each_role_gets_what_it_sees(clerk: Member, admin: Member) -> None:
    counted = [
        len(json.loads(content(export(member, layer=layer)))["features"])
        for member in (clerk, admin)
        for layer in ("districts", "streets", "communities", "grids")
    ]
    assert counted == [1, 1, 2, 4, 1, 2, 4, 8]


def test_boundaries_of_another_day(clerk: Member, district: District) -> None:
    GridShape.objects.filter(id=district.shapes["A1-1"].id).update(valid_to=today(), announced=False)
    yesterday = (today() - timedelta(days=1)).isoformat()
    counted = [len(json.loads(content(export(clerk, **at)))["features"]) for at in ({}, {"at": yesterday})]
    assert counted == [3, 4]


def test_no_cell_begins_like_a_formula(clerk: Member, district: District) -> None:
    GridShape.objects.filter(id=district.shapes["A1-1"].id).update(name="=1+1")
    rows = list(csv.DictReader(io.StringIO(content(export(clerk, format="csv")).decode("utf-8-sig"))))
    assert rows[0]["name"] == "'=1+1"
    assert rows[0]["households"] == "400"
    assert rows[0]["WKT"].startswith("MULTIPOLYGON")


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\tx", "\rx", "＝1", "＋1", "－1", "＠x"])
def test_a_formula_in_any_width_is_text(text: str) -> None:
    assert cell(text) == f"'{text}"


def test_a_plain_name_stays(district: District) -> None:
    assert [cell(text) for text in ("和兴路", "1-2", "")] == ["和兴路", "1-2", ""]


def test_the_trail_knows_the_copy(clerk: Member) -> None:
    answer = export(clerk)
    body = content(answer)
    event = AuditEvent.objects.get(event="map.exported")
    assert str(event.subject_id) == answer["X-Export-Id"]
    assert answer["X-Export-Id"] in answer["Content-Disposition"]
    assert event.detail == {
        "layer": "grids", "format": "geojson", "day": today().isoformat(), "rows": 4,
        "sha256": sha256(body).hexdigest(),
    }  # fmt: skip


def test_a_file_has_an_end(admin: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDGOV_MAP_EXPORT_ROWS_MAX", "7")
    answer = export(admin)
    assert (answer.status_code, answer.json()["code"]) == (409, "export_too_large")
    assert not AuditEvent.objects.filter(event="map.exported").exists()


@pytest.mark.parametrize("body", [{"format": "shp"}, {"layer": "parties"}, {"at": "x"}, {"path": "/etc"}])
def test_nothing_else_can_be_asked_for(clerk: Member, body: dict[str, str]) -> None:
    assert export(clerk, **body).status_code == 400


def test_who_has_no_place_on_the_map_exports_nothing(worker: Worker, liaison: Member) -> None:
    assert {export(member).json()["code"] for member in (worker, liaison)} == {"role_not_allowed"}
