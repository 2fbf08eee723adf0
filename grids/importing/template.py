"""A GeoPackage to start from: the fields by their names, and one square as an example, to be deleted."""

from pathlib import Path

import numpy as np
import pyogrio
import shapely

from kernel.codes.law import GridType

EXAMPLE = shapely.box(126.60, 45.70, 126.61, 45.71)
NAMES = {"grid": "示例网格（请删除）", "community": "示例社区（请删除）", "street": "示例街道（请删除）"}
CODES = {"grid": "230103001001", "community": "230103001001", "street": "230103001000"}


def write(path: Path, level: str, serial_digits: int) -> None:
    """Write the template of a level to `path` (`.gpkg`, not there yet)."""
    code = CODES.get(level, "230103000000") + ("1".zfill(serial_digits) if level == "grid" else "")
    fields = {"code": code, "name": NAMES.get(level, "示例区县（请删除）")}
    columns = [np.array([value], dtype=object) for value in fields.values()]
    if level == "grid":
        fields |= {"kind": GridType.COMPREHENSIVE.value, "households": "400"}
        columns += [np.array([GridType.COMPREHENSIVE.value], dtype=object), np.array([400], dtype=np.int32)]
    geometry = shapely.to_wkb(np.array([shapely.MultiPolygon([EXAMPLE])], dtype=object))
    pyogrio.raw.write(
        path, geometry, columns, list(fields), geometry_type="MultiPolygon", crs="EPSG:4490", driver="GPKG",
        layer=level,
    )  # fmt: skip
