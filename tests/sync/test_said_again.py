"""What a refusal says: where and why, never what was sent. And no key stands twice, whatever the length."""

from typing import Any

import msgspec
import pytest

from disputes.bodies import ScreeningBody
from kernel.problems import Problem
from sync.reading import field_errors, loads

BODY: dict[str, Any] = {
    "category": "02", "brief": "漏水", "occurred_at": "2026-03-01T08:00:00+08:00", "outcome": "report_up",
}  # fmt: skip


def said(change: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(msgspec.ValidationError) as caught:
        msgspec.convert(BODY | change, ScreeningBody)
    return field_errors(caught.value)


@pytest.mark.parametrize(
    ("change", "errors"),
    [
        ({"category": "13755512345"}, {"category": "Invalid enum value"}),
        ({"outcome": "it's `13755512345` - at `$.x`"}, {"outcome": "Invalid enum value"}),
        ({"13755512345": 1}, {"": "Object contains unknown field"}),
        ({"parties": [{"role": "party", "张三": 1}]}, {"parties[0]": "Object contains unknown field"}),
        ({"risk_score": 97}, {"": "Object contains unknown field `risk_score`"}),
        ({"signs": 5}, {"signs": "Expected `array`, got `int`"}),
        ({"brief": ""}, {"brief": "Expected `str` of length >= 1"}),
    ],
)
def test_a_refusal_names_the_field_and_repeats_no_value(
    change: dict[str, Any], errors: dict[str, str]
) -> None:
    assert said(change) == errors


@pytest.mark.parametrize(
    "body",
    [
        b'{"a":1,"a":2}',
        b'{"a":1,"a":2,"b":1e2,"c":1e2,"d":1e2}',  # as long as what a parser makes of it
    ],
)
def test_a_key_that_stands_twice_refuses_the_push(body: bytes) -> None:
    with pytest.raises(Problem) as caught:
        loads(body)
    assert caught.value.code == "invalid_json"
