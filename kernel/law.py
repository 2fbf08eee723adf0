"""The mark that ties a function to the row of the law that it carries out.

`manage.py docs_build` prints from these marks, and from the `law` marks of the tests, which rule is enforced
where.
"""

from collections.abc import Callable
from typing import TypeVar

Function = TypeVar("Function", bound=Callable[..., object] | type)
_marks: dict[str, list[str]] = {}


def law(*rule_ids: str) -> Callable[[Function], Function]:
    """Mark a function or class as carrying out rule ids such as `CCL-29c`."""

    def mark(function: Function) -> Function:
        for rule_id in rule_ids:
            _marks.setdefault(rule_id, []).append(f"{function.__module__}.{function.__qualname__}")
        return function

    return mark


def marks() -> dict[str, list[str]]:
    """Rule id → dotted names of what carries it out (of the modules imported so far)."""
    return {rule_id: sorted(set(names)) for rule_id, names in sorted(_marks.items())}
