"""What an operation is for, in the API document: said by its method, by the service that does it, by its
view, or by what it answers with; never by a base class, which speaks to who writes views.
"""

import inspect
import re
import sys
from typing import Any

_FOR_CALLERS = re.compile(r"(;)?\s*\bthe\s+second\s+value:[^.]*(\.|$)", re.IGNORECASE)
"""What a service says of its return value is no matter of the API."""
_FIRST = re.compile(r"(.+?[.。;；])(\s|$)")


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
    if one is None and method is not None:
        services = _called(method, f"{type(view).__module__.split('.')[0]}.services")
        one = services[0] if len(services) == 1 else None
    return _FOR_CALLERS.sub(lambda cut: "." if cut[1] else "", one.__doc__ or "") if one else None


def _called(method: Any, package: str) -> list[Any]:
    """The services of the package that a method names: by themselves, or as part of a module of services. A
    service acts for somebody; what only reads a row that a service has given is none."""
    names = method.__code__.co_names
    known = [method.__globals__[name] for name in names if name in method.__globals__]
    modules = [each for each in known if inspect.ismodule(each) and _inside(each.__name__, package)]
    if package in sys.modules:
        modules.append(sys.modules[package])
    parts = [getattr(module, name, None) for module in modules for name in names]
    found = {each for each in (*known, *parts) if inspect.isfunction(each)}
    return [each for each in found if _inside(each.__module__, package) and _acts(each)]


def _inside(module: str, package: str) -> bool:
    return module == package or module.startswith(f"{package}.")


def _acts(function: Any) -> bool:
    return "actor" in inspect.signature(function).parameters


def summary_of(text: str) -> str:
    """The first sentence of what is said, without its second half, for a list of operations."""
    line = " ".join(text.split("\n\n", maxsplit=1)[0].split())
    found = _FIRST.match(line)
    return (found[1] if found else line).rstrip(".。:：;；")


def _of_answers(view: Any) -> str | None:
    """What the rows of a list hold."""
    return getattr(getattr(view, "serializer_class", None), "__doc__", None)
