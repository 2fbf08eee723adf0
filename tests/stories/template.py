"""The demo district, furnished once and kept: a story's own database is a copy of it.

It is kept below `var/stories` for as long as the product's files and the day are the same (what the demo
makes counts from today), with its keys; another one takes its place.
"""

import hashlib
import os
import shutil
import subprocess
from pathlib import Path

from backend.bootstrap.cluster import Cluster
from backend.bootstrap.venv import ROOT
from kernel import clock

KEPT = ROOT / "var" / "stories"
OF_A_DEMO = ("secrets", "demo.json")
NOT_THE_PRODUCT = {"bench", "clients", "docs", "tests", "var"}
SUFFIXES = {".csv", ".json", ".py", ".sql", ".txt"}


def here() -> Path:
    """Where the template of what stands here today is, or would be."""
    digest = hashlib.sha256(clock.today().isoformat().encode())
    for folder in sorted(ROOT.iterdir()):
        if folder.is_dir() and not folder.name.startswith(".") and folder.name not in NOT_THE_PRODUCT:
            for path in sorted(folder.rglob("*")):
                if path.suffix in SUFFIXES:
                    digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return KEPT / digest.hexdigest()[:16]


def copied(cluster: Cluster) -> bool:
    """Lay a copy of the template where the cluster will look for it; False when there is none."""
    kept = here()
    if not kept.is_dir():
        return False
    for name in OF_A_DEMO:
        _copy(kept / name, cluster.home)
    cluster.base.mkdir(parents=True, exist_ok=True)
    cluster.account.take(cluster.base)
    for name in ("data", "prepared"):
        _copy(kept / name, cluster.base)
    return True


def keep(cluster: Cluster) -> None:
    """Keep the cluster, which has been stopped, as the template; whole or not at all."""
    kept, fresh = here(), KEPT / f"new.{os.getpid()}"
    fresh.mkdir(parents=True, mode=0o700)
    for path in (*(cluster.home / name for name in OF_A_DEMO), cluster.data, cluster.base / "prepared"):
        _copy(path, fresh)
    for old in KEPT.iterdir():
        if old != kept and not old.name.startswith("new."):
            shutil.rmtree(old, ignore_errors=True)
    if kept.is_dir():  # another run was quicker
        shutil.rmtree(fresh)
    else:
        fresh.rename(kept)


def _copy(path: Path, into: Path) -> None:
    """With its owner: PostgreSQL asks for it."""
    subprocess.run(["cp", "-a", "--reflink=auto", path, into], check=True)  # noqa: S603, S607  because both are ours
