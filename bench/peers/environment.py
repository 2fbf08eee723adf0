"""The peers' own virtual environment, made at the first run from the pinned `requirements/peers.txt`."""

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from stand import say

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".peers"
WANTED = ROOT / "requirements" / "peers.txt"


def program(name: str) -> str:
    """The path of a program of the environment, which is made or brought up to date first."""
    _ensure()
    return str(FOLDER / "bin" / name)


def _ensure() -> None:
    digest = hashlib.sha256(WANTED.read_bytes()).hexdigest()
    record = FOLDER / "requirements.sha256"
    if record.is_file() and record.read_text(encoding="ascii") == digest:
        return
    say("bench: the peers' own environment is made (once)")
    python = str(FOLDER / "bin" / "python")
    install = [python, "-m", "pip", "install", "-q", "--require-hashes", "--no-input", "-r", str(WANTED)]
    env = {**os.environ, "PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore"}
    for command in ([sys.executable, "-m", "venv", "--clear", str(FOLDER)], install):
        subprocess.run(command, check=True, env=env)  # noqa: S603  because both programs are Python's own
    record.write_text(digest, encoding="ascii")
