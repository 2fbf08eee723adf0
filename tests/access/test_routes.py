"""No address without a policy, and none that does by accident what nobody wrote."""

import inspect
import re

import pytest
from django.conf import settings
from drf_spectacular.renderers import OpenApiJsonRenderer
from rest_framework.permissions import BasePermission

from edge.parsers import StrictJSONParser
from edge.policy import ByPolicy, Policy
from edge.renderers import JSONRenderer
from edge.views import StrictQuery
from grids.api.places import GeoJSONRenderer
from sync.parsers import OctetParser, PartParser, PushParser
from tests.access.routes import METHODS, Route, patterns, routes

PUBLIC = {
    "GET /api/v1/health", "POST /api/v1/auth/enrol", "POST /api/v1/auth/login", "POST /api/v1/auth/refresh",
    "POST /api/v1/auth/wiped", "GET /api/v1/auth/password", "GET /metrics", "POST /api/v1/auth/password",
    "GET /api/v1/mediation/calendar/<str:token>.ics",
}  # fmt: skip


def test_every_address_is_a_view_with_a_policy() -> None:
    assert [
        route.name for route in routes() if not isinstance(getattr(route.view, "policy", None), Policy)
    ] == []


def test_every_view_applies_its_policy_and_its_query_list() -> None:
    bad = [
        route.name
        for route in routes()
        if list(route.view.permission_classes) != [ByPolicy] or not issubclass(route.view, StrictQuery)
    ]
    assert bad == []
    assert issubclass(ByPolicy, BasePermission)


@pytest.mark.law("CCL-4", "PI-25", refused=True)
def test_what_strangers_may_call_is_a_closed_list() -> None:
    assert {route.name for route in routes() if route.view.policy.public} == PUBLIC


def test_an_act_that_nobody_may_do_is_no_act() -> None:
    dead = [
        route.name
        for route in routes()
        if not route.view.policy.public and not route.view.policy.roles(route.action)
    ]
    assert dead == []


def test_bodies_are_strict_json_and_answers_json() -> None:
    renderers = {JSONRenderer, GeoJSONRenderer, OpenApiJsonRenderer}
    odd = [
        route.name
        for route in routes()
        if not set(route.view.parser_classes) <= {StrictJSONParser, PartParser, OctetParser, PushParser}
        or not set(route.view.renderer_classes) <= renderers
    ]
    assert odd == []


def _named_like_a_method(route: Route) -> bool:
    """DRF finds its handler by the name of the HTTP method: an act called `delete` would answer DELETE."""
    acts = [name for name, member in inspect.getmembers(route.view) if hasattr(member, "mapping")]
    return bool({*METHODS, "head", "options", "trace"} & set(acts))


def test_no_act_is_named_like_a_method_of_http() -> None:
    assert [route.name for route in routes() if _named_like_a_method(route)] == []


def test_ids_in_addresses_are_uuids() -> None:
    # Names from closed lists: a kind of phone records, a tileset, a collection, a form; a key that signs in.
    typed = (
        "<uuid:", "<str:kind>", "<str:tileset>", "<str:collection>", "<str:sha256>", "<slug:key>",
        "<str:token>",
    )  # fmt: skip
    assert [path for path, _ in patterns() if "<" in path and not any(t in path for t in typed)] == []


def _reads_by_access(route: Route) -> bool:
    rows = getattr(route.view, "rows", None)
    return rows is None or bool(re.search(r"access\w*\.", inspect.getsource(rows)))


def test_rows_come_from_visible_to() -> None:
    assert [route.name for route in routes() if not _reads_by_access(route)] == []


def test_there_is_no_admin_and_one_urlconf() -> None:
    assert "django.contrib.admin" not in settings.INSTALLED_APPS
    assert {path for path, _ in patterns() if not path.startswith("api/v1/")} == {"metrics"}
