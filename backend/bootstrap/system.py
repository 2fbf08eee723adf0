"""System packages: which are missing, said before they are installed, by apt as root or with sudo."""

import ctypes.util
import importlib.util
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backend.bootstrap import binaries, say, shell
from backend.bootstrap.shell import Trouble

CREATE_CLUSTER = Path("/etc/postgresql-common/createcluster.d/gridgov.conf")
CLUSTERS = Path("/etc/postgresql")
NODE_FLOOR = 18
FONTS = {"wqy-microhei.ttc": "fonts-wqy-microhei", "BabelStoneHan.ttf": "fonts-babelstone-han"}
"""What papers are set in, and where the rare characters of names come from: file → package."""
FONT_FOLDERS = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
KEEP_ENV = ("http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "HTTPS_PROXY", "NO_PROXY")


def missing(*, server: bool, node: bool = False, browser: bool = False) -> list[str]:
    """What this machine lacks, by the name of a package; `postgresql+postgis` stands for the pair."""
    lacks = _node_lacks() if node else []
    lacks += _browser_lacks() if browser else []
    if not importlib.util.find_spec("ensurepip") or not importlib.util.find_spec("venv"):
        lacks.append("python3-venv")
    if server and not binaries.installed():
        lacks.append("postgresql+postgis")
    if not (shutil.which("ogr2ogr") and _libraries()):
        lacks.append("gdal-bin")
    return lacks + _font_lacks()


def _font_lacks() -> list[str]:
    """The fonts of papers; every place where Debian or a person puts one is looked into."""
    found = {path.name for folder in FONT_FOLDERS if folder.is_dir() for path in folder.rglob("*.tt?")}
    return [package for file, package in FONTS.items() if file not in found]


def _libraries() -> bool:
    return bool(ctypes.util.find_library("gdal") and ctypes.util.find_library("geos_c"))


def _node_lacks() -> list[str]:
    """Node from NODE_FLOOR on, and npm, which Debian packs apart."""
    said = shell.run(["node", "--version"]).stdout if shutil.which("node") else ""
    found = re.match(r"v(\d+)\.", said)
    lacks = [] if found and int(found[1]) >= NODE_FLOOR else ["nodejs"]
    return lacks if shutil.which("npm") else [*lacks, "npm"]


def _browser_lacks() -> list[str]:
    """A browser that runs without a screen, and what finds it the fonts."""
    lacks = [] if shutil.which("chromium") else ["chromium"]
    return lacks if shutil.which("fc-list") else [*lacks, "fontconfig"]


def ensure(*, server: bool, node: bool = False, browser: bool = False) -> None:
    """Install what is missing; say which packages before, and what to type when it cannot be done."""
    lacks = missing(server=server, node=node, browser=browser)
    if not lacks:
        return
    if not shutil.which("apt-get"):
        raise Trouble(
            f"missing on this system: {', '.join(lacks)}; it has no apt-get.\n"
            "Install PostgreSQL 15 to 17 with PostGIS 3.3 or later, GDAL, GEOS, Python's venv module\n"
            f"and the fonts {', '.join(FONTS)}"
        )
    with say.step("package lists (apt-get update)"):
        _apt("update", "-qq")
    names = [_server_packages() if name == "postgresql+postgis" else name for name in lacks]
    say.line(f"  will install system packages: {', '.join(names)} (and what they depend on)")
    with say.step("system packages"), _no_main_cluster():
        _apt("install", "-y", "-qq", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=300", *names)
    still = missing(server=server, node=node, browser=browser)
    if still:
        raise Trouble(f"still missing after apt-get: {', '.join(still)}; install it by hand and run again")


def _server_packages() -> str:
    """The distribution's newest PostGIS package: 15 on Debian 12, 16 on Ubuntu 24.04, 17 on Debian 13."""
    found = shell.run(["apt-cache", "search", "--names-only", r"^postgresql-[0-9]+-postgis-3$"]).stdout
    majors = [int(number) for number in re.findall(r"^postgresql-(\d+)-postgis-3 ", found, re.MULTILINE)]
    usable = [major for major in majors if major >= binaries.FLOOR]
    if not usable:
        raise Trouble("apt knows no postgresql-15-postgis-3 or later: use Debian 12, Ubuntu 24.04 or later")
    return f"postgresql-{max(usable)}-postgis-3"


def as_root(command: list[str]) -> list[str]:
    """The command with the rights to change the system; Trouble names what to type when there are none."""
    if os.geteuid() == 0:
        return command
    if not shutil.which("sudo"):
        raise Trouble(f"this needs root and there is no sudo; as root run: {' '.join(command)}")
    kept = [f"{name}={os.environ[name]}" for name in KEEP_ENV if os.environ.get(name)]
    return ["sudo", "env", "DEBIAN_FRONTEND=noninteractive", *kept, *command]


def _apt(*arguments: str) -> None:
    """apt-get, its output kept for the case that it fails; sudo may ask for a password on the terminal."""
    command = as_root(["apt-get", *arguments])
    done = subprocess.run(  # noqa: S603  because the names come from missing() and apt's own list
        command,
        stdin=None,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        env={**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"},
        check=False,
    )
    if done.returncode:
        tail = "\n".join(done.stdout.splitlines()[-15:])
        raise Trouble(f"this failed: {' '.join(command)}\n{tail}")


@contextmanager
def _no_main_cluster() -> Iterator[None]:
    """Debian's package starts a cluster `main` on 5432; not where there was none before, and only for now."""
    if any(CLUSTERS.glob("*/*")) or CREATE_CLUSTER.exists():
        yield
        return
    shell.run(as_root(["mkdir", "-p", str(CREATE_CLUSTER.parent)]))
    shell.run(as_root(["tee", str(CREATE_CLUSTER)]), stdin="create_main_cluster = false\n")
    try:
        yield
    finally:
        shell.run(as_root(["rm", "-f", str(CREATE_CLUSTER)]))
