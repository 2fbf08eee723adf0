"""The Node packages of the examples and of the map are pinned, without the address of any registry."""

import json
from pathlib import Path
from typing import Any

import pytest

CLIENTS = Path(__file__).resolve().parents[2] / "clients"
FOLDERS = pytest.mark.parametrize("folder", [CLIENTS, CLIENTS / "map"], ids=lambda folder: folder.name)


def packages(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return found


@FOLDERS
def test_the_lock_names_no_address(folder: Path) -> None:
    assert [name for name, entry in packages(folder).items() if "resolved" in entry] == []


@FOLDERS
def test_every_package_is_pinned_by_its_hash(folder: Path) -> None:
    assert [name for name, entry in packages(folder).items() if name and "integrity" not in entry] == []


@FOLDERS
def test_the_lock_fits_the_wanted_versions(folder: Path) -> None:
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert {name: packages(folder)[f"node_modules/{name}"]["version"] for name in wanted} == wanted
