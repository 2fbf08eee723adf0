import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import LazySettings

from edge import shared_word

ANOTHER_PROCESS = """
import sys
from django.conf import settings
settings.configure(HOME=sys.argv[1])
from edge import shared_word
shared_word.change("told")
"""


@pytest.fixture
def home(settings: LazySettings, tmp_path: Path) -> Path:
    settings.HOME = tmp_path
    return tmp_path


def test_the_word_stays_while_nobody_changes_it(home: Path) -> None:
    assert shared_word.read("told") == shared_word.read("told")


def test_a_change_is_a_word_not_seen_before(home: Path) -> None:
    seen = {shared_word.read("told")}
    for _ in range(3):
        shared_word.change("told")
        seen.add(shared_word.read("told"))
    assert len(seen) == 4


def test_what_another_process_changes_is_seen_at_once(home: Path) -> None:
    before = shared_word.read("told")
    subprocess.run([sys.executable, "-c", ANOTHER_PROCESS, str(home)], check=True)  # noqa: S603  because it is our own program
    assert shared_word.read("told") != before


def test_one_word_does_not_change_another(home: Path) -> None:
    before = shared_word.read("other")
    shared_word.change("told")
    assert shared_word.read("other") == before
