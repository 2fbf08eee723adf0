"""What a check found is kept, the first ten thousand of it, with where to look."""

from collections.abc import Sequence
from typing import Any

import shapely
from django.contrib.gis.geos import GEOSGeometry

from grids.importing.rows import Fault, shown
from grids.models import BoundaryImport, BoundaryRelease, Finding

MOST = 10_000
MOST_VERTICES = 5000
CODE_MAX = 20


def findings_keep(
    faults: Sequence[Fault],
    *,
    release: BoundaryRelease | None = None,
    of_import: BoundaryImport | None = None,
) -> None:
    """Replace the findings of a release or an import, in the caller's transaction."""
    Finding.objects.filter(release=release, of_import=of_import).delete()
    rows = [
        Finding(
            release=release, of_import=of_import, row=fault.row, code=shown(fault.code, CODE_MAX),
            kind=fault.kind, severity=fault.severity, facts=_facts(fault), geom=_where(fault.geometry),
        )
        for fault in faults[:MOST]
    ]  # fmt: skip
    Finding.objects.bulk_create(rows, batch_size=1000)


def _facts(fault: Fault) -> dict[str, Any]:
    return {key: shown(value) if isinstance(value, str) else value for key, value in fault.facts.items()}


def _where(shape: shapely.Geometry | None) -> GEOSGeometry | None:
    if shape is None or shape.is_empty:
        return None
    if shapely.get_num_coordinates(shape) > MOST_VERTICES:
        shape = shapely.box(*shape.bounds)
    return GEOSGeometry(memoryview(shapely.to_wkb(shapely.force_2d(shape))), srid=4326)
