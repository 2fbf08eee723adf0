"""Calls made from the OpenAPI document (schemathesis): which operations a role may call, and examples
of each.
"""

from collections.abc import Callable, Iterator
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from schemathesis import Case, GenerationMode

_ROLES = "Roles: "
schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")
# These end or change the caller's own session: one call, and the rest of the run is refused.
OWN_SESSION = ("/auth/logout", "/auth/role")


def operations(document: dict[str, Any], role: str | None) -> Iterator[Any]:
    """The operations a role may call (None: what is open to strangers), as the document says."""
    for found in schemathesis.openapi.from_dict(document).get_all_operations():
        operation = found.ok()
        if role in _callers(operation) and not operation.path.endswith(OWN_SESSION):
            yield operation


def _callers(operation: Any) -> list[str | None]:
    description = operation.definition.raw.get("description", "")
    return description.rsplit(_ROLES, 1)[1].split(", ") if _ROLES in description else [None]


def each_example(
    operation: Any, act: Callable[[Case], None], *, count: int, negative: bool, number: int
) -> None:
    """Call `act` with examples of one operation; the same number gives the same examples."""
    mode = GenerationMode.NEGATIVE if negative else GenerationMode.POSITIVE
    within = settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    @seed(number)
    @within
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: Case) -> None:
        act(case)

    run()


def can_be_wrong(operation: Any) -> bool:
    """Whether the operation has anything that a negative example could spoil."""
    raw = operation.definition.raw
    return bool(raw.get("requestBody") or raw.get("parameters"))


def family(path: str) -> str:
    """The list that an address with an id belongs to: `/api/v1/disputes/{id}/close` → `/api/v1/disputes`."""
    return path.split("/{", 1)[0]
