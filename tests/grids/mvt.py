"""A reader of vector tiles (Mapbox Vector Tile 2.1), as far as the suite and the bench compare them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from struct import unpack
from typing import Any

_VARINT, _FIXED64, _BYTES, _FIXED32 = 0, 1, 2, 5
_CLOSE = 7


@dataclass
class Feature:
    properties: dict[str, Any] = field(default_factory=dict)
    vertices: int = 0


def read(tile: bytes) -> dict[str, list[Feature]]:
    """Features by layer."""
    layers = [list(_fields(raw)) for number, raw in _fields(tile) if number == 3]
    return {next(raw.decode() for n, raw in layer if n == 1): _features(layer) for layer in layers}


def _features(layer: list[tuple[int, Any]]) -> list[Feature]:
    keys = [raw.decode() for number, raw in layer if number == 3]
    values = [_value(raw) for number, raw in layer if number == 4]
    return [_feature(raw, keys, values) for number, raw in layer if number == 2]


def _feature(raw: bytes, keys: list[str], values: list[Any]) -> Feature:
    found = Feature()
    for number, part in _fields(raw):
        if number == 2:
            tags = list(_packed(part))
            found.properties = {keys[k]: values[v] for k, v in zip(tags[::2], tags[1::2], strict=True)}
        elif number == 4:
            found.vertices = _vertices(list(_packed(part)))
    return found


def _vertices(commands: list[int]) -> int:
    at = count = 0
    while at < len(commands):
        kind, times = commands[at] & 7, commands[at] >> 3
        count += 0 if kind == _CLOSE else times
        at += 1 if kind == _CLOSE else 1 + 2 * times
    return count


def _value(raw: bytes) -> Any:
    number, value = next(_fields(raw))
    if number == 1:
        return value.decode()
    if number == 3:
        return unpack("<d", value)[0]
    return bool(value) if number == 7 else value


def _fields(raw: bytes) -> Iterator[tuple[int, Any]]:
    at = 0
    while at < len(raw):
        key, at = _varint(raw, at)
        kind = key & 7
        if kind == _VARINT:
            value, at = _varint(raw, at)
            yield key >> 3, value
            continue
        size = {_FIXED64: 8, _FIXED32: 4}.get(kind)
        if kind == _BYTES:
            size, at = _varint(raw, at)
        assert size is not None, f"wire type {kind}"
        yield key >> 3, raw[at : at + size]
        at += size


def _packed(raw: bytes) -> Iterator[int]:
    at = 0
    while at < len(raw):
        value, at = _varint(raw, at)
        yield value


def _varint(raw: bytes, at: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = raw[at]
        value |= (byte & 127) << shift
        at, shift = at + 1, shift + 7
        if byte < 128:
            return value, at
