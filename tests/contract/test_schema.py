"""A few calls of each operation made from the OpenAPI document, in this process: none may be answered 5xx."""

import json
from typing import Any

import pytest
from django.urls import reverse
from rest_framework.test import APIClient

from tests.cast import Member, Worker
from tests.contract import fuzzing

EXAMPLES = 2


@pytest.fixture
def document(admin: Member) -> dict[str, Any]:
    found: dict[str, Any] = admin.client.get(reverse("schema")).json()
    return found


def call_all(document: dict[str, Any], client: APIClient, role: str | None) -> list[int]:
    statuses: list[int] = []

    def call(case: Any) -> None:
        body = case.body if isinstance(case.body, dict | list) else None
        answer: Any = client.generic(
            case.method.upper(),
            case.formatted_path,
            json.dumps(body) if body is not None else "",
            content_type="application/json",
            query_params=case.query or {},
        )
        assert answer.status_code < 500, f"{case.as_curl_command()}: {answer.content[:300]!r}"
        statuses.append(answer.status_code)

    for operation in fuzzing.operations(document, role):
        fuzzing.each_example(operation, call, count=EXAMPLES, negative=False, number=1)
    return statuses


def test_a_worker_gets_no_server_error(committed: None, document: dict[str, Any], worker: Worker) -> None:
    assert call_all(document, worker.client, "grid_worker")


def test_a_clerk_gets_no_server_error(db: None, document: dict[str, Any], clerk: Member) -> None:
    assert call_all(document, clerk.client, "centre_clerk")


def test_an_officer_gets_no_server_error(db: None, document: dict[str, Any], officer: Member) -> None:
    assert call_all(document, officer.client, "station_officer")


def test_an_administrator_gets_no_server_error(db: None, document: dict[str, Any], admin: Member) -> None:
    assert call_all(document, admin.client, "district_admin")
