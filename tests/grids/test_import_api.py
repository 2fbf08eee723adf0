"""Boundary files over the network: declared, uploaded, read by the job, answered by a report."""

import hashlib
import json
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from grids import jobs
from grids.import_job import import_boundaries
from grids.models import BoundaryImport, BoundaryRelease, DraftRow
from grids.services.imports import import_run
from kernel.ids import uuid7
from tests.cast import District, Member, Worker
from tests.places import square

pytestmark = pytest.mark.django_db
AT = "/api/v1/boundary-imports"


def collection(*grids: tuple[str, float, float], name: str = "name") -> bytes:
    """A file with (code, column, width) of cells two rows high."""
    features = [
        {
            "type": "Feature",
            "geometry": json.loads(square(column, 0, width, 2).geojson),  # type: ignore[arg-type]  # because halves are meant
            "properties": {"code": code, name: f"网格{code}", "households": 333},
        }
        for code, column, width in grids
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


HALVES = collection(("23010300100101", 0, 0.5), ("23010300100107", 0.5, 0.5))


def declaration(content: bytes, **said: Any) -> dict[str, Any]:
    return {
        "id": str(uuid7()), "level": "grid", "crs": "EPSG:4326", "file_name": "新网格.geojson",
        "size": len(content), "sha256": hashlib.sha256(content).hexdigest(), **said,
    }  # fmt: skip


def upload(who: Member, pk: str, content: bytes) -> Any:
    return who.client.put(f"{AT}/{pk}/file", content, content_type="application/octet-stream")


def imported(who: Member, content: bytes, **said: Any) -> dict[str, Any]:
    """Declared, uploaded, and the job has run."""
    body = declaration(content, **said)
    answer = who.client.post(AT, body, format="json")
    assert answer.status_code == 201, answer.content
    answer = upload(who, body["id"], content)
    assert (answer.status_code, answer.json()["state"]) == (200, "queued")
    import_boundaries(body["id"])
    found: dict[str, Any] = who.client.get(f"{AT}/{body['id']}").json()
    return found


def test_a_file_becomes_a_validated_draft(district: District, admin: Member) -> None:
    done = imported(admin, HALVES)
    assert (done["state"], done["done"], done["total"]) == ("done", 2, 2)
    release = admin.client.get(f"/api/v1/boundary-releases/{done['release']}").json()
    assert (release["state"], release["source"], release["crs"]) == ("validated", "新网格.geojson", "WGS84")
    assert done["counts"]["ends"] == 1


def test_a_bad_file_is_refused_with_a_report(district: District, admin: Member) -> None:
    done = imported(admin, collection(("23010300100101", 0, 0.5), ("2301", 0.5, 0.5)))
    assert (done["state"], done["release"], done["counts"]["code"]) == ("refused", None, 1)
    report = admin.client.get(f"{AT}/{done['id']}/findings").json()
    (line,) = report["results"]
    assert (line["row"], line["kind"], line["severity"]) == (2, "code", "error")
    assert "14 digits" in line["text_en"]
    assert DraftRow.objects.count() == 0


@pytest.mark.parametrize(
    ("content", "said", "reason"),
    [
        (b"<OGRVRTDataSource/>", {}, "not JSON"),
        (b"GIF89a", {"file_name": "x.gpkg"}, "begin like a GeoPackage"),
        (b"PK\3\4 nothing", {"file_name": "x.zip"}, "zip"),
        (HALVES, {"fields": {"code": "网格编码"}}, "网格编码"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(
    district: District, admin: Member, content: bytes, said: dict[str, Any], reason: str
) -> None:
    done = imported(admin, content, **said)
    assert done["state"] == "refused"
    assert reason in done["refused"]


@pytest.mark.parametrize("spoilt", ["code", "type", "crs", "kind"])
def test_words_that_cannot_be_kept_do_not_leave_an_import_running(
    district: District, admin: Member, spoilt: str
) -> None:
    said = json.loads(HALVES)
    feature = said["features"][0]
    place = {"code": feature["properties"], "type": feature["geometry"], "kind": feature["properties"]}
    place.get(spoilt, said)[spoilt] = {
        "code": "2301030010010\0", "type": "a\0" * 900, "kind": [{}], "crs": {"properties": {"name": "x\0"}},
    }[spoilt]  # fmt: skip
    assert imported(admin, json.dumps(said).encode())["state"] == "refused"


def test_a_report_that_cannot_be_kept_is_a_failure(
    district: District, admin: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: Any, **__: Any) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("grids.services.imports.findings_keep", full)
    found = imported(admin, HALVES.replace(b"23010300100107", b"x"))
    assert (found["state"], found["refused"]) == ("failed", "OSError")


def test_the_same_again_answers_the_same(district: District, admin: Member) -> None:
    body = declaration(HALVES)
    assert admin.client.post(AT, body, format="json").status_code == 201
    assert admin.client.post(AT, body, format="json").json()["id"] == body["id"]
    upload(admin, body["id"], HALVES)
    assert upload(admin, body["id"], HALVES).json()["state"] == "queued"
    assert [import_run(UUID(body["id"])), import_run(UUID(body["id"]))] == ["done", ""]
    assert BoundaryRelease.objects.count() == 2


def test_another_file_under_the_same_id_is_refused(district: District, admin: Member) -> None:
    body = declaration(HALVES)
    admin.client.post(AT, body, format="json")
    answer = admin.client.post(AT, body | {"size": 7}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "boundary_import_taken")


@pytest.mark.parametrize("content", [HALVES[:-1], HALVES + b" ", HALVES.replace(b"333", b"334"), b""])
def test_what_is_not_the_declared_file_is_not_taken(
    district: District, admin: Member, content: bytes
) -> None:
    body = declaration(HALVES)
    admin.client.post(AT, body, format="json")
    answer = upload(admin, body["id"], content)
    assert (answer.status_code, answer.json()["code"]) == (400, "boundary_file_wrong")
    assert BoundaryImport.objects.get().state == "waiting"


@pytest.mark.parametrize(
    "said",
    [
        {"crs": "EPSG:3857"}, {"crs": ""}, {"level": "house"}, {"file_name": "../x.gpkg"},
        {"file_name": "x.vrt"}, {"fields": {"owner": "x"}}, {"snap": 99}, {"size": 10**9}, {"sha256": "0"},
        {"encoding": "EBCDIC"},
    ],
)  # fmt: skip
def test_a_declaration_that_cannot_be_is_refused(
    district: District, admin: Member, said: dict[str, Any]
) -> None:
    answer = admin.client.post(AT, declaration(HALVES, **said), format="json")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, list(said))


def test_grids_of_another_district_are_not_taken(district: District, other_coordinator: Member) -> None:
    """The own area is what the organisation has: a declaration of a coordinator is not possible at all."""
    assert other_coordinator.client.post(AT, declaration(HALVES), format="json").status_code == 403


def test_an_import_that_a_worker_left_is_queued_again_and_fails_at_last(
    district: District, admin: Member, clock: Any
) -> None:
    body = declaration(HALVES)
    admin.client.post(AT, body, format="json")
    upload(admin, body["id"], HALVES)
    BoundaryImport.objects.update(state="running", attempts=1)
    clock.move(timedelta(minutes=20))
    jobs.due(clock.at)
    assert BoundaryImport.objects.get().state == "running"
    BoundaryImport.objects.update(attempts=3)
    clock.move(timedelta(minutes=20))
    jobs.due(clock.at)
    assert BoundaryImport.objects.get().state == "failed"


def test_what_a_killed_worker_left_is_read_by_the_next(district: District, admin: Member) -> None:
    body = declaration(HALVES)
    admin.client.post(AT, body, format="json")
    upload(admin, body["id"], HALVES)
    BoundaryImport.objects.update(state="running", attempts=1)
    import_boundaries(body["id"])
    assert BoundaryImport.objects.get().state == "done"


def test_nobody_but_the_administrator_imports(district: District, clerk: Member, worker: Worker) -> None:
    for who in (clerk, worker):
        assert who.client.get(AT).status_code == 403
        assert who.client.post(AT, declaration(HALVES), format="json").status_code == 403


def test_a_template_can_be_fetched_and_imported(district: District, admin: Member) -> None:
    answer = admin.client.get(f"{AT}/template?level=community")
    assert answer.content.startswith(b"SQLite format 3\0")
    done = imported(admin, answer.content, level="community", crs="EPSG:4490", file_name="t.gpkg")
    assert (done["state"], done["counts"]["rows"]) == ("done", 1)


def test_the_report_is_a_map_and_a_picture_too(district: District, admin: Member) -> None:
    done = imported(admin, collection(("23010300100101", 0, 0.6), ("23010300100107", 0.5, 0.5)))
    at = f"/api/v1/boundary-releases/{done['release']}"
    features = admin.client.get(f"{at}/findings-map").json()["features"]
    overlap = next(f for f in features if f["properties"]["kind"] == "overlap")
    assert overlap["geometry"]["type"] == "MultiPolygon"
    assert overlap["properties"]["facts"]["width"] > 70
    picture = admin.client.get(f"{at}/findings-picture")
    assert (picture["Content-Type"], picture.content[:4]) == ("image/png", b"\x89PNG")
    only = admin.client.get(f"{at}/findings?severity=error&limit=1").json()
    assert (len(only["results"]), only["results"][0]["severity"]) == (1, "error")
