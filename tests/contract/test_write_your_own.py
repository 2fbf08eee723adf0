"""The page for authors of clients names addresses, options and files that are there."""

import re
from pathlib import Path

import pytest
from django.urls import resolve

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "write-your-own-client.md").read_text(encoding="utf-8")
BLOCKS = "\n".join(re.findall(r"```bash\n(.*?)```", PAGE, re.DOTALL))
PATHS = sorted({*re.findall(r"post ([a-z/]+) ", BLOCKS), *re.findall(r"\$B/([a-z/]+)[?\"]", BLOCKS)})


@pytest.mark.parametrize("path", PATHS)
def test_its_addresses_exist(path: str) -> None:
    assert resolve(f"/api/v1/{path}")


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#]+)", PAGE))))
def test_its_links_lead_somewhere(link: str) -> None:
    assert (ROOT / "docs" / link).exists()


def test_it_goes_through_every_part_of_sync() -> None:
    parts = {
        "manifest",
        "pull",
        "push",
        "receipts",
        "watermelon",
        "rxdb/screening/pull",
        "rxdb/screening/push",
    }
    assert {f"sync/{part}" for part in parts} <= set(PATHS)
