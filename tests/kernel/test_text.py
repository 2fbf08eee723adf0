"""Text that may be stored, and the forms under which values are compared."""

import re

import pytest

from kernel import text

FULL_WIDTH = "".join(chr(0xFF10 + int(digit)) for digit in "13800138000")


@pytest.mark.parametrize(
    "bad",
    [
        "a\x00b",
        "a\u202eb",
        "a\u200bb",
        "\ud800",
        "\ufeffa",
        "a\x1bb",
        "a\xadb",
        "a\u2028b",
        "\u3164",
        "a\U000e0041",
        "a\uffff",
    ],
)
def test_control_bidirectional_and_zero_width_characters_are_refused(bad: str) -> None:
    assert text.clean(bad) is None


@pytest.mark.parametrize("name", ["王\n伟", "王\t伟", " ", "王\u202e伟", ""])
def test_a_name_stands_in_one_line(name: str) -> None:
    assert re.search(text.NAME, name) is None


@pytest.mark.parametrize("name", ["王伟", "买买提·吐尔逊", "𠮷\U000e0100", " Anna Maria "])
def test_a_name_may_be_rare_and_have_spaces(name: str) -> None:
    assert re.search(text.NAME, name)
    assert text.clean(name)


def test_text_is_stored_in_nfc() -> None:
    assert text.clean("e\u0301") == "\u00e9"


@pytest.mark.parametrize("name", ["买买提·吐尔逊", "买买提•吐尔逊", "买买提・吐尔逊", "买买提 吐尔逊"])
def test_names_compare_equal_whatever_their_dots(name: str) -> None:
    assert text.fold(name) == "买买提吐尔逊"


@pytest.mark.parametrize("number", ["+86 138-0013-8000", "138 0013 8000", FULL_WIDTH, "008613800138000"])
def test_phone_numbers_compare_equal_whatever_their_form(number: str) -> None:
    assert text.digits(number) == "13800138000"


def test_an_id_number_keeps_its_x() -> None:
    assert text.digits("11010519491231002x") == "11010519491231002X"
