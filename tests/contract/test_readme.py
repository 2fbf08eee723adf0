"""The tour of the README names addresses that are there."""

import re
from pathlib import Path

import pytest
from django.urls import resolve

README = (Path(__file__).resolve().parents[2] / "README.md").read_text(encoding="utf-8")
TOUR = README.split("```bash", 1)[1].split("```", 1)[0]
PATHS = sorted({*re.findall(r"post ([a-z/]+) ", TOUR), *re.findall(r"\$B/([a-z/]+)[?\"]", TOUR)})


@pytest.mark.parametrize("path", PATHS)
def test_the_tours_addresses_exist(path: str) -> None:
    assert resolve(f"/api/v1/{path}")


def test_the_tour_goes_from_the_phone_to_the_centre() -> None:
    assert {"auth/enrol", "sync/push", "mediation/intake"} <= set(PATHS)
