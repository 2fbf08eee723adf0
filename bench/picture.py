"""The herd as a picture: when its phones were acknowledged, and how long a clerk waited meanwhile."""

from pathlib import Path
from typing import Any

from herd import Herd

GOAL_S, GOAL_STAFF_MS = 45, 150
BINS = 40
PHONES, PULLS, STAFF, GOAL = "#2f6f9f", "#a9c7dd", "#b5652b", "#333333"


def draw(herd: Herd, path: Path) -> None:
    """Writes a PNG of two histograms."""
    import matplotlib  # noqa: PLC0415  because everything before the picture works without it

    matplotlib.use("Agg")
    from matplotlib import pyplot  # noqa: PLC0415  because the backend must be chosen first

    figure, (phones, staff) = pyplot.subplots(2, 1, figsize=(9, 7), dpi=120, layout="constrained")
    _phones(phones, herd)
    _staff(staff, herd)
    figure.suptitle(f"{len(herd.done):,} phones at once, each with 60 records and two pulls")
    figure.savefig(path)
    pyplot.close(figure)


def _phones(axes: Any, herd: Herd) -> None:
    axes.hist(herd.done, bins=BINS, color=PULLS, label="done: both pulls answered")
    axes.hist(herd.acknowledged, bins=BINS, color=PHONES, label="push acknowledged", alpha=0.8)
    axes.axvline(GOAL_S, color=GOAL, linestyle="--", label=f"goal: all acknowledged within {GOAL_S} s")
    axes.set_xlabel("seconds since they came")
    axes.set_ylabel("phones")
    axes.legend()


def _staff(axes: Any, herd: Herd) -> None:
    times = [took for _, took in herd.staff]
    p95 = herd.figures()["herd_staff_p95_ms"][0]
    axes.hist(times, bins=BINS, color=STAFF, label="a clerk lists disputes")
    axes.axvline(p95, color=STAFF, linestyle=":", label=f"95 of 100 within {p95:,.0f} ms")
    axes.axvline(GOAL_STAFF_MS, color=GOAL, linestyle="--", label=f"goal: {GOAL_STAFF_MS} ms")
    axes.set_xlabel("milliseconds of a call beside the herd")
    axes.set_ylabel("calls")
    axes.legend()
