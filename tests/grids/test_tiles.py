"""Vector tiles: what each reader gets, which level at which zoom, what a cap leaves out, keys for a GIS."""

import gzip
from base64 import b64encode
from datetime import timedelta
from typing import Any

import pytest
from rest_framework.test import APIClient

from accounts.models import Membership
from audit.models import AuditEvent
from grids.models import BoundaryRelease, Grid, GridShape, MapKey, MapShape
from grids.services.map_shapes import map_shapes_make
from grids.serving.keys import key_in
from grids.serving.tilemath import tile_at
from kernel.clock import now, today
from tests.cast import District, Member, Worker
from tests.grids.mvt import Feature, read

pytestmark = pytest.mark.django_db
MIDDLE = (126.62, 45.71)
KEYS = "/api/v1/map-keys"


def address(zoom: int, tileset: str = "places") -> str:
    tile = tile_at(*MIDDLE, zoom)
    return f"/api/v1/tiles/{tileset}/{tile.z}/{tile.x}/{tile.y}"


def layers(member: Any, zoom: int = 12, tileset: str = "places", **query: str) -> dict[str, list[Feature]]:
    client = member if isinstance(member, APIClient) else member.client
    answer = client.get(address(zoom, tileset), query)
    assert answer.status_code == 200, answer.content
    return read(answer.content)


def codes(features: list[Feature]) -> set[str]:
    return {feature.properties["code"] for feature in features}


def key_of(member: Member, **changes: Any) -> Any:
    return member.client.post(KEYS, {"program": "QGIS", "days": 30, **changes}, format="json")


def with_key(member: Member) -> APIClient:
    return APIClient(headers={"authorization": f"Bearer {key_of(member).json()['key']}"})


def test_a_worker_draws_the_own_street_and_the_district_all(
    worker: Worker, admin: Member, district: District
) -> None:
    assert {code[6:9] for code in codes(layers(worker)["grid"])} == {"001"}
    assert codes(layers(admin)["grid"]) == {grid.code for grid in district.grids.values()}


def test_who_has_no_street_sees_the_district_alone(liaison: Member) -> None:
    assert set(layers(liaison)) == {"district"}


def test_below_the_zoom_of_grids_the_level_above_is_drawn(admin: Member) -> None:
    assert set(layers(admin, 11)) == {"district", "street", "community"}
    assert set(layers(admin, 9)) == {"district", "street"}
    assert set(layers(admin, 14, "grid")) == {"grid"}


def test_a_feature_has_what_a_map_shows_and_no_more(worker: Worker, district: District) -> None:
    found = {feature.properties["code"]: feature for feature in layers(worker)["grid"]}
    grid = district.grids["A1-1"]
    assert found[grid.code].properties == {
        "id": str(grid.id), "code": grid.code, "name": grid.name, "kind": "1", "households": 400,
        "community": str(grid.community_id), "synthetic": False,
    }  # fmt: skip
    assert found[grid.code].vertices == 4


def test_stored_shapes_draw_the_same_as_none(admin: Member) -> None:
    before = layers(admin, 14)
    assert map_shapes_make() == 8 + 4 + 2 + 1
    assert (layers(admin, 14), map_shapes_make()) == (before, 0)
    assert MapShape.objects.filter(geom_z12__isnull=False).count() == 0, "squares have nothing to lose"


