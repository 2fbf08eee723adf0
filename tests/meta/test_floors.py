"""Pinned versions against the committed table of floors; a tool that asks the network does not count."""

import re

import pytest

from backend import startup
from tests.meta.source import ROOT, budget

PIN = re.compile(r"^([a-z0-9-]+)==([0-9][0-9a-z.]*)", re.MULTILINE)
REGISTRY = re.compile(r"https?://|--(extra-)?index-url|--find-links|file:", re.IGNORECASE)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def _pins() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path in (ROOT / "requirements").glob("*.txt"):
        for package, version in PIN.findall(path.read_text(encoding="utf-8")):
            found.setdefault(package, []).append(version)
    return found


@pytest.mark.parametrize(("package", "floor"), budget()["floors"].items())
def test_every_pin_is_at_its_floor(package: str, floor: str) -> None:
    pins = _pins()[package]
    assert all(_numbers(pin) >= _numbers(floor) for pin in pins)


def test_django_stays_on_the_long_term_release() -> None:
    assert all(pin.startswith("5.2.") for pin in _pins()["django"])


def test_the_database_floors_are_the_table() -> None:
    table = {int(version.split(".")[0]): _numbers(version) for version in budget()["postgresql-floors"]}
    assert {major: divmod(number, 10_000) for major, number in startup.FLOORS.items()} == table


def test_requirements_carry_hashes_and_no_address() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert "--hash=sha256:" in text
        assert not REGISTRY.search(text)
