"""Settings of a district: every number that the law's own text does not fix, with its default and its source.

A package lists its settings in `edge/settings/<package>.py`; the environment variable `GRIDGOV_<NAME>`
overrides one.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Any


@dataclass(frozen=True, slots=True)
class Setting:
    """`law` is the row it stands for ('' when it is a choice of the project)."""

    name: str
    default: Any
    text: str
    law: str = ""
    unit: str = ""


_settings: dict[str, Setting] = {}


def define(name: str, default: Any, text: str, *, law: str = "", unit: str = "") -> None:
    if name in _settings:
        raise ValueError(f"setting {name} is defined twice")
    _settings[name] = Setting(name, default, text, law, unit)


def all_settings() -> dict[str, Setting]:
    _load()
    return dict(sorted(_settings.items()))


def setting(name: str) -> Any:
    """The value in force: `GRIDGOV_<NAME>` of the environment (same type as the default), else the
    default."""
    _load()
    entry = _settings[name]
    raw = os.environ.get(f"GRIDGOV_{name}")
    return entry.default if raw is None else _parsed(entry, raw)


def _parsed(entry: Setting, raw: str) -> Any:
    kind = type(entry.default)
    casts: dict[type, Callable[[str], Any]] = {
        bool: lambda text: text.lower() in {"1", "true", "yes"},
        int: int,
        float: float,
    }
    try:
        return casts.get(kind, str)(raw)
    except ValueError as error:
        raise ValueError(f"GRIDGOV_{entry.name}={raw!r} is not a {kind.__name__}") from error


@cache
def _load() -> None:
    package = import_module("edge.settings")
    for module in iter_modules(package.__path__):
        import_module(f"edge.settings.{module.name}")
