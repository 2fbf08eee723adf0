"""`/boundary-releases`: read, checked, published, restored, rolled back by the district's administrator."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection

from grids.models import BoundaryRelease, GridShape
from kernel import clock as kernel_clock
from kernel.ids import uuid7
from tests.cast import District, Member, Worker
from tests.grids.test_import_api import HALVES, imported

pytestmark = pytest.mark.django_db
AT = "/api/v1/boundary-releases"


@pytest.fixture
def draft(district: District, admin: Member) -> str:
    return str(imported(admin, HALVES)["release"])


def act(who: Member, pk: object, name: str, **body: Any) -> Any:
    return who.client.post(f"{AT}/{pk}/{name}", body, format="json")


def day(days: int = 0) -> str:
    return (kernel_clock.today() + timedelta(days=days)).isoformat()


def test_a_draft_is_published_by_its_administrator(draft: str, admin: Member) -> None:
    answer = act(admin, draft, "publish", day=day())
    assert (answer.status_code, answer.json()["state"], answer.json()["valid_from"]) == (
        200, "published", day(),
    )  # fmt: skip
    assert GridShape.objects.filter(release=draft, announced=True).count() == 2


def test_the_difference_has_codes_areas_and_households(draft: str, admin: Member) -> None:
    (change,) = admin.client.get(f"{AT}/{draft}/changes").json()
    assert (change["kind"], len(change["before"]), len(change["after"])) == ("redrawn", 2, 2)
    assert (change["households_before"], change["households_after"]) == (800, 666)


def test_the_preview_names_what_ends_and_what_is_vacant(draft: str, admin: Member) -> None:
    impact = admin.client.get(f"{AT}/{draft}/impact").json()
    assert {grid["code"][-2:]: grid["ends"] for grid in impact["grids"]} == {"01": False, "02": True}
    assert [code[-2:] for code in impact["vacant"]] == ["07"]


def test_a_preview_that_takes_too_long_says_so(
    draft: str, admin: Member, monkeypatch: pytest.MonkeyPatch
) -> None:
    def endless(*_: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("set local statement_timeout = 1")
            cursor.execute("select count(*) from generate_series(1, 1000000000)")

    monkeypatch.setattr("grids.api.releases.release_impact", endless)
    answer = admin.client.get(f"{AT}/{draft}/impact")
    assert (answer.status_code, answer.json()["code"]) == (409, "impact_too_long")
    assert "Retry-After" not in answer.headers


def test_the_preview_counts_workers_and_their_phones(
    draft: str, admin: Member, worker: Worker, second_worker: Worker
) -> None:
    impact = admin.client.get(f"{AT}/{draft}/impact").json()
    (grid,) = [grid for grid in impact["grids"] if grid["code"].endswith("01")]
    assert (grid["workers"], grid["devices"]) == (2, 2)


def test_it_is_checked_again_against_what_stands_now(draft: str, admin: Member) -> None:
    BoundaryRelease.objects.filter(id=draft).update(state="draft")
    assert act(admin, draft, "validate").json()["state"] == "validated"


def test_a_release_is_rolled_back_with_a_reason(draft: str, admin: Member, clock: Any) -> None:
    act(admin, draft, "publish", day=day())
    clock.move(timedelta(days=1))
    assert act(admin, draft, "roll-back", day=day()).status_code == 400
    answer = act(admin, draft, "roll-back", day=day(), reason="图纸有误")
    assert (answer.status_code, answer.json()["state"]) == (201, "published")
    assert GridShape.objects.filter(grid__code="23010300100107", announced=True).count() == 0


def test_what_is_not_in_force_yet_is_not_rolled_back(draft: str, admin: Member) -> None:
    act(admin, draft, "publish", day=day(3))
    answer = act(admin, draft, "roll-back", day=day(4), reason="早")
    assert (answer.status_code, answer.json()["code"]) == (409, "release_not_begun")


def test_a_release_that_changes_nothing_is_not_published(draft: str, admin: Member, clock: Any) -> None:
    act(admin, draft, "publish", day=day())
    again = imported(admin, HALVES)["release"]
    answer = act(admin, again, "publish", day=day(1))
    assert (answer.status_code, answer.json()["code"]) == (409, "release_changes_nothing")


@pytest.mark.parametrize("name", ["publish", "restore", "roll-back"])
def test_another_s_release_does_not_exist(district: District, admin: Member, name: str) -> None:
    reason = {"reason": "x"} if name == "roll-back" else {}
    assert act(admin, uuid7(), name, day=day(), **reason).status_code == 404


def test_a_release_above_the_own_area_does_not_exist(district: District, admin: Member) -> None:
    release = BoundaryRelease.objects.get()
    BoundaryRelease.objects.update(area=district.areas["city"])
    assert admin.client.get(f"{AT}/{release.id}").status_code == 404
    assert admin.client.get(AT).json()["count"] == 0


def test_only_the_administrator_sees_releases(draft: str, clerk: Member, coordinator: Member) -> None:
    for who in (clerk, coordinator):
        assert who.client.get(AT).status_code == 403
        assert act(who, draft, "publish", day=day()).status_code == 403
