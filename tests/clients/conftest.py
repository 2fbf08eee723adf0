"""The reference device against a small pretended server: no database, no Django."""

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

CLIENT = Path(__file__).resolve().parents[2] / "clients" / "python"
sys.path.insert(0, str(CLIENT))

from gridphone import BadNetwork, Phone, Store  # noqa: E402  because the client's folder must be on the path

from tests.clients.pretended import PretendedServer  # noqa: E402  because the client's folder must be on the path


@pytest.fixture
def server() -> PretendedServer:
    return PretendedServer()


@pytest.fixture
def phone(server: PretendedServer) -> Phone:
    phone = Phone(Store(":memory:"), server, pause=lambda _seconds: None)
    phone.enrol("CODE-1")
    return phone


@pytest.fixture
def bad_network(server: PretendedServer, phone: Phone) -> Callable[..., BadNetwork]:
    def attach(seed: int, **shares: float) -> BadNetwork:
        phone.transport = BadNetwork(server, seed, **shares)
        return phone.transport

    return attach
