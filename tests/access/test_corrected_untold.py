"""That somebody is in correction is said to nobody outside: by no address that strangers may call, on no map,
in no file that is exported, and in no answer to a role that has nothing to do with corrections.
"""

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.apps import apps

from corrections.models import Complaint
from grids.serving import counts, tilemath
from grids.serving.api.ogc import offered
from kernel.codes.roles import Role
from tests.access.routes import Route, routes
from tests.access.stock import Stock
from tests.cast import Member
from tests.corrections.stage import NAME

OF_CORRECTIONS = {
    Role.STATION_OFFICER,
    Role.AGENCY_OFFICER,
    Role.AGENCY_HEAD,
    Role.BUREAU_HEAD,
    Role.PROCURATOR,
}
LOGS = {"/api/v1/privacy/shares", "/api/v1/privacy/reads"}
"""Who audits what was given and opened learns which record it was, never whose: neither keeps values."""
MAPS = re.compile(r"api/v1/(ogc|tiles|map-style|offline-pack|areas|grids|leave-areas)\b")
pytestmark = pytest.mark.django_db
APART = ("api/v1/sync/", "api/v1/schema")
"""What phones hold is told by `test_phone_sets`; the schema is no record."""
READ = [
    route
    for route in routes()
    if route.method == "get" and not route.view.policy.public and not route.path.startswith(APART)
]
MIDDLE, ZOOMS = (126.62, 45.71), (4, 8, 10, 12, 16)
PLACES = [route for route in READ if MAPS.match(route.path)]


def _package(route: Route) -> str:
    return str(route.view.__module__).split(".")[0]


def _hears(route: Route, role: str) -> bool:
    return role in route.view.policy.roles(route.action)


@pytest.mark.law("MN-6", refused=True)
def test_strangers_reach_nothing_of_corrections() -> None:
    assert {_package(route) for route in routes() if route.view.policy.public} == {
        "accounts", "backend", "mediation",
    }  # fmt: skip


@pytest.mark.law("MN-6", refused=True)
def test_what_maps_and_exports_offer_is_a_closed_list() -> None:
    assert [layer.name for layer in counts.layers()] == ["disputes"]
    assert [found.id for found in offered()] == [
        "districts", "streets", "communities", "grids", "disputes-by-grid", "disputes-by-community",
    ]  # fmt: skip
    assert tilemath.TILESETS == ("places", "district", "street", "community", "grid")
    assert [route.path for route in routes() if "export" in route.path] == [
        "api/v1/disputes/export", "api/v1/map-exports",
    ]  # fmt: skip


def _addresses(route: Route) -> Iterator[str]:
    """Addresses of a route that need no record: every collection, every tileset."""
    if route.path.endswith("<str:z>/<str:x>/<str:y>"):
        for tileset in tilemath.TILESETS:
            tiles = (tilemath.tile_at(*MIDDLE, zoom) for zoom in ZOOMS)
            yield from (f"/api/v1/tiles/{tileset}/{tile.z}/{tile.x}/{tile.y}" for tile in tiles)
    elif "<str:tileset>" in route.path:
        yield from ("/" + route.path.replace("<str:tileset>", name) for name in tilemath.TILESETS)
    elif "<uuid:" not in route.path and "<str:collection>" in route.path:
        yield from ("/" + route.path.replace("<str:collection>", found.id) for found in offered())
    elif "<" not in route.path:
        yield f"/{route.path}"


def _telling() -> list[bytes]:
    """The name of the story's people in correction, and the ids of all records about them but complaints:
    those lie at a desk that does not know who is supervised."""
    models = set(apps.get_app_config("corrections").get_models()) - {Complaint}
    ids = {pk for model in models for pk in model._default_manager.values_list("pk", flat=True)}
    return [NAME.encode(), *(str(pk).encode() for pk in ids if isinstance(pk, UUID))]


def _told(member: Member, read: list[Route], words: list[bytes]) -> set[str]:
    """The addresses at which one of the words is said to somebody; at least one answers."""
    answers = {at: member.client.get(at) for route in read for at in _addresses(route)}
    assert any(answer.status_code == 200 for answer in answers.values())
    return {at for at, answer in answers.items() if any(word in answer.content for word in words)}


@pytest.mark.law("MN-6", refused=True)
def test_no_map_of_any_role_names_a_person_in_correction(stock: Stock) -> None:
    words = _telling()
    assert len(words) > 20
    told = {role: _told(member, PLACES, words) for role, member in stock.by_role().items()}
    assert {role: at for role, at in told.items() if at} == {}


@pytest.mark.law("MN-6", "CCL-26", refused=True)
def test_no_list_of_a_role_outside_names_a_person_in_correction(stock: Stock) -> None:
    words = _telling()
    told = {
        role: _told(member, [route for route in READ if _hears(route, role)], words)
        for role, member in stock.by_role().items()
        if role not in OF_CORRECTIONS
    }
    assert {role: at for role, at in told.items() if at - _audited(role)} == {}


def _audited(role: str) -> set[str]:
    return LOGS if role == Role.AUDITOR else set()


@pytest.mark.law("MN-6", refused=True)
def test_a_log_of_what_was_given_or_opened_names_nobody(stock: Stock) -> None:
    auditor = stock.by_role()[Role.AUDITOR]
    read = [route for route in READ if f"/{route.path}" in LOGS]
    assert len(read) == len(LOGS)
    assert _told(auditor, read, [NAME.encode()]) == set()


def test_the_same_words_are_found_where_they_belong(stock: Stock) -> None:
    own = [route for route in READ if route.path == "api/v1/corrections/subjects"]
    assert _told(stock.people["officer"], own, _telling()) == {"/api/v1/corrections/subjects"}
