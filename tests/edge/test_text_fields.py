"""Names and words are texts: a number is none."""

from typing import Any

import pytest
from rest_framework.exceptions import ValidationError

from edge.serializers import NameField, StrictSerializer, WordsField


class Body(StrictSerializer):
    name = NameField(max_length=20)
    words = WordsField(max_length=20)


@pytest.mark.parametrize("other", [5, 1.5, True, None, ["x"], {"x": 1}])
@pytest.mark.parametrize("field", ["name", "words"])
def test_what_is_no_text_is_refused(field: str, other: Any) -> None:
    body = Body(data={"name": "张三", "words": "已核对"} | {field: other})
    with pytest.raises(ValidationError) as refused:
        body.is_valid(raise_exception=True)
    assert list(refused.value.detail) == [field]


def test_names_and_words_come_through() -> None:
    body = Body(data={"name": "张三", "words": " 见 13812345678 "})
    assert body.is_valid(), body.errors
    assert body.validated_data["name"] == "张三"
    assert "13812345678" not in body.validated_data["words"]
