"""Secrets, the user's own server, ports: what `make run` decides before it starts anything."""

import json
import os
import socket
import stat
from pathlib import Path

import pytest

from backend.bootstrap import home, keys, run, supervisor
from backend.bootstrap.shell import Trouble


def test_secrets_are_made_once(tmp_path: Path) -> None:
    assert keys.secret(tmp_path, "django_key") == keys.secret(tmp_path, "django_key")


def test_a_prepared_home_keeps_its_key_ring(tmp_path: Path) -> None:
    home.prepare(tmp_path)
    first = (tmp_path / "secrets" / "keyring.json").read_text(encoding="utf-8")
    home.prepare(tmp_path)
    assert (tmp_path / "secrets" / "keyring.json").read_text(encoding="utf-8") == first


def test_every_secret_is_private(tmp_path: Path) -> None:
    home.prepare(tmp_path)
    modes = {stat.S_IMODE(path.stat().st_mode) for path in (tmp_path / "secrets").iterdir()}
    assert modes == {0o600}


def test_half_an_external_database_is_refused() -> None:
    with pytest.raises(Trouble, match="DATABASE_OWNER_URL is not set"):
        home.external({"DATABASE_URL": "postgres://app@db/gridgov"})


def test_both_addresses_skip_the_cluster() -> None:
    assert home.external({"DATABASE_URL": "postgres://a@db/g", "DATABASE_OWNER_URL": "postgres://o@db/g"})


def test_the_moving_clock_is_only_for_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("GRIDGOV_CLOCK", raising=False)
    assert "GRIDGOV_CLOCK" not in home.environment(tmp_path, None, demo=False)


def test_a_taken_port_is_seen_and_another_one_named() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(Trouble, match=f"port {port} is taken by another program: make run PORT="):
            supervisor.refuse_port("127.0.0.1", port)


def test_a_free_port_is_taken_as_it_is() -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    supervisor.refuse_port("127.0.0.1", port)


def test_an_address_of_another_machine_is_not_called_a_taken_port() -> None:
    with pytest.raises(Trouble, match="HOST is an address of this machine"):
        supervisor.refuse_port("192.0.2.99", 8000)


@pytest.mark.parametrize("port", ["abc", "0", "65536", "-1"])
def test_what_is_no_port_is_refused(port: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(Trouble, match="is no port"):
        run.run()


def test_there_is_no_private_address_beside_a_server_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://a@db/g")
    monkeypatch.setenv("DATABASE_OWNER_URL", "postgres://o@db/g")
    with pytest.raises(Trouble, match="no private cluster"):
        run.address()


def test_a_mark_of_another_program_is_no_supervisor(tmp_path: Path) -> None:
    mark = tmp_path / "run.json"
    mark.write_text(json.dumps({"pid": os.getppid()}), encoding="ascii")
    assert supervisor.pid_of(mark) is None
