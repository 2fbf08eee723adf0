"""Every field of every model, posted to every write route of its package: none is taken unasked."""

import re
from typing import Any

import pytest
from django.apps import apps
from drf_spectacular.generators import SchemaGenerator
from rest_framework.test import APIClient

from kernel.codes.roles import Role
from kernel.ids import uuid7
from sync.parsers import PartParser
from tests.access.routes import Route, routes
from tests.cast import STAFF, District, make_member

pytestmark = pytest.mark.django_db
NAME_OF = {role: name for name, (role, _place) in reversed(STAFF.items())} | {Role.GRID_WORKER: "worker"}
WRITES = [
    route
    for route in routes()
    if route.method in {"post", "put", "patch"}
    and not any(issubclass(parser, PartParser) for parser in route.view.parser_classes)
]


def asked_for(document: dict[str, Any], route: Route) -> set[str]:
    """The fields of the route's body as the OpenAPI document has them."""
    operation = document["paths"][_documented(route.path)][route.method]
    content = operation.get("requestBody", {}).get("content", {})
    schema = content.get("application/json", {}).get("schema", {})
    schemas = [schema, *schema.get("oneOf", []), *schema.get("allOf", [])]
    names = [each["$ref"].rsplit("/", 1)[1] for each in schemas if "$ref" in each]
    found: set[str] = set(schema.get("properties", {}))
    for name in names:
        component = document["components"]["schemas"][name]
        found |= set(component.get("properties", {}))
    return found


def _documented(path: str) -> str:
    return "/" + re.sub(
        r"<\w+:(\w+)>", lambda found: "{" + ("id" if found[1] == "pk" else found[1]) + "}", path
    )


def fields_of(route: Route) -> set[str]:
    """Every field and column of every model of the package that the route belongs to."""
    models = apps.get_app_config(route.view.__module__.split(".")[0]).get_models()
    fields = [field for model in models for field in model._meta.get_fields()]
    return {field.name for field in fields} | {getattr(field, "attname", field.name) for field in fields}


@pytest.fixture(scope="module")
def document() -> dict[str, Any]:
    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return found


def caller(route: Route) -> Any:
    """A role that may call the route; None where strangers may."""
    policy = route.view.policy
    if policy.public:
        return None
    roles = policy.roles(route.action)
    return (
        Role.GRID_WORKER if Role.GRID_WORKER in roles else Role(min(roles - {Role.DISTRICT_ADMIN} or roles))
    )


def test_no_route_takes_a_field_that_it_does_not_ask_for(
    document: dict[str, Any], district: District
) -> None:
    taken: list[tuple[str, int, bytes]] = []
    clients = {role: make_member(district, NAME_OF[role]).client for role in Role}
    for route in WRITES:
        path = "/" + re.sub(r"<\w+:\w+>", lambda _: str(uuid7()), route.path)
        extra = fields_of(route) - asked_for(document, route)
        body = dict.fromkeys(sorted(extra), "x")
        answer = getattr(clients.get(caller(route), APIClient()), route.method)(path, body, format="json")
        if answer.status_code not in {400, 404, 429} or (answer.status_code == 400 and not _named(answer)):
            taken.append((route.name, answer.status_code, answer.content[:200]))
    assert taken == []


def _named(answer: Any) -> bool:
    """The refusal says that fields are unknown, or that no body is expected at all."""
    body = answer.json()
    return "unknown" in answer.content.decode() or body.get("detail") == "no body is expected"
