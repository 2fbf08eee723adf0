"""`GET /api/v1/health`, with the database and without."""

import pytest
from django.db import Error, InterfaceError, OperationalError, connection
from django.test import Client

pytestmark = pytest.mark.django_db


def test_a_server_with_its_database_is_ready(client: Client) -> None:
    answer = client.get("/api/v1/health")
    assert (answer.status_code, answer.json()["ready"]) == (200, True)


@pytest.mark.parametrize(
    "error", [OperationalError("the server is not up"), InterfaceError("connection already closed")]
)
def test_without_its_database_it_is_live_and_not_ready(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: Error
) -> None:
    def gone() -> None:
        raise error

    monkeypatch.setattr(connection, "cursor", gone)
    answer = client.get("/api/v1/health")
    said = answer.json()
    assert (answer.status_code, said["live"], said["ready"]) == (503, True, False)
    assert said["warnings"] == ["database_unreachable"]
