"""Is the app that calls recent enough? It says so in `X-App-Version`; who says nothing is not judged."""

import re

_PARTS = re.compile(r"\s*v?(\d+(?:\.\d+)*)")


def older(said: str, minimum: str) -> bool:
    """Whether the version `said` lies before `minimum`.

    Numbers by dots, missing ones are 0; what has no number at its beginning is older than everything.
    """
    return _numbers(said) < _numbers(minimum)


def _numbers(version: str) -> tuple[int, ...]:
    found = _PARTS.match(version)
    if found is None:
        return (-1,)
    numbers = [int(part) for part in found[1].split(".")]
    while numbers and numbers[-1] == 0:
        numbers.pop()
    return tuple(numbers) or (0,)
