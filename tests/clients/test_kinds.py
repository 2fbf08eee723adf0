"""The example apps hold every kind that the server gives to phones: one that is missing there is no truth."""

import re
from pathlib import Path

import pytest

from sync import registry

CLIENTS = Path(__file__).resolve().parents[2] / "clients"
LISTS = {
    "rxdb": re.compile(r"const KINDS = \[(.*?)\]", re.DOTALL),
    "watermelon": re.compile(r"const COLUMNS = \{(.*?)\n\}", re.DOTALL),
}
NAMES = {"rxdb": re.compile(r"'(\w+)'"), "watermelon": re.compile(r"^  (\w+):", re.MULTILINE)}


@pytest.mark.parametrize("app", LISTS)
def test_an_app_holds_every_kind_but_its_own_commands(app: str) -> None:
    found = LISTS[app].search((CLIENTS / app / "app.js").read_text(encoding="utf-8"))
    assert found is not None
    assert set(NAMES[app].findall(found[1])) == registry.kinds().keys() - {registry.COMMAND}
