"""`$GRIDGOV_HOME`: cluster, secrets, logs of one installation, and the environment that they make."""

import os
from collections.abc import Mapping
from pathlib import Path

from backend.bootstrap import keys
from backend.bootstrap.cluster import Cluster, make_home
from backend.bootstrap.shell import Trouble
from backend.bootstrap.venv import ROOT
from edge import keyring

SECRET_NAMES = ("django_key", "jwt_key")


def home() -> Path:
    return Path(os.environ.get("GRIDGOV_HOME") or ROOT / "var").absolute()


def external(env: Mapping[str, str] = os.environ) -> bool:
    """Whether the user brings a server of their own; half of it is a mistake to be said."""
    app, owner = env.get("DATABASE_URL"), env.get("DATABASE_OWNER_URL")
    if bool(app) != bool(owner):
        absent = "DATABASE_OWNER_URL" if app else "DATABASE_URL"
        raise Trouble(
            f"{absent} is not set, its companion is. Set both DATABASE_URL and DATABASE_OWNER_URL for\n"
            "your own PostgreSQL (docs/operate/postgres.md), or neither for the private cluster"
        )
    return bool(app)


def prepare(place: Path) -> None:
    """Folders, keys of the server and the key ring, each made once."""
    make_home(place)
    folder = keys.folder(place / "secrets")
    keys.folder(place / "log")
    for name in SECRET_NAMES:
        keys.secret(folder, name)
    keyring.make(folder / "keyring.json")


def environment(place: Path, cluster: Cluster | None, *, demo: bool) -> dict[str, str]:
    """What the server, the worker and `manage.py` see. Without a cluster the user's addresses stay."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    env["GRIDGOV_HOME"] = str(place)
    env["GRIDGOV_MODE"] = "demo" if demo else "production"
    env["PYTHONUNBUFFERED"] = "1"
    if demo:
        env.setdefault("GRIDGOV_CLOCK", "db")
    if cluster:
        env["DATABASE_URL"] = cluster.url("app", "gridgov")
        env["DATABASE_OWNER_URL"] = cluster.url("owner", "gridgov")
        env["DATABASE_DIRECT_URL"] = env["DATABASE_URL"]
    return env
