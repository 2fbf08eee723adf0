"""The register of forms."""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pytest

from edge.documents import forms
from edge.documents.model import Block, Field, Fields, Title
from kernel.problems import Problem


def _blocks(source: Any | None) -> Sequence[Block]:
    return (Title("登记表"), Fields((Field("姓名", source or ""),)))


FORM = forms.Form("sheet", "登记表", "sheet", ("PM-F3",), _blocks)


@pytest.fixture(autouse=True)
def register(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forms, "_forms", {})
    forms.enter("test", [FORM])


def test_blank_and_filled_come_from_the_same_form() -> None:
    made_at = datetime(2026, 3, 2, tzinfo=UTC)
    blank = forms.paper(FORM, None, made_at=made_at)
    filled = forms.paper(FORM, "张三", made_at=made_at)
    assert blank.parts[0].blocks[1] == Fields((Field("姓名", ""),))
    assert filled.parts[0].blocks[1] == Fields((Field("姓名", "张三"),))


def test_a_form_is_found_by_package_and_key() -> None:
    assert forms.form_of("test", "sheet") is FORM
    assert forms.forms_of("test") == [FORM]


@pytest.mark.parametrize(("package", "key"), [("test", "absent"), ("absent", "sheet")])
def test_an_unknown_form_does_not_exist(package: str, key: str) -> None:
    with pytest.raises(Problem) as refused:
        forms.form_of(package, key)
    assert refused.value.code == "not_found"


def test_a_key_is_entered_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        forms.enter("test", [FORM])
