"""The seal key's two halves go to two files of their own, and nowhere else."""

from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command

from kernel import sealing
from privacy.models import SealKey

pytestmark = pytest.mark.django_db


def made(tmp_path: Path, *more: str, keeper: str = "keeper.txt") -> str:
    said = StringIO()
    call_command(
        "seal_key_make", f"--head={uuid4()}", f"--keeper={uuid4()}", f"--head-half={tmp_path / 'head.txt'}",
        f"--keeper-half={tmp_path / keeper}", *more, stdout=said,
    )  # fmt: skip
    return said.getvalue()


def half(path: Path) -> str:
    return next(line for line in path.read_text(encoding="utf-8").splitlines() if line.count("-") > 8).strip()


@pytest.mark.law("MI-SEAL")
def test_both_sheets_together_make_the_private_key(tmp_path: Path) -> None:
    said = made(tmp_path)
    texts = [half(tmp_path / "head.txt"), half(tmp_path / "keeper.txt")]
    private = sealing.joined(*map(sealing.read_printed, texts))
    assert sealing.public_of(private) == bytes(SealKey.objects.get().public_key)
    assert not any(text in said for text in texts)
    assert (tmp_path / "head.txt").stat().st_mode & 0o077 == 0


def test_a_second_key_needs_to_be_asked_for(tmp_path: Path) -> None:
    made(tmp_path)
    folder: Any = tmp_path / "again"
    folder.mkdir()
    with pytest.raises(CommandError, match="seal_key_exists"):
        made(folder)
    assert list(folder.iterdir()) == []
    made(folder, "--replace")
    assert SealKey.objects.filter(retired_at__isnull=True).count() == 1


def test_two_halves_do_not_go_to_one_file(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="two files"):
        made(tmp_path, keeper="head.txt")
