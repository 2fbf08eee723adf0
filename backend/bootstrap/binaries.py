"""Which PostgreSQL of this machine can serve: at the version floor, and with PostGIS beside it."""

from dataclasses import dataclass
from pathlib import Path

from backend.bootstrap.shell import Trouble

FLOOR = 15
ROOTS = (Path("/usr/lib/postgresql"), Path("/usr/local/lib/postgresql"))
SHARES = (Path("/usr/share/postgresql"), Path("/usr/local/share/postgresql"))


@dataclass(frozen=True)
class Server:
    """One installed major version and the folder of its programs."""

    major: int
    bindir: Path

    def program(self, name: str) -> Path:
        return self.bindir / name


def _has_postgis(major: int) -> bool:
    return any((share / str(major) / "extension" / "postgis.control").is_file() for share in SHARES)


def installed() -> list[Server]:
    """Every usable server, newest first."""
    found = {
        int(folder.name): Server(int(folder.name), folder / "bin")
        for root in ROOTS
        if root.is_dir()
        for folder in root.iterdir()
        if folder.name.isdigit() and (folder / "bin" / "initdb").exists() and _has_postgis(int(folder.name))
    }
    return [found[major] for major in sorted(found, reverse=True) if major >= FLOOR]


def pick(data: Path) -> Server:
    """The server for a data folder: its own major version when it exists, else the newest installed."""
    servers = installed()
    if not servers:
        raise Trouble(
            f"no PostgreSQL ({FLOOR} or later) with PostGIS found under {ROOTS[0]}.\n"
            "Install it: apt-get install postgresql postgresql-postgis (or let 'make run' do it)"
        )
    try:
        wanted = int((data / "PG_VERSION").read_text(encoding="ascii"))
    except (OSError, ValueError):
        return servers[0]
    for server in servers:
        if server.major == wanted:
            return server
    have = ", ".join(str(server.major) for server in servers)
    raise Trouble(
        f"{data} was made by PostgreSQL {wanted}, but only {have} is installed with PostGIS.\n"
        f"Install postgresql-{wanted}-postgis-3, or use pg_upgrade (docs/operate/postgres.md)"
    )
