"""The Node packages of the examples are pinned, without the address of any registry."""

import json
from pathlib import Path

CLIENTS = Path(__file__).resolve().parents[2] / "clients"
LOCK = json.loads((CLIENTS / "package-lock.json").read_text(encoding="utf-8"))


def test_the_lock_names_no_address() -> None:
    assert [name for name, entry in LOCK["packages"].items() if "resolved" in entry] == []


def test_every_package_is_pinned_by_its_hash() -> None:
    assert [name for name, entry in LOCK["packages"].items() if name and "integrity" not in entry] == []


def test_the_lock_fits_the_wanted_versions() -> None:
    wanted = json.loads((CLIENTS / "package.json").read_text(encoding="utf-8"))["dependencies"]
    assert {name: LOCK["packages"][f"node_modules/{name}"]["version"] for name in wanted} == wanted
