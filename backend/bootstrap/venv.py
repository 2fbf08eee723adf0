"""The virtual environment `.venv`: made with the system's Python, filled from the pinned requirements."""

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

from backend.bootstrap import say, shell
from backend.bootstrap.shell import Trouble

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".venv"
PYTHON = FOLDER / "bin" / "python"
RECORD = FOLDER / "gridgov-requirements.json"
RUN = ("base", "demo")
DEVELOP = (*RUN, "dev")
OLDEST = (3, 11)
PIP_TO_UV = {"PIP_INDEX_URL": "UV_DEFAULT_INDEX", "PIP_CERT": "SSL_CERT_FILE"}  # a mirror, a company's root


def _digest(group: str) -> str:
    return hashlib.sha256((ROOT / "requirements" / f"{group}.txt").read_bytes()).hexdigest()


def _recorded() -> dict[str, str]:
    try:
        found: dict[str, str] = json.loads(RECORD.read_text(encoding="ascii"))
    except (OSError, ValueError):
        return {}
    return found


def _works() -> bool:
    """A venv stops working when the system's Python moves on by a minor version."""
    if not PYTHON.exists():
        return False
    return shell.quiet([PYTHON, "-c", "import pip"]) == 0


def ensure(groups: tuple[str, ...]) -> None:
    """Bring `.venv` to the pinned versions. One that is a link belongs to its owner and is taken as it is."""
    if FOLDER.is_symlink():
        return
    if sys.version_info < OLDEST:
        raise Trouble(f"this Python is {sys.version.split()[0]}; 3.11 or later is needed")
    have = _recorded()
    wanted = {group: _digest(group) for group in sorted({*groups, *have})}
    if all(have.get(group) == wanted[group] for group in groups) and _works():
        return
    with say.step(f"Python packages ({', '.join(wanted)})") as words:
        if not _works():
            _call(sys.executable, "-m", "venv", "--clear", str(FOLDER))
        words.append(_install([part for group in wanted for part in ("-r", f"requirements/{group}.txt")]))
        RECORD.write_text(json.dumps(wanted), encoding="ascii")


def _install(files: list[str]) -> str:
    """By uv, itself pinned with its hash; by pip, several times slower, where uv cannot reach its source."""
    pip = [str(PYTHON), "-m", "pip", "install", "-q", "--require-hashes", "--no-input"]
    _call(*pip, "-r", "requirements/installer.txt")
    mirror = shell.run([PYTHON, "-m", "pip", "config", "get", "global.index-url"], check=False).stdout.strip()
    try:
        uv = [str(FOLDER / "bin" / "uv"), "pip", "install", "-q", "--python", str(PYTHON)]
        uv += ["--default-index", mirror] if mirror else []
        _call(*uv, "--require-hashes", *files)
    except Trouble:
        _call(*pip, *files)
        return "pip"
    return "uv"


def _call(*command: str) -> None:
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env |= {"PIP_DISABLE_PIP_VERSION_CHECK": "1", "PIP_ROOT_USER_ACTION": "ignore", "UV_LINK_MODE": "copy"}
    env |= {theirs: env[ours] for ours, theirs in PIP_TO_UV.items() if env.get(ours) and not env.get(theirs)}
    done = subprocess.run(  # noqa: S603  because the program is our own Python
        command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        tail = "\n".join((done.stderr or done.stdout).splitlines()[-15:])
        raise Trouble(f"this failed: {' '.join(command)}\n{tail}")
