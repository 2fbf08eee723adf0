"""What the benches of places share: the project's own functions on the stand's database, and medians."""

import os
import statistics
from collections.abc import Callable, Mapping

from stand import Stand

Act = Callable[[], float]


def enter(stand: Stand) -> None:
    """Set Django up in this process, on the stand's database as the app role."""
    os.environ |= {"DATABASE_URL": stand.database_url, "GRIDGOV_MODE": "test"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "backend.settings"
    import django  # noqa: PLC0415  because the address is known only now

    django.setup()


def interleaved(acts: Mapping[str, Act], runs: int) -> dict[str, float]:
    """Each act once to warm up, then all of them in turn, `runs` times; prints and returns the medians."""
    found: dict[str, list[float]] = {name: [] for name in acts}
    for act in acts.values():
        act()
    for _ in range(runs):
        for name, act in acts.items():
            found[name].append(act())
    for name, values in found.items():
        print(f"{name:32}{statistics.median(values):12.2f}{min(values):12.2f}{max(values):12.2f}", flush=True)
    return {name: round(statistics.median(values), 3) for name, values in found.items()}


def ratio(flat: Mapping[str, float], ours: str, theirs: str) -> float:
    """Ours ÷ theirs: smaller is better."""
    return round(flat[ours] / flat[theirs], 3)
