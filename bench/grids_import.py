"""Import of many polygons beside `ogr2ogr` and geopandas' `to_postgis`: figures for `bench/grids.py`.

The same GeoPackage into the same database, committed each time and taken away again outside of the clock.
Ours reads, checks each row (code, ring, vertices, place in the tree) and stores a draft; `validated` also
looks for overlaps, gaps, slivers and strays against the shapes of the communities, and stores the report.
"""

import subprocess
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote

import lattice
import psycopg
from inside import interleaved, ratio
from peers import environment
from psycopg.conninfo import conninfo_to_dict
from stand import Stand, say

STATEMENT_MS = 900_000
SINCE = date(2020, 1, 1)


class Importing:
    def __init__(self, stand: Stand, folder: Path, polygons: int) -> None:
        self._stand, self._file = stand, folder / "grids.gpkg"
        self._owner = psycopg.connect(stand.owner_url, autocommit=True)
        made = lattice.lattice(polygons)
        self.polygons = len(made.codes)
        lattice.write(self._file, made)
        _plant(made)

    def ours(self) -> float:
        return self._ours(validate=False)

    def ours_validated(self) -> float:
        return self._ours(validate=True)

    def _ours(self, *, validate: bool) -> float:
        from django.db import transaction  # noqa: PLC0415  because it needs Django

        from edge.locks import longer_statements  # noqa: PLC0415  because of the same
        from grids.services.files import FileRequest, file_import  # noqa: PLC0415  because of the same
        from kernel.actor import SYSTEM  # noqa: PLC0415  because of the same

        start = time.perf_counter()
        with transaction.atomic():
            longer_statements(STATEMENT_MS)
            request = FileRequest(self._file, "grid", "EPSG:4326")
            release = file_import(actor=SYSTEM, request=request, validate=validate)
        took = time.perf_counter() - start
        if validate and release.state != "validated":
            raise SystemExit(f"bench: the release is {release.state}: {release.findings}")
        self._check("select count(*) from grids_draftrow")
        self._owner.execute("delete from grids_finding where release_id = %s", (release.id,))
        self._owner.execute("truncate grids_draftrow")
        self._owner.execute("delete from grids_boundaryrelease where id = %s", (release.id,))
        return took

    def ogr2ogr(self) -> float:
        command = ["ogr2ogr", "-f", "PostgreSQL", f"PG:{self._dsn()}", str(self._file), "-nln", "bench_ogr"]
        took = _timed(lambda: subprocess.run(command, check=True, timeout=600))  # noqa: S603  because it is GDAL's own program
        return self._taken_away("bench_ogr", took)

    def to_postgis(self) -> float:
        script = str(Path(__file__).parent / "peers" / "to_postgis.py")
        command = [
            environment.program("python"),
            script,
            str(self._file),
            self._sqlalchemy_url(),
            "bench_gpd",
        ]
        done = subprocess.run(command, check=True, timeout=900, stdout=subprocess.PIPE, text=True)  # noqa: S603  because it is our own script
        return self._taken_away("bench_gpd", float(done.stdout))

    def _taken_away(self, table: str, took: float) -> float:
        self._check(f"select count(*) from {table}")  # noqa: S608  because the name is one of ours
        self._owner.execute(f"drop table {table}")
        return took

    def _check(self, statement: str) -> None:
        row: Any = self._owner.execute(statement).fetchone()
        if row[0] != self.polygons:
            raise SystemExit(f"bench: {row[0]} of {self.polygons} polygons were stored")

    def _dsn(self) -> str:
        address = conninfo_to_dict(self._stand.owner_url)
        return " ".join(f"{key}='{value}'" for key, value in address.items())

    def _sqlalchemy_url(self) -> str:
        a = conninfo_to_dict(self._stand.owner_url)
        place = f"{quote(str(a['user']))}:{quote(str(a['password']))}@/{a['dbname']}"
        return f"postgresql+psycopg2://{place}?host={quote(str(a['host']))}&port={a.get('port', 5432)}"


def _timed(work: Callable[[], Any]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _plant(made: lattice.Lattice) -> None:
    """Streets and communities of the lattice in the tree, with the communities' shapes in force."""
    from django.contrib.gis.geos import GEOSGeometry, MultiPolygon  # noqa: PLC0415  because it needs Django
    from django.db import transaction  # noqa: PLC0415  because of the same

    from accounts.models import Area  # noqa: PLC0415  because of the same
    from grids.models import AreaShape, BoundaryRelease  # noqa: PLC0415  because of the same
    from kernel import clock  # noqa: PLC0415  because of the same

    county = Area.objects.get(code=f"{lattice.COUNTY}000000")
    codes = sorted({code[:9] for code in made.community_codes})
    streets = {
        code: Area(code=f"{code}000", name=code, level="street", parent=county, valid_from=SINCE)
        for code in codes
    }
    areas = [
        Area(code=code, name=code, level="community", parent=streets[code[:9]], valid_from=SINCE)
        for code in made.community_codes
    ]
    with transaction.atomic():
        Area.objects.bulk_create([*streets.values(), *areas])
        release = BoundaryRelease.objects.create(
            title="lattice", area=county, source="bench", crs="WGS84", state="published", valid_from=SINCE,
            imported_at=clock.now(), published_at=clock.now(), announced_at=clock.now(),
        )  # fmt: skip
        AreaShape.objects.bulk_create(
            AreaShape(
                area=area, release=release, valid_from=SINCE,
                geom=MultiPolygon(GEOSGeometry(shape.wkt, srid=4326), srid=4326),
            )
            for area, shape in zip(areas, made.community_shapes, strict=True)
        )  # fmt: skip


def measure_import(stand: Stand, runs: int, polygons: int) -> dict[str, float]:
    """Seconds, and ours ÷ theirs. Django must be set up on the stand's database."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        importing = Importing(stand, Path(folder), polygons)
        say(f"bench: import of {importing.polygons} polygons, {runs} runs")
        acts = {
            "import_s": importing.ours,
            "import_validated_s": importing.ours_validated,
            "ogr2ogr_s": importing.ogr2ogr,
            "to_postgis_s": importing.to_postgis,
        }
        flat = interleaved(acts, runs)
    return flat | {
        "import_vs_ogr2ogr": ratio(flat, "import_s", "ogr2ogr_s"),
        "import_validated_vs_ogr2ogr": ratio(flat, "import_validated_s", "ogr2ogr_s"),
        "import_vs_to_postgis": ratio(flat, "import_s", "to_postgis_s"),
        "polygons": importing.polygons,
    }
