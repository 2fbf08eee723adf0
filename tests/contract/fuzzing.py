"""Calls made from the OpenAPI document (schemathesis): which operations a role may call, and examples
of each.
"""

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import date, datetime, timedelta
from typing import Any

import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import Case, GenerationMode

from kernel import clock

_ROLES = "Roles: "
_DEVICE = "Only from an enrolled device."
NEAR = timedelta(days=60)
OWN_IDS = frozenset({"id", "batch_id"})  # made by the caller, new for each call
# These end or change the caller's own session: called last.
OWN_SESSION = ("/auth/role", "/auth/logout")

schemathesis.serializer.alias("application/offset+octet-stream", "application/octet-stream")


def _moments() -> st.SearchStrategy[datetime]:
    """Mostly near today, as a person would write them; now and then any that a calendar has."""
    now = clock.now()
    near = st.timedeltas(-NEAR, NEAR).map(lambda off: now + off)
    anywhere = st.datetimes(timezones=st.just(now.tzinfo))
    return st.one_of(near, near, near, anywhere)


def _day(moment: datetime) -> date:
    return moment.date()


schemathesis.openapi.format(
    "date-time", st.deferred(_moments).map(lambda at: at.isoformat(timespec="seconds"))
)
schemathesis.openapi.format("date", st.deferred(_moments).map(lambda at: _day(at).isoformat()))


def operations(document: dict[str, Any], role: str | None) -> Iterator[Any]:
    """The operations a role may call (None: what is open to strangers), as the document says: those that
    end or change the session last, questions before changes."""
    found = [one.ok() for one in schemathesis.openapi.from_dict(_open(document)).get_all_operations()]
    yield from sorted((one for one in found if role in _callers(one)), key=_order)


def _open(document: dict[str, Any]) -> dict[str, Any]:
    """Without its word on tokens: what is wrong on purpose would mostly be the missing token, and nothing
    behind it is looked at then. Calls without one are in the access matrix."""
    paths = {
        path: {
            method: {name: value for name, value in one.items() if name != "security"}
            if isinstance(one, dict)
            else one
            for method, one in item.items()
        }
        for path, item in document["paths"].items()
    }
    return document | {"paths": paths}


def _order(operation: Any) -> tuple[bool, bool, int]:
    return ends_session(operation), operation.method.upper() != "GET", operation.path.count("{")


def ends_session(operation: Any) -> bool:
    return bool(operation.path.endswith(OWN_SESSION))


def _callers(operation: Any) -> list[str | None]:
    description = operation.definition.raw.get("description", "")
    return description.rsplit(_ROLES, 1)[1].split(", ") if _ROLES in description else [None]


def from_device(operation: Any) -> bool:
    return _DEVICE in operation.definition.raw.get("description", "")


def each_example(
    operation: Any, act: Callable[[Case], None], *, count: int, negative: bool, number: int, skip: int = 0
) -> None:
    """Call `act` with examples of one operation; the same number gives the same examples. The first is always
    the simplest there is: who comes again can `skip` it."""
    left = iter(range(skip))
    mode = GenerationMode.NEGATIVE if negative else GenerationMode.POSITIVE
    within = settings(
        max_examples=count + skip,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )

    @seed(number)
    @within
    @given(case=operation.as_strategy(generation_mode=mode))
    def run(case: Case) -> None:
        if next(left, None) is None:
            act(case)

    run()


def written(operation: Any) -> list[Any]:
    """The bodies that the document itself gives as examples."""
    content = operation.definition.raw.get("requestBody", {}).get("content", {})
    examples = content.get("application/json", {}).get("examples", {})
    return [deepcopy(example["value"]) for example in examples.values()]


def can_vary(operation: Any) -> bool:
    """Whether the operation has anything that could be said another way, or spoiled."""
    raw = operation.definition.raw
    return bool(raw.get("requestBody") or raw.get("parameters"))
