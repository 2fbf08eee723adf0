"""The private cluster: how it is guarded, and what it survives."""

import os
import signal
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

import psycopg
import pytest

from backend.bootstrap.cluster import SOCKET_BYTES, Cluster
from backend.bootstrap.shell import Trouble


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """One with durable settings, in a folder with a space that the server's user may pass through."""
    with tempfile.TemporaryDirectory(prefix="grid governance ") as folder:
        Path(folder).chmod(0o755)
        found = Cluster(Path(folder))
        found.start()
        yield found
        found.stop()


def _show(cluster: Cluster, setting: str) -> str:
    return cluster.psql(f"SHOW {setting}").strip()


def _mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_second_start_finds_it_running(cluster: Cluster) -> None:
    assert cluster.start() == "running"


def test_no_tcp_port_is_opened(cluster: Cluster) -> None:
    assert _show(cluster, "listen_addresses") == ""


def test_records_are_durable(cluster: Cluster) -> None:
    durable = [_show(cluster, name) for name in ("fsync", "synchronous_commit", "full_page_writes")]
    assert durable == ["on", "on", "on"]


def test_only_the_servers_user_passes_the_socket_folder(cluster: Cluster) -> None:
    assert _mode(cluster.socket) == 0o700


def test_passwords_are_private_files(cluster: Cluster) -> None:
    files = list(cluster.secrets.iterdir())
    assert {path.name for path in files} == {"pg_postgres", "pg_owner", "pg_app"}
    assert {_mode(path) for path in files} == {0o600}


def test_a_wrong_password_is_refused(cluster: Cluster) -> None:
    address = f"postgres://gridgov_app:wrong@{quote(str(cluster.socket), safe='')}/gridgov"
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(address)


def test_the_app_role_may_only_write_rows(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("owner", "gridgov"), autocommit=True) as owner:
        owner.execute("CREATE TABLE IF NOT EXISTS probe (id int)")
    with psycopg.connect(cluster.url("app", "gridgov"), autocommit=True) as app:
        app.execute("INSERT INTO probe VALUES (1)")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            app.execute("TRUNCATE probe")


def test_statements_do_not_reach_the_log(cluster: Cluster) -> None:
    with psycopg.connect(cluster.url("app", "gridgov"), autocommit=True) as app:
        with pytest.raises(psycopg.Error):
            app.execute("SELECT '11010519491231002X'::int")
    log = (cluster.base / "server.log").read_text(encoding="utf-8")
    assert "SELECT '11010519491231002X'" not in log


def _postmaster(cluster: Cluster) -> int:
    return int((cluster.data / "postmaster.pid").read_text(encoding="ascii").split("\n", 1)[0])


def test_it_comes_back_after_its_postmaster_was_killed(cluster: Cluster) -> None:
    cluster.start()
    os.kill(_postmaster(cluster), signal.SIGKILL)
    assert cluster.start() in {"started", "running"}
    assert cluster.answers()


def test_a_pid_file_of_another_program_is_forgotten(cluster: Cluster) -> None:
    cluster.stop()
    (cluster.data / "postmaster.pid").write_text(f"{os.getpid()}\n{cluster.data}\n", encoding="ascii")
    assert cluster.start() == "started"


def test_stopping_twice_is_harmless(cluster: Cluster) -> None:
    cluster.stop()
    assert cluster.stop() is False


@pytest.fixture
def unmade(tmp_path: Path) -> Cluster:
    return Cluster(tmp_path / "home", durable=False)


def test_a_half_made_folder_is_named_and_not_touched(unmade: Cluster) -> None:
    unmade.data.mkdir(parents=True)
    (unmade.data / "something").write_text("of somebody", encoding="ascii")
    with pytest.raises(Trouble, match="Move it away and start again: mv"):
        unmade.start()
    assert (unmade.data / "something").exists()


def test_a_deep_folder_gets_a_short_socket(tmp_path: Path) -> None:
    deep = tmp_path / ("网格" * 20)
    assert len(os.fsencode(Cluster(deep).socket)) <= SOCKET_BYTES


def test_the_address_names_the_socket(unmade: Cluster) -> None:
    parts = urlsplit(unmade.url("app", "x"))
    assert unquote(parts.netloc.rsplit("@", 1)[1]) == str(unmade.socket)


@pytest.mark.usefixtures("root")
def test_a_folder_that_only_root_enters_moves_the_files(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    found = Cluster(closed / "home")
    assert found.moved
    assert found.base.parent == Path("/var/lib/gridgov")


@pytest.fixture
def root(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """As root the real question; as a user the answer that root's server user would get."""
    if os.geteuid() != 0:
        monkeypatch.setattr(Cluster, "_reachable", lambda self: False)
