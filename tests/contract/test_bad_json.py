"""The parser and the geometry field against the corpus, without a server."""

import json
import random
import time
from typing import Any

import pytest
from rest_framework import serializers

from edge import strict_json
from edge.fields import GeometryField
from kernel.problems import Problem
from tests.contract import bodies, shapes

ACCEPTABLE = {"a fraction of 100,000 digits"}  # valid JSON; refused later, as a field that nobody knows
BELOW_THE_CAP = bodies.MIB // 2 - 100


def seconds(act: Any) -> float:
    started = time.perf_counter()
    with pytest.raises((Problem, serializers.ValidationError)):
        act()
    return time.perf_counter() - started


@pytest.mark.parametrize("body", [b for b in bodies.SYNTAX if b.name not in ACCEPTABLE], ids=str)
def test_bad_syntax_is_refused_at_once(body: bodies.Body) -> None:
    assert seconds(lambda: strict_json.loads(body.raw)) < 0.5


@pytest.mark.parametrize("shape", shapes.HOSTILE.values(), ids=shapes.HOSTILE)
def test_a_hostile_shape_is_refused_within_200_ms(shape: Any) -> None:
    field = GeometryField(types={"Point", "Polygon", "MultiPolygon"}, max_vertices=64)
    assert seconds(lambda: field.run_validation(shape)) < 0.2


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":"' + b"x" * BELOW_THE_CAP + b'"}',
        b'{"a":"' + b'\\"' * (BELOW_THE_CAP // 2) + b'"}',
        b"[" + b"{}," * (BELOW_THE_CAP // 3) + b"{}]",
        b"[" + b'"",' * (BELOW_THE_CAP // 3) + b"1]",
    ],
    ids=["one long text", "escapes only", "empty objects", "empty texts"],
)
def test_the_largest_body_is_read_within_a_second(raw: bytes) -> None:
    started = time.perf_counter()
    strict_json.loads(raw)
    assert time.perf_counter() - started < 1


def nested(dice: random.Random, depth: int) -> Any:
    if depth == 0:
        return dice.choice(("[", "a]{", '\\"[', 1))
    if dice.random() < 0.5:
        return {"{[": nested(dice, depth - 1)}
    return [nested(dice, depth - 1), *(nested(dice, dice.randrange(depth)) for _ in range(dice.randrange(2)))]


@pytest.mark.parametrize("depth", range(1, 22))
def test_depth_is_counted_whatever_the_brackets_and_texts(depth: int) -> None:
    value = nested(random.Random(depth), depth)
    body = json.dumps(value).encode()
    if depth <= 16:
        assert strict_json.loads(body) == value
    else:
        assert seconds(lambda: strict_json.loads(body)) < 0.1
