"""Boxes, times and places of pages, read strictly: no database."""

from datetime import date

import pytest

from grids.serving.ogc import asked
from grids.serving.ogc.asked import AskedWronglyError, Period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-03-02", date(2026, 3, 2), date(2026, 3, 2)),
        ("2026-03-01T16:30:00Z", date(2026, 3, 2), date(2026, 3, 2)),
        ("2026-03-01/..", date(2026, 3, 1), None),
        ("/2026-03-01", None, date(2026, 3, 1)),
        ("../..", None, None),
        ("2026-03-01/2026-03-31", date(2026, 3, 1), date(2026, 3, 31)),
    ],
)
def test_an_instant_stands_for_its_local_day_and_an_interval_for_its_days(
    text: str, first: date | None, last: date | None
) -> None:
    assert asked.period(text) == Period(first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "2026-13-01",
        "2026-03-01T00:00:00",
        "2026-03-02/2026-03-01",
        "a/b/c",
        "9999-12-31T23:59:59Z",
    ],
)
def test_no_other_time_is_understood(text: str) -> None:
    with pytest.raises(AskedWronglyError):
        asked.period(text)


def test_a_box_may_have_heights_and_may_cross_the_antimeridian() -> None:
    assert asked.box("126,45,127,46") == [(126.0, 45.0, 127.0, 46.0)]
    assert asked.box("126,45,-10,127,46,900") == [(126.0, 45.0, 127.0, 46.0)]
    assert asked.box("170,-10,-170,10") == [(170.0, -10.0, 180.0, 10.0), (-180.0, -10.0, -170.0, 10.0)]


@pytest.mark.parametrize(
    "text",
    ["", "1,2,3", "1,2,3,4,5", "nan,1,2,3", "1e3,1,2,3", "0,50,10,40", "0,0,181,10", "0,-91,1,0", "a,b,c,d"],
)
def test_no_other_box_is_understood(text: str) -> None:
    with pytest.raises(AskedWronglyError):
        asked.box(text)


def test_a_page_begins_where_a_link_says() -> None:
    shape = "0190a1b2-0000-7000-8000-000000000001"
    assert asked.after(f"23010300100101.{shape}") == ("23010300100101", shape)
    for text in ("", "1", "23010300100101", f"x.{shape}", f"23010300100101.{shape}'"):
        with pytest.raises(AskedWronglyError):
            asked.after(text)
