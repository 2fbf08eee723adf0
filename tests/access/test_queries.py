"""A query parameter that the view does not name is refused: a filter on a hidden field would be an oracle."""

import re

import pytest
from django.apps import apps
from rest_framework.viewsets import ViewSetMixin

from kernel.codes.roles import Role
from kernel.ids import uuid7
from tests.access.routes import Route, routes
from tests.access.test_mass_assignment import NAME_OF, caller
from tests.cast import District, make_member

pytestmark = pytest.mark.django_db
GUARDED = [route for route in routes() if not route.view.policy.public]
LOOKUPS = (
    "ordering",
    "search",
    "fields",
    "format",
    "page",
    "id__in",
    "created_at__lt",
    "user__password__startswith",
)


def forbidden(route: Route) -> set[str]:
    """Fields of the package's models, lookups over them, and what other frameworks would understand."""
    # A single view has no action; its list is a list by its class.
    view = route.view(action=route.action) if issubclass(route.view, ViewSetMixin) else route.view()
    models = apps.get_app_config(route.view.__module__.split(".")[0]).get_models()
    names = {field.name for model in models for field in model._meta.get_fields()}
    return (names | {f"{name}__startswith" for name in names} | set(LOOKUPS)) - view.allowed_parameters()


def test_no_route_takes_a_parameter_that_it_does_not_name(district: District) -> None:
    clients = {role: make_member(district, NAME_OF[role]).client for role in Role}
    heard = []
    for route in GUARDED:
        path = "/" + re.sub(r"<\w+:\w+>", lambda _: str(uuid7()), route.path)
        names = sorted(forbidden(route))
        query = "&".join(f"{name}=1" for name in names)
        answer = clients[caller(route)].generic(
            route.method.upper(), f"{path}?{query}", "{}", "application/json"
        )
        body = answer.json() if answer.content else {}
        if body.get("code") != "unknown_parameter" or body.get("parameters") != names:
            heard.append((route.name, answer.status_code, body.get("code")))
    assert heard == []
