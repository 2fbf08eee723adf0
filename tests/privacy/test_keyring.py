import json
from pathlib import Path

import pytest

from edge import keyring
from edge.keyring import BadKeyRingError


@pytest.fixture
def ring(tmp_path: Path) -> Path:
    path = tmp_path / "ring.json"
    keyring.make(path)
    return path


def test_a_second_make_keeps_the_first_ring(ring: Path) -> None:
    before = ring.read_text()
    keyring.make(ring)
    assert ring.read_text() == before
    assert list(ring.parent.iterdir()) == [ring]


def test_the_file_is_for_its_owner_alone(ring: Path) -> None:
    assert ring.stat().st_mode & 0o777 == 0o600
    ring.chmod(0o640)
    with pytest.raises(BadKeyRingError, match="read by others"):
        keyring.read(ring)


def test_a_rotated_ring_keeps_the_old_key(ring: Path) -> None:
    before = keyring.read(ring)["refresh"]
    keyring.rotate(ring, "refresh")
    after = keyring.read(ring)["refresh"]
    assert after.current != before.current
    assert after.by_id[before.current] == before.newest


@pytest.mark.parametrize("damage", ["missing", "short", "text"])
def test_a_damaged_ring_is_refused(ring: Path, damage: str) -> None:
    content = json.loads(ring.read_text())
    if damage == "missing":
        del content["audit"]
    elif damage == "short":
        content["index"]["keys"] = {content["index"]["current"]: "00"}
    ring.write_text("no ring" if damage == "text" else json.dumps(content))
    with pytest.raises(BadKeyRingError):
        keyring.read(ring)
