"""A private PostgreSQL cluster: own folder, a unix socket that only its user opens, generated passwords."""

import fcntl
import hashlib
import os
import pwd
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from backend.bootstrap import keys, shell
from backend.bootstrap.binaries import Server, pick
from backend.bootstrap.shell import Account, Trouble

SOCKET_BYTES = 90  # sun_path holds 107 bytes and PostgreSQL adds /.s.PGSQL.5432.lock
START_SECONDS = 60
STALE_SECONDS = 8
PREPARE = Path(__file__).resolve().parents[2] / "docs" / "operate" / "postgres.sql"
# A test session clones databases, and clears committed rows without their triggers and in any order.
TEST_RIGHTS = """
ALTER ROLE gridgov_owner CREATEDB;
GRANT SET ON PARAMETER session_replication_role TO gridgov_owner;
"""

COMMON = {
    "listen_addresses": "''",
    "unix_socket_permissions": "0700",
    "password_encryption": "'scram-sha-256'",
    "max_connections": "100",
    "timezone": "'UTC'",
    "jit": "off",
    "max_locks_per_transaction": "128",
    # No statement and no DETAIL in the log: both would carry names and numbers of people.
    "log_min_error_statement": "panic",
    "log_error_verbosity": "terse",
    "log_line_prefix": "'%m [%p] %u@%d '",
}
DURABLE = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "'256MB'",
    # A push of a thousand records writes more than the 4 MB that this would be by itself.
    "wal_buffers": "'16MB'",
}
VOLATILE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "shared_buffers": "'64MB'",
    "autovacuum": "off",
    "log_checkpoints": "off",
}


def server_account() -> Account:
    """PostgreSQL refuses root: then its own user runs it, made by the Debian package."""
    if os.geteuid() != 0:
        return Account(pwd.getpwuid(os.geteuid()).pw_name)
    for name in ("postgres", "gridgov"):
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(name, entry.pw_uid, entry.pw_gid)
    shell.run(["useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", "gridgov"])
    return server_account()


def make_home(home: Path) -> Path:
    """The folder of one installation; others may pass through it (the server's user must), not list it."""
    missing = [part for part in (home, *home.parents) if not part.exists()]
    home.mkdir(parents=True, exist_ok=True)
    for part in missing:
        part.chmod(0o711)
    return home


