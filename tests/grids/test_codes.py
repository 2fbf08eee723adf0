"""Codes of grids and divisions, numbering, households: rules without a database."""

import re

import pytest

from grids import codes

CHINESE_FIRST = re.compile(r"[\d 至-]*[一-鿿].* [A-Za-z\d].*")


@pytest.mark.law("GR-4")
def test_a_code_of_six_three_three_and_two_digits_is_right() -> None:
    assert codes.grid_code_fault("23010300100107", serial_digits=2) is None


@pytest.mark.law("GR-4", refused=True)
@pytest.mark.parametrize(
    "code",
    ["2301030010010", "230103001001077", "2301030010010x", "\uff12\uff13010300100107", "00000000000000"],
)
def test_another_grid_code_is_refused(code: str) -> None:
    assert CHINESE_FIRST.fullmatch(codes.grid_code_fault(code, serial_digits=2) or "")


@pytest.mark.law("GR-5")
def test_the_serial_may_have_three_digits() -> None:
    assert codes.grid_code_fault("230103001001007", serial_digits=3) is None


@pytest.mark.law("GR-5", refused=True)
def test_the_width_of_the_serial_is_one_for_the_district() -> None:
    assert codes.grid_code_fault("23010300100107", serial_digits=3)


@pytest.mark.law("GR-6")
@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("230000000000", "province"), ("230103000000", "district"), ("230103579000", "street"),
        ("230103001001", "community"),
    ],
)  # fmt: skip
def test_a_division_code_fits_its_level(code: str, level: str) -> None:
    assert codes.area_code_fault(code, level) is None


@pytest.mark.law("GR-6")
@pytest.mark.parametrize(
    ("code", "level"),
    [
        ("23010300000", "district"), ("230103001000", "district"), ("230103600000", "street"),
        ("230103001000", "community"),
    ],
)  # fmt: skip
def test_a_division_code_that_does_not_is_refused(code: str, level: str) -> None:
    assert CHINESE_FIRST.fullmatch(codes.area_code_fault(code, level) or "")


def test_the_division_above_is_in_the_code() -> None:
    assert codes.parent_code("230103001001", "community") == "230103001000"
    assert codes.parent_code("230103001000", "street") == "230103000000"
    assert codes.parent_code("230000000000", "province") is None


@pytest.mark.law("GR-1")
@pytest.mark.parametrize("households", [300, 500, None])
def test_three_to_five_hundred_households_are_no_matter(households: int | None) -> None:
    assert codes.household_warning(households) is None


@pytest.mark.law("GR-1")
@pytest.mark.parametrize("households", [0, 299, 501])
def test_others_are_a_warning(households: int) -> None:
    assert CHINESE_FIRST.fullmatch(codes.household_warning(households) or "")


@pytest.mark.law("GR-3")
def test_numbers_run_from_north_to_south_and_in_a_row_from_west_to_east() -> None:
    south_west, north_east, north_west, south_east = (0.0, 0.0), (1.0, 1.0), (0.0, 1.0), (1.0, 0.0)
    order = codes.numbered([south_west, north_east, north_west, south_east])
    assert order == [2, 1, 0, 3]
