import pytest
from hypothesis import given
from hypothesis import strategies as st

from disputes.casecode import check_digit, dispute_code, is_dispute_code
from disputes.wording import label_words
from kernel.text import MASK, mask_numbers


def test_a_label_on_a_person_is_noticed() -> None:
    assert label_words("他是酒鬼，又离异") == ("酒鬼", "离异")


def test_an_act_is_no_label() -> None:
    assert label_words("昨晚举着菜刀堵在门口，说要砍人") == ()


@pytest.mark.parametrize(
    "number",
    [
        "230103199001011234",
        "23010319900101123X",
        "13812345678",
        "138-1234-5678",
        "+86 138 1234 5678",
        "".join(chr(0xFF10 + int(digit)) for digit in "13812345678"),
    ],
)
def test_a_persons_number_is_masked_in_free_text(number: str) -> None:
    text, masked = mask_numbers(f"对方电话{number}，住三楼")
    assert (text, masked) == (f"对方电话{MASK}，住三楼", True)


@pytest.mark.parametrize(
    "text", ["欠款 230103 元", "2026-11-25 09:30 发生", "门牌 12-3-401", "编号 JF26-103003-00042-7"]
)
def test_other_numbers_stay(text: str) -> None:
    assert mask_numbers(text) == (text, False)


def test_a_code_can_be_read_out_and_checked() -> None:
    code = dispute_code(year=2026, street_code="230103003000", number=42)
    assert code.startswith("JF26-103003-00042-")
    assert is_dispute_code(code)


@given(st.integers(1, 99999), st.integers(0, 13), st.integers(1, 9))
def test_one_wrong_digit_is_noticed(number: int, place: int, shift: int) -> None:
    digits = f"26103003{number:05d}"
    whole = digits + str(check_digit(digits))
    place %= len(whole)
    wrong = whole[:place] + str((int(whole[place]) + shift) % 10) + whole[place + 1 :]
    assert check_digit(wrong[:-1]) != int(wrong[-1])


def test_a_code_needs_the_code_of_a_street() -> None:
    with pytest.raises(ValueError, match="nine digits"):
        dispute_code(year=2026, street_code="230103", number=1)
