"""Places beside other people's tools, in one run: `.venv/bin/python bench/grids.py [--json]`.

A district of its own (private cluster, durable settings, demo district, server), and on it: positions → grids
beside the shortest SQL and a tree in memory; tiles, items and GeoJSON beside tipg, drf-gis and bare WSGI with
SQL; the import of many polygons beside ogr2ogr and geopandas; restamping after an edit beside stamping
everything anew. Medians of interleaved runs with lowest and highest; what comes out is counted or compared.
"""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

import inside  # noqa: E402  because the project's folder must be on the path first
from grids_import import measure_import  # noqa: E402  because of the same
from grids_locate import measure_locate  # noqa: E402  because of the same
from grids_restamp import measure_restamp  # noqa: E402  because of the same
from grids_serving import administrator, measure_serving  # noqa: E402  because of the same
from link import Link  # noqa: E402  because of the same
from stand import Stand, district  # noqa: E402  because of the same

LEAST_RUNS = 7
PARTS = ("locate", "serving", "restamp", "import")


def measure(stand: Stand, options: argparse.Namespace) -> dict[str, float]:
    link, runs = Link(stand.url, administrator(stand)), max(options.runs, LEAST_RUNS)
    acts: dict[str, Callable[[], dict[str, float]]] = {
        "locate": lambda: measure_locate(stand, link, runs * 3),
        "serving": lambda: measure_serving(stand, runs),
        "restamp": lambda: measure_restamp(stand, runs, options.points),
        "import": lambda: measure_import(stand, runs, options.polygons),
    }
    flat: dict[str, float] = {}
    print(f"{'':32}{'median':>12}{'lowest':>12}{'highest':>12}")
    for part in options.parts:
        flat |= acts[part]()
    return flat


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--json", action="store_true", help="one flat object as the last line")
    parser.add_argument("--runs", type=int, default=LEAST_RUNS, help=f"{LEAST_RUNS} or more")
    parser.add_argument("--polygons", type=int, default=200_000, help="of the import")
    parser.add_argument("--points", type=int, default=1_000_000, help="of restamping")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    options = parser.parse_args()
    with district() as stand:
        inside.enter(stand)
        flat = measure(stand, options)
    for name, value in flat.items():
        if "_vs_" in name or name == "restamp_share":
            print(f"{name:32}{value:12.3f}")
    if options.json:
        print(json.dumps({**flat, "runs": max(options.runs, LEAST_RUNS)}))


if __name__ == "__main__":
    main()
