"""The list of closings outside the database: it only grows, and says which line is broken."""

from pathlib import Path

import pytest

from privacy import tombstones


@pytest.fixture
def path(tmp_path: Path) -> Path:
    tombstones.append(tmp_path / "closings.jsonl", [{"event": "sealed"}, {"event": "lifted"}])
    return tmp_path / "closings.jsonl"


def test_lines_come_back_in_order_and_more_can_be_added(path: Path) -> None:
    tombstones.append(path, [{"event": "destroyed"}])
    assert [line["event"] for line in tombstones.read(path)] == ["sealed", "lifted", "destroyed"]


def test_nobody_else_may_read_the_file(path: Path) -> None:
    assert path.stat().st_mode & 0o077 == 0


def test_no_file_is_no_closing(tmp_path: Path) -> None:
    assert tombstones.read(tmp_path / "none") == []


@pytest.mark.parametrize(("old", "new"), [("sealed", "SEALED"), ("lifted", "x"), ("{", "")])
def test_a_changed_line_is_named(path: Path, old: str, new: str) -> None:
    tombstones.append(path, [{"event": "destroyed"}])
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")
    with pytest.raises(tombstones.BrokenListError, match=r"line \d"):
        tombstones.read(path)


def test_a_removed_line_is_noticed(path: Path) -> None:
    path.write_text(path.read_text(encoding="utf-8").splitlines()[1] + "\n", encoding="utf-8")
    with pytest.raises(tombstones.BrokenListError) as caught:
        tombstones.read(path)
    assert caught.value.line == 1
