"""What an operation is for, in the API document: said by its method, by the service that does it, by its
view, or by what it answers with; never by a base class, which speaks to who writes views.
"""

import inspect
import re
import sys
from typing import Any

_FOR_CALLERS = re.compile(r"(;)?\s*\bthe\s+second\s+value:[^.]*(\.|$)", re.IGNORECASE)
"""What a service says of its return value is no matter of the API."""


def help_of(view: Any, http_method: str) -> str:
    """The first of these that says something; empty where none does."""
    own = _own_method(view, http_method)
    said = (
        own.__doc__ if own else None,
        _of_service(view, own, http_method),
        vars(type(view)).get("__doc__"),
        _of_answers(view),
    )
    return next((inspect.cleandoc(text) for text in said if text and text.strip()), "")


def _own_method(view: Any, http_method: str) -> Any:
    """The function that answers, None where it comes with the framework."""
    name = getattr(view, "action", None) or http_method.lower()
    found = next((cls for cls in type(view).__mro__ if name in vars(cls)), None)
    return None if found is None or found.__module__.startswith("rest_framework") else vars(found)[name]


def _of_service(view: Any, method: Any, http_method: str) -> str | None:
    """The words of the one service that does it."""
    if http_method == "GET":
        return None
    one = getattr(view, "service", None)
    package = sys.modules.get(f"{type(view).__module__.split('.')[0]}.services")
    if one is None and method is not None and package is not None:
        called = [getattr(package, name, None) for name in method.__code__.co_names]
        services = [each for each in called if inspect.isfunction(each)]
        one = services[0] if len(services) == 1 else None
    return _FOR_CALLERS.sub(lambda cut: "." if cut[1] else "", one.__doc__ or "") if one else None


def _of_answers(view: Any) -> str | None:
    """What the rows of a list hold."""
    return getattr(getattr(view, "serializer_class", None), "__doc__", None)
