"""The test database: a template built once by the migrations, a clone of it for each test process.

The cluster is this checkout's own (`var/test`), started when a first test needs it and left running.
"""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import LiteralString, cast

import psycopg
from psycopg import sql

from backend.bootstrap.cluster import Cluster

ROOT = Path(__file__).resolve().parent.parent
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "main")
NAME = f"t_{os.getpid()}_{WORKER}"
SOURCES = (
    "edge/first_tables.py",
    "*/migrations/*.py",
    "*/sql/*.sql",
    "fixtures/*.json",
    "kernel/codes/*.py",
    "requirements/*.txt",
    "docs/operate/postgres.sql",
    "tests/database.py",
)
KEPT_TEMPLATES = 3
BUILD_LOCK = 7_216_401

HOME = Path(os.environ.get("GRIDGOV_TEST_HOME") or ROOT / "var" / "test")

# Each process of a parallel run has a cluster of its own: transaction ids belong to a cluster, and a
# transaction open in a neighbour's database would hold back the cursors of this one.
cluster = Cluster(HOME if WORKER == "main" else HOME / WORKER, durable=False)


def environment() -> dict[str, str]:
    """What Django must see before its settings are imported; the caller's DATABASE_URL is not heard."""
    return {
        "DJANGO_SETTINGS_MODULE": "backend.settings",
        "GRIDGOV_MODE": "test",
        "GRIDGOV_HOME": str(cluster.home),
        "GRIDGOV_DB_ROLE": "app",
        "GRIDGOV_CLOCK": "system",
        "DATABASE_URL": cluster.url("app", NAME),
        "DATABASE_OWNER_URL": cluster.url("owner", NAME),
        "DATABASE_DIRECT_URL": cluster.url("app", NAME),
    }


def owner(database: str = NAME) -> psycopg.Connection:
    """A connection of the owner role, committing each statement by itself."""
    return psycopg.connect(cluster.url("owner", database), autocommit=True)


def create() -> None:
    """Start the cluster, drop what dead processes left, clone the template for this process."""
    cluster.start()
    with owner("postgres") as connection:
        _drop_stale(connection)
        template = _template(connection)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(NAME), sql.Identifier(template)
            )
        )
    # A test is one transaction, in which whole packages may be imported for the first time: on a busy machine
    # the role's ten seconds would end it in the middle, and nobody waits for its locks.
    cluster.psql(f'alter role gridgov_app in database "{NAME}" set idle_in_transaction_session_timeout = 0')


def drop() -> None:
    with owner("postgres") as connection:
        _drop(connection, NAME)


def _drop(connection: psycopg.Connection, name: str) -> None:
    connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _databases(connection: psycopg.Connection, pattern: str) -> list[str]:
    """Names that match, oldest first (an oid only grows)."""
    query = "SELECT datname FROM pg_database WHERE datname ~ %s ORDER BY oid"
    return [row[0] for row in connection.execute(query, [pattern])]


def _drop_stale(connection: psycopg.Connection) -> None:
    for name in _databases(connection, r"^(t|gridgov_build)_\d+(_|$)"):
        pid = re.search(r"\d+", name)
        if pid and not Path(f"/proc/{pid.group()}").exists():
            _drop(connection, name)


# The template


def _fingerprint(connection: psycopg.Connection) -> str:
    digest = hashlib.sha256(str(connection.info.server_version).encode())
    for pattern in SOURCES:
        for path in sorted(ROOT.glob(pattern)):
            digest.update(str(path.relative_to(ROOT)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()[:16]


def _template(connection: psycopg.Connection) -> str:
    """The name of the template for what stands here; whoever holds the lock builds it, others wait for it."""
    name = f"gridgov_tmpl_{_fingerprint(connection)}"
    connection.execute("SET lock_timeout = 0")
    connection.execute("SELECT pg_advisory_lock(%s)", [BUILD_LOCK])
    try:
        templates = _databases(connection, "^gridgov_tmpl_")
        if name not in templates:
            for old in templates[: -KEPT_TEMPLATES + 1]:
                _drop(connection, old)
            _build(connection, name)
    finally:
        connection.execute("SELECT pg_advisory_unlock(%s)", [BUILD_LOCK])
    return name


def _build(connection: psycopg.Connection, name: str) -> None:
    """Migrate under another name and rename at the end: a template is whole or absent."""
    building = f"gridgov_build_{os.getpid()}"
    _drop(connection, building)
    connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE gridgov_base").format(sql.Identifier(building)))
    url = cluster.url("owner", building)
    addresses = {"DATABASE_URL": url, "DATABASE_OWNER_URL": url, "GRIDGOV_DB_ROLE": "owner"}
    done = subprocess.run(
        [sys.executable, "manage.py", "migrate", "--verbosity", "0"],
        cwd=ROOT,
        env={**os.environ, **environment(), **addresses},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"the migrations failed while the test template was built:\n{done.stderr[-4000:]}")
    _keep_seed(building)
    connection.execute(
        sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(building), sql.Identifier(name))
    )


# Cleaning after real commits

TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind = 'r' ORDER BY 1
"""


def _keep_seed(database: str) -> None:
    """Copy the rows that the migrations made into a schema of their own: a clone can have them back."""
    with owner(database) as connection:
        tables = [row[0] for row in connection.execute(TABLES)]
        connection.execute("CREATE SCHEMA seed")
        for table in tables:
            name = sql.Identifier(table)
            row = connection.execute(sql.SQL("SELECT EXISTS (SELECT FROM {})").format(name)).fetchone()
            if row and row[0] and table != "spatial_ref_sys":
                connection.execute(sql.SQL("CREATE TABLE seed.{0} AS TABLE public.{0}").format(name))


class Cleaner:
    """Empties what a committed test touched, in one transaction, and leaves the migrations' own rows.

    Triggers and foreign keys are off meanwhile (`session_replication_role`), so an insert-only table needs no
    exception and the order does not matter.
    """

    def __init__(self) -> None:
        self.connection = owner()
        rows = self.connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'seed'")
        self.seeded = {row[0] for row in rows}
        self.tables = [row[0] for row in self.connection.execute(TABLES) if row[0] != "spatial_ref_sys"]
        self.known = self._marks()

    def _marks(self) -> dict[str, tuple[int, int]]:
        """(rows, youngest transaction) of each table: what differs from the start was touched."""
        parts = [
            sql.SQL("SELECT {0}, count(*), coalesce(max(xmin::text::bigint), 0) FROM public.{1}").format(
                sql.Literal(table), sql.Identifier(table)
            )
            for table in self.tables
        ]
        query = sql.SQL(cast(LiteralString, " UNION ALL ")).join(parts)
        return {name: (rows, xmin) for name, rows, xmin in self.connection.execute(query)}

    def clean(self) -> None:
        touched = [name for name, mark in self._marks().items() if mark != self.known[name]]
        if not touched:
            return
        with self.connection.transaction():
            self.connection.execute("SET LOCAL session_replication_role = replica")
            for table in touched:
                name = sql.Identifier(table)
                self.connection.execute(sql.SQL("DELETE FROM public.{}").format(name))
                if table in self.seeded:
                    refill = sql.SQL("INSERT INTO public.{0} SELECT * FROM seed.{0}")
                    self.connection.execute(refill.format(name))
        if self.seeded.intersection(touched):
            self.known = self._marks()

    def close(self) -> None:
        self.connection.close()


@contextmanager
def test_database() -> Iterator[None]:
    """The clone of this process, for as long as the session lasts."""
    create()
    try:
        yield
    finally:
        drop()