class Cluster:
    """One cluster below `home`. Every method may be called at any time, also by two processes at once."""

    def __init__(self, home: Path, *, durable: bool = True) -> None:
        self.home = make_home(home.absolute())
        self.durable = durable
        self.account = server_account()
        self.secrets = keys.folder(self.home / "secrets")
        self.moved = not self._reachable()
        digest = hashlib.sha256(os.fsencode(self.home)).hexdigest()[:12]
        self.base = Path("/var/lib/gridgov") / digest if self.moved else self.home / "pg"
        self.data = self.base / "data"
        self.socket = self._socket_folder(digest)

    # Where things are

    def _reachable(self) -> bool:
        if not self.account.switches:
            return True
        return shell.quiet(["test", "-x", self.home], account=self.account) == 0

    def _socket_folder(self, digest: str) -> Path:
        near = self.base / "run"
        if len(os.fsencode(near)) <= SOCKET_BYTES:
            return near
        if os.geteuid() == 0:
            return Path("/run/gridgov") / digest
        runtime = os.environ.get("XDG_RUNTIME_DIR", "")
        if runtime and os.access(runtime, os.W_OK):
            return Path(runtime) / f"gridgov-{digest}"
        return Path(f"/tmp/gridgov-{os.geteuid()}-{digest}")  # noqa: S108  because _folders refuses a foreign one

    def url(self, role: str, database: str) -> str:
        """A connection address by socket; `role` is owner, app or postgres (the superuser)."""
        user = role if role == "postgres" else f"gridgov_{role}"
        password = keys.secret(self.secrets, f"pg_{role}")
        return f"postgres://{user}:{password}@{quote(str(self.socket), safe='')}/{database}"

    @property
    def server(self) -> Server:
        return pick(self.data)

    # Starting and stopping

    def answers(self) -> bool:
        """Decided by connecting: after a SIGKILL `pg_ctl status` still says that the server runs."""
        ready = self.server.program("pg_isready")
        return self.socket.is_dir() and shell.quiet([ready, "-q", "-h", self.socket, "-t", "2"]) == 0

    def start(self) -> str:
        """Bring the server up; says `running`, `started` or `created`."""
        with self._locked():
            if self.data.exists() and self.answers():
                self._ensure_roles(only_if_new=True)
                return "running"
            self._folders()
            created = self._make_data()
            self._configure()
            self._launch()
            self._ensure_roles()
            return "created" if created else "started"

    def stop(self) -> bool:
        """Stop the server and wait; False when none was running."""
        with self._locked():
            if not (self.data / "postmaster.pid").exists():
                return False
            command: list[str | Path] = [
                self.server.program("pg_ctl"),
                "-D",
                self.data,
                "-m",
                "fast",
                "-w",
                "-t",
                "60",
                "stop",
            ]
            shell.quiet(command, account=self.account)
            return True

    @contextmanager
    def _locked(self) -> Iterator[None]:
        with (self.home / ".cluster.lock").open("w", encoding="ascii") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def _folders(self) -> None:
        if self.moved:
            make_home(self.base.parent)
        if self.socket.parent == Path("/run/gridgov"):
            make_home(self.socket.parent)
        for path in (self.base, self.socket):
            path.mkdir(parents=True, exist_ok=True)
            if path.is_symlink() or (not self.account.switches and path.stat().st_uid != os.geteuid()):
                raise Trouble(f"{path} belongs to another user: remove it, or set GRIDGOV_HOME")
            self.account.take(path)

    def _make_data(self) -> bool:
        """initdb into `data.init`, then rename: a `data` folder is either whole or absent."""
        if (self.data / "PG_VERSION").exists() and (self.data / "global" / "pg_control").exists():
            return False
        if self.data.exists() and any(self.data.iterdir()):
            raise Trouble(
                f"{self.data} exists but is no complete PostgreSQL folder; nothing in it was touched.\n"
                f"Move it away and start again: mv '{self.data}' '{self.data}.broken'"
            )
        fresh = self.base / "data.init"
        shutil.rmtree(fresh, ignore_errors=True)
        password = self.base / ".initdb"
        keys.write_private(password, keys.secret(self.secrets, "pg_postgres") + "\n")
        self.account.take(password, 0o600)
        initdb: list[str | Path] = [
            self.server.program("initdb"),
            "-D",
            fresh,
            "-U",
            "postgres",
            "--pwfile",
            password,
        ]
        initdb += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8"]
        initdb += ["--data-checksums"] if self.durable else ["--no-sync"]
        try:
            shell.run(initdb, account=self.account)
        finally:
            password.unlink(missing_ok=True)
        if self.data.exists():
            self.data.rmdir()
        fresh.rename(self.data)
        return True

    def _configure(self) -> None:
        """Our settings in a file of their own, written at each start because the socket may have moved."""
        folder = str(self.socket).replace("'", "''")
        settings = COMMON | (DURABLE if self.durable else VOLATILE)
        settings["unix_socket_directories"] = f"'\"{folder}\"'"
        own = self.data / "gridgov.conf"
        own.write_text("".join(f"{name} = {value}\n" for name, value in settings.items()), encoding="utf-8")
        self.account.take(own, 0o600)
        main = self.data / "postgresql.conf"
        text = main.read_text(encoding="utf-8")
        if "include 'gridgov.conf'" not in text:
            main.write_text(text + "\ninclude 'gridgov.conf'\n", encoding="utf-8")

    def _launch(self) -> None:
        log = self.base / "server.log"
        pg_ctl = self.server.program("pg_ctl")
        command: list[str | Path] = [
            pg_ctl,
            "-D",
            self.data,
            "-l",
            log,
            "-w",
            "-t",
            str(START_SECONDS),
            "start",
        ]
        deadline = time.monotonic() + STALE_SECONDS
        while True:
            self._forget_dead_postmaster()
            if shell.quiet(command, account=self.account) == 0 and self.answers():
                return
            if time.monotonic() > deadline:
                break
            time.sleep(0.5)  # children of a killed postmaster hold its shared memory for a moment
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines() if log.exists() else []
        raise Trouble("\n".join([f"PostgreSQL did not start; the end of {log}:", *lines[-8:]]))

    def _forget_dead_postmaster(self) -> None:
        """Remove a pid file whose number belongs to another program now; PostgreSQL would refuse."""
        pid_file = self.data / "postmaster.pid"
        try:
            pid = int(pid_file.read_text(encoding="ascii").split("\n", 1)[0])
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError):
            return
        if b"postgres" not in command:
            pid_file.unlink(missing_ok=True)

    # Roles and databases

    def psql(self, sql: str, *, database: str = "postgres", variables: dict[str, str] | None = None) -> str:
        """Run a script as superuser. Variables travel by standard input: passwords never stand in an argv."""
        sets = "".join(f"\\set {name} '{value}'\n" for name, value in (variables or {}).items())
        command: list[str | Path] = [
            self.server.program("psql"),
            "-X",
            "-q",
            "-A",
            "-t",
            "-v",
            "ON_ERROR_STOP=1",
        ]
        command += ["-h", self.socket, "-U", "postgres", "-d", database, "-f", "-"]
        password = keys.secret(self.secrets, "pg_postgres")
        env = {"PGPASSWORD": password, "PGOPTIONS": "-c client_min_messages=warning"}
        return shell.run(command, stdin=sets + sql, env=env).stdout

    def _ensure_roles(self, *, only_if_new: bool = False) -> None:
        """The documented script, at each start; a running server gets it again when it has changed."""
        script = PREPARE.read_text(encoding="utf-8")
        done, mark = self.base / "prepared", hashlib.sha256((script + TEST_RIGHTS).encode()).hexdigest()
        if only_if_new and done.exists() and done.read_text(encoding="ascii") == mark:
            return
        variables = {
            "database": "gridgov" if self.durable else "gridgov_base",
            "owner_password": keys.secret(self.secrets, "pg_owner"),
            "app_password": keys.secret(self.secrets, "pg_app"),
        }
        self.psql(script, variables=variables)
        if not self.durable:
            self.psql(TEST_RIGHTS)
        done.write_text(mark, encoding="ascii")


def test_clusters(home: Path) -> Iterator[Cluster]:
    """The test cluster and those of the processes of parallel runs (`gw0`, `gw1` …), as far as they exist."""
    for folder in (home, *sorted(home.glob("gw*"))):
        if (folder / "secrets").is_dir():
            yield Cluster(folder, durable=False)
