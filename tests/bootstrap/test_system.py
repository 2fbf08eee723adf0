"""What `make test-clients` asks of the machine."""

import subprocess
from pathlib import Path
from typing import Any

import pytest

from backend.bootstrap import shell, system


@pytest.mark.parametrize(
    ("installed", "said", "lacks"),
    [
        ({"node", "npm"}, "v20.11.1", []),
        ({"node", "npm"}, "v18.0.0", []),
        ({"node", "npm"}, "v16.20.2", ["nodejs"]),
        ({"node"}, "v18.20.4", ["npm"]),
        (set(), "", ["nodejs", "npm"]),
    ],
)
def test_node_is_missing_below_its_floor(
    monkeypatch: pytest.MonkeyPatch, installed: set[str], said: str, lacks: list[str]
) -> None:
    def run(command: Any, **_options: Any) -> Any:
        return subprocess.CompletedProcess(command, 0, said, "")

    monkeypatch.setattr(system.shutil, "which", lambda name: name if name in installed else None)
    monkeypatch.setattr(shell, "run", run)
    assert system._node_lacks() == lacks


def test_a_font_that_is_missing_is_installed_by_its_package(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "truetype").mkdir()
    (tmp_path / "truetype" / "wqy-microhei.ttc").touch()
    monkeypatch.setattr(system, "FONT_FOLDERS", (tmp_path, tmp_path / "absent"))
    assert system._font_lacks() == ["fonts-babelstone-han"]
