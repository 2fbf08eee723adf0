"""Every address that takes a body, read from the URL table, with a role that may call it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

from edge.policy import Policy
from kernel.codes.roles import Role
from kernel.ids import uuid7

WRITES = ("post", "put", "patch")
_PARAMETER = re.compile(r"<(?:(?P<kind>\w+):)?\w+>")


@dataclass(frozen=True, slots=True)
class Route:
    """`role` is None where strangers may knock."""

    method: str
    path: str
    role: Role | None
    view: Any

    def __str__(self) -> str:
        return f"{self.method.upper()} {_PARAMETER.sub('…', self.path)}"

    def url(self) -> str:
        """The path with ids of nobody in the place of its parameters."""
        return "/" + _PARAMETER.sub(lambda found: str(uuid7()) if found["kind"] == "uuid" else "x", self.path)


def write_routes() -> list[Route]:
    found = [route for pattern, path in _patterns(get_resolver()) for route in _routes(pattern, path)]
    return sorted(found, key=str)


def _patterns(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[URLPattern, str]]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from _patterns(entry, path)
        else:
            yield entry, path


def _routes(pattern: URLPattern, path: str) -> Iterator[Route]:
    callback: Any = pattern.callback
    view = getattr(callback, "cls", None)
    actions = getattr(callback, "actions", None) or {
        method: method for method in WRITES if view is not None and hasattr(view, method)
    }
    for method, action in actions.items():
        if method in WRITES:
            yield Route(method, path, _role(view.policy, action), view)


def _role(policy: Policy, action: str) -> Role | None:
    """The role to call with: a worker with a phone where one may call, else the first by name."""
    if policy.public:
        return None
    roles = policy.roles(action)
    return Role.GRID_WORKER if Role.GRID_WORKER in roles else min(roles, default=None)