def test_what_a_cap_leaves_out_is_said_in_tile_and_header(
    admin: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GRIDGOV_TILE_FEATURES_MAX", "3")
    answer = admin.client.get(address(12))
    tile = read(answer.content)
    assert (answer["Tile-Left-Out"], len(tile["grid"])) == ("community, grid", 3)
    said = [feature.properties for feature in tile["left_out"]]
    assert said == [{"level": "community", "shown": 3}, {"level": "grid", "shown": 3}]
    assert admin.client.get("/api/v1/tiles/places").json()["features_max"] == 3


def test_a_tile_is_not_sent_again(worker: Worker) -> None:
    tag = worker.client.get(address(12))["ETag"]
    assert worker.client.get(address(12), headers={"If-None-Match": tag}).status_code == 304


@pytest.mark.parametrize("path", ["/api/v1/ogc/collections/grids/items", "/api/v1/grids", "/api/v1/ogc/api"])
def test_an_answer_is_packed_for_whoever_can_unpack_it(admin: Member, path: str) -> None:
    plain, small = (admin.client.get(path, headers={"Accept-Encoding": coding}) for coding in ("", "gzip"))
    assert "Content-Encoding" not in plain
    assert (small["Content-Encoding"], gzip.decompress(small.content)) == ("gzip", plain.content)
    assert (small["ETag"], "Accept-Encoding" in small["Vary"]) == (plain["ETag"], True)
    assert admin.client.get(path, headers={"If-None-Match": small["ETag"]}).status_code == 304


def released(district: District, **change: Any) -> None:
    """Another shape of A1-1 comes into force today, as a release brings it."""
    release = BoundaryRelease.objects.create(
        title="neu", area=district.areas["district"], source="tests", crs="WGS84", state="published",
        imported_at=now(), published_at=now(), announced_at=now(), valid_from=today(),
    )  # fmt: skip
    old = GridShape.objects.get(id=district.shapes["A1-1"].id)
    GridShape.objects.filter(id=old.id).update(valid_to=today(), announced=False)
    GridShape.objects.create(
        grid=old.grid, release=release, geom=old.geom, valid_from=today(), announced=True, **change
    )


def test_a_release_changes_the_next_tile_and_the_day_before_stays(worker: Worker, district: District) -> None:
    tag = worker.client.get(address(12))["ETag"]
    released(district, name="新网格")
    assert worker.client.get(address(12))["ETag"] != tag
    yesterday = (today() - timedelta(days=1)).isoformat()
    named = [
        {feature.properties["name"] for feature in layers(worker, **at)["grid"]}
        for at in ({}, {"at": yesterday})
    ]
    assert ["新网格" in names for names in named] == [True, False]


def test_a_kept_tile_is_nobody_elses(worker: Worker, outsider: Worker, admin: Member) -> None:
    for member, mine in (
        (admin, {"001", "002"}),
        (worker, {"001"}),
        (outsider, {"002"}),
        (admin, {"001", "002"}),
    ):
        assert {code[6:9] for code in codes(layers(member)["grid"])} == mine


@pytest.mark.parametrize("place", ["places/3/0/0", "places/12/9999/0", "places/12/x/0", "roads/12/1/1"])
def test_there_is_no_such_tile(worker: Worker, place: str) -> None:
    answer = worker.client.get(f"/api/v1/tiles/{place}")
    assert (answer.status_code, answer.json()["code"]) == (404, "no_such_tile")


def test_an_empty_tile_says_so(worker: Worker) -> None:
    assert worker.client.get("/api/v1/tiles/grid/14/0/0").status_code == 204


def test_tilejson_names_levels_and_the_box_of_the_own_streets(worker: Worker) -> None:
    answer = worker.client.get("/api/v1/tiles/places").json()
    assert answer["tiles"] == ["http://testserver/api/v1/tiles/places/{z}/{x}/{y}"]
    assert [layer["minzoom"] for layer in answer["vector_layers"][:4]] == [4, 8, 10, 12]
    assert answer["bounds"] == pytest.approx([126.60, 45.70, 126.62, 45.72])


def test_a_map_of_synthetic_grids_says_so(worker: Worker, district: District) -> None:
    assert "attribution" not in worker.client.get("/api/v1/tiles/places").json()
    Grid.objects.filter(id=district.grids["A1-2"].id).update(synthetic=True)
    assert "合成" in worker.client.get("/api/v1/tiles/places").json()["attribution"]


@pytest.mark.law("PI-36", refused=True)
def test_the_style_points_nowhere_else(worker: Worker) -> None:
    style = worker.client.get("/api/v1/map-style").json()
    assert style["sources"]["places"]["url"] == "http://testserver/api/v1/tiles/places"
    assert not {"glyphs", "sprite"} & set(style)
    plain = worker.client.get("/api/v1/map-style", {"labels": "false"}).json()
    assert {layer["type"] for layer in plain["layers"]} == {"background", "fill", "line"}


def test_a_key_reads_the_map_in_the_role_it_was_made_in(clerk: Member) -> None:
    gis = with_key(clerk)
    assert {code[6:9] for code in codes(layers(gis)["grid"])} == {"001"}
    assert MapKey.objects.get().last_used_on == today()
    assert AuditEvent.objects.filter(event="map_key.created").count() == 1


def as_password(text: str, name: str = "map") -> dict[str, str]:
    return {"authorization": f"Basic {b64encode(f'{name}:{text}'.encode()).decode()}"}


@pytest.mark.parametrize("name", ["map", "", "某人"])
def test_a_key_is_heard_as_a_password_with_any_name(clerk: Member, name: str) -> None:
    gis = APIClient(headers=as_password(key_of(clerk).json()["key"], name))
    assert {code[6:9] for code in codes(layers(gis)["grid"])} == {"001"}
    assert gis.get("/api/v1/ogc/collections/grids/items").json()["numberMatched"] == 4
    assert gis.get("/api/v1/grids").json()["code"] == "sign_in_again"


def test_a_persons_own_password_opens_no_map(clerk: Member) -> None:
    gis = APIClient(headers=as_password("not-a-key-but-a-password", clerk.user.username))
    assert gis.get(address(12)).json()["code"] == "sign_in_again"


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("Bearer map.a.b", "map.a.b"), ("bearer map.a.b", "map.a.b"), ("basic eDptYXAuYS5i", "map.a.b"),
        ("Basic eDp5", ""), ("Basic eA==", ""), ("Basic /w==", ""), ("Basic ?", ""), ("Basic", ""),
        ("Bearer a.b.c", ""), ("Digest map.a.b", ""), ("map.a.b", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_key_is_found_in_a_token_or_a_password_alone(header: str, key: str) -> None:
    assert key_in(header) == key


@pytest.mark.parametrize("path", ["/api/v1/grids", "/api/v1/auth/me", "/api/v1/disputes", KEYS])
def test_a_key_opens_nothing_else(clerk: Member, path: str) -> None:
    answer = with_key(clerk).get(path)
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in_again")


def test_a_key_ends_with_a_word_of_its_owner(clerk: Member) -> None:
    gis = with_key(clerk)
    url = f"{KEYS}/{MapKey.objects.get().id}/revoke"
    assert {clerk.client.post(url).status_code for _ in range(2)} == {200}
    assert gis.get(address(12)).json()["code"] == "sign_in_again"


def test_a_key_ends_with_the_role_and_with_its_date(clerk: Member, clock: Any) -> None:
    gis = with_key(clerk)
    clock.move(timedelta(days=31))
    assert gis.get(address(12)).status_code == 401
    clock.move(timedelta(days=-31))
    assert gis.get(address(12)).status_code == 200
    Membership.objects.filter(id=clerk.membership.id).update(valid_to=today())
    assert gis.get(address(12)).status_code == 401


def test_a_wrong_secret_is_no_key(clerk: Member) -> None:
    key = key_of(clerk).json()["key"]
    for text in (key[:-1] + ("A" if key[-1] != "A" else "B"), key + ".x", "map.", "map.x.y"):
        client = APIClient(headers={"authorization": f"Bearer {text}"})
        assert client.get(address(12)).status_code == 401, text


def test_keys_are_few_short_lived_and_seen_by_their_owner_and_the_administrator(
    clerk: Member, admin: Member, director: Member
) -> None:
    assert key_of(clerk, days=91).status_code == 400
    assert [key_of(clerk).status_code for _ in range(4)] == [201, 201, 201, 409]
    counts = [member.client.get(KEYS).json()["count"] for member in (clerk, admin, director)]
    assert counts == [3, 3, 0]
    assert "digest" not in clerk.client.get(KEYS).json()["results"][0]


def test_a_worker_needs_no_key_and_gets_none(worker: Worker, liaison: Member) -> None:
    assert {key_of(member).json()["code"] for member in (worker, liaison)} == {"role_not_allowed"}
