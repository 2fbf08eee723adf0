"""Addresses by their first segment: Django tries the patterns of one app after the other, hundreds in all."""

from collections.abc import Sequence
from importlib import import_module
from typing import Any

from django.urls import URLPattern, URLResolver, include
from django.urls.resolvers import RoutePattern


class OfSegments(RoutePattern):
    """A prefix that lets through only what goes on with one of these segments."""

    def __init__(self, route: str, segments: frozenset[str]) -> None:
        super().__init__(route, is_endpoint=False)
        self._segments = segments

    def match(self, path: str) -> Any:
        found = super().match(path)
        return found if found and found[0].partition("/")[0] in self._segments else None


def app_urls(prefix: str, module: str) -> URLResolver:
    """What `path(prefix, include(module))` does; an app with other addresses is not looked through."""
    patterns = import_module(module).urlpatterns
    return URLResolver(OfSegments(prefix, _first_segments(patterns)), include(module)[0])


def _first_segments(patterns: Sequence[URLPattern | URLResolver]) -> frozenset[str]:
    firsts = {str(pattern.pattern).partition("/")[0] for pattern in patterns}
    if unfit := [first for first in firsts if not first or "<" in first]:
        raise ValueError(f"an address must begin with a word: {unfit}")
    return frozenset(firsts)
