"""Every address of the server as the resolver knows it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver

METHODS = ("get", "post", "put", "patch", "delete")


@dataclass(frozen=True)
class Route:
    """One method of one address. `action` is the viewset's, else the method."""

    path: str
    method: str
    action: str
    view: Any

    @property
    def name(self) -> str:
        return f"{self.method.upper()} /{self.path}"

    @property
    def detail(self) -> bool:
        return "<" in self.path

    @property
    def writes(self) -> bool:
        return self.method != "get"


def patterns(resolver: URLResolver | None = None, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """(path, view function) of every pattern, whatever it is included from."""
    for entry in (resolver or get_resolver()).url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            yield from patterns(entry, path)
        elif isinstance(entry, URLPattern):
            yield path, entry.callback


def routes() -> list[Route]:
    """Every method of every address, sorted."""
    return sorted(_all(), key=lambda route: (route.path, route.method))


def _all() -> Iterator[Route]:
    for path, function in patterns():
        view = getattr(function, "cls", None) or getattr(function, "view_class", None)
        actions = getattr(function, "actions", None)
        if view is None:
            yield Route(path, "any", "any", function)
        elif actions:
            yield from (
                Route(path, method, action, view) for method, action in actions.items() if method in METHODS
            )
        else:
            yield from (Route(path, method, method, view) for method in METHODS if hasattr(view, method))
