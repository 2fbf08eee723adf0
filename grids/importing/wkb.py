"""Well-known binary, looked at before GEOS reads it: GEOS follows collections in collections as deep as they
go, until the stack of the process is at its end. What is read is a polygon, or a flat row of polygons."""

import struct
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from grids.faults import FaultKind
from grids.importing.rows import Fault

POINT, LINE, POLYGON, MULTIPOLYGON = 1, 2, 3, 6
COLLECTIONS = {4: "MultiPoint", 5: "MultiLineString", 7: "GeometryCollection"}
CURVES = range(8, 18)
_HEAD, _CHILD = 9, 14
_Z, _M = 0x80000000, 0x40000000
_THOUSAND, _DIMENSIONS = 1000, 4
Words = NDArray[np.uint32]


def readable(column: pa.ChunkedArray) -> tuple[NDArray[np.object_], list[Fault]]:
    """The geometries of a column, None for those that are not to be read, and why not."""
    wkb = column.to_numpy(zero_copy_only=False)
    heads, sizes = _heads(column)
    kinds, counts = _word(heads, 0, 1), _word(heads, 0, 5)
    base, child = _base(kinds), _base(_word(heads, _HEAD, _HEAD + 1))
    one = (base == MULTIPOLYGON) & (counts == 1) & (child == POLYGON) & (sizes >= _CHILD)
    plain = (np.isin(base, (POINT, LINE, POLYGON)) | one) & (sizes >= _HEAD)
    faults = []
    for row in np.flatnonzero(~plain).tolist():
        if wkb[row] is not None and (why := _fault(wkb[row], int(base[row]))):
            faults.append(Fault(row + 1, *why))
            wkb[row] = None
    return wkb, faults


def _fault(one: bytes, base: int) -> tuple[FaultKind, dict[str, Any]] | None:
    if base in COLLECTIONS:
        return FaultKind.NO_AREA, {"type": COLLECTIONS[base]}
    if base in CURVES:
        return FaultKind.CURVES, {}
    flat = base == MULTIPOLYGON and _flat(one)
    return None if flat else (FaultKind.UNREADABLE, {"why": "WKB"})


def _heads(column: pa.ChunkedArray) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    """The first bytes of each geometry, up to the type of the first that it has in it, and its size."""
    chunks = [_chunk(chunk) for chunk in column.chunks if len(chunk)]
    if not chunks:
        return np.zeros((0, _CHILD), np.uint8), np.zeros(0, np.int64)
    return np.concatenate([one[0] for one in chunks]), np.concatenate([one[1] for one in chunks])


def _chunk(chunk: pa.Array) -> tuple[NDArray[np.uint8], NDArray[np.int64]]:
    _, places, content = chunk.buffers()
    width = np.int64 if pa.types.is_large_binary(chunk.type) else np.int32
    edges = np.frombuffer(places, width)[chunk.offset : chunk.offset + len(chunk) + 1].astype(np.int64)
    data = np.frombuffer(content or b"", np.uint8)
    data = np.concatenate([data[: edges[-1]], np.zeros(_CHILD, np.uint8)])
    return data[edges[:-1, None] + np.arange(_CHILD)], np.diff(edges)


def _word(heads: NDArray[np.uint8], order: int, at: int) -> Words:
    raw = np.ascontiguousarray(heads[:, at : at + 4])
    little, big = raw.view("<u4").ravel(), raw.view(">u4").ravel()
    return np.where(heads[:, order] == 1, little, big).astype(np.uint32)


def _base(kinds: Words) -> Words:
    """The kind without its dimensions; 0 for what is none."""
    flat = kinds & np.uint32(~(_Z | _M) & 0xFFFFFFFF)
    return np.where(flat < _DIMENSIONS * _THOUSAND, flat % _THOUSAND, 0).astype(np.uint32)


def _flat(one: bytes) -> bool:
    """Whether a multipolygon has polygons in it and nothing else, and none beyond its end."""
    at, count = _HEAD, _number(one, 0, 5)
    for _ in range(count):
        if at + _HEAD > len(one):
            return False
        kind, rings = _number(one, at, at + 1), _number(one, at, at + 5)
        thousands, base = divmod(kind & ~(_Z | _M), _THOUSAND)
        if base != POLYGON or thousands >= _DIMENSIONS:
            return False
        width = 8 * (2 + (bool(kind & _Z) or thousands in (1, 3)) + (bool(kind & _M) or thousands in (2, 3)))
        order, at = at, at + _HEAD
        for _ in range(rings):
            if at + 4 > len(one):
                return False
            at += 4 + width * _number(one, order, at)
    return at <= len(one)


def _number(one: bytes, order: int, at: int) -> int:
    found: tuple[int] = struct.unpack_from("<I" if one[order] == 1 else ">I", one, at)
    return found[0]
