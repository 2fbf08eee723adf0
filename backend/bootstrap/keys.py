"""Secrets in one folder: generated once, 0600, never printed."""

import os
import secrets
from pathlib import Path


def folder(path: Path) -> Path:
    path.mkdir(parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


def write_private(path: Path, text: str) -> None:
    """Replace a file so that it is never seen half-written nor readable by others."""
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    fresh.unlink(missing_ok=True)
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        out.write(text)
    fresh.replace(path)


def secret(place: Path, name: str) -> str:
    """The secret of that name, made at the first call; two processes that race see the same one."""
    path = place / name
    if not path.exists():
        fresh = place / f".{name}.{os.getpid()}"
        fresh.unlink(missing_ok=True)
        write_private(fresh, secrets.token_hex(32) + "\n")
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        fresh.unlink()
    return path.read_text(encoding="ascii").strip()
