"""What is not found, not allowed or broken answers with a problem, never with HTML."""

import json
from typing import Any

import psycopg
import pytest
from django.db import DataError, IntegrityError, InterfaceError, InternalError, OperationalError
from django.test import Client
from rest_framework import exceptions as drf

from edge.problem_handler import as_problem, handle
from kernel.problems import Problem


@pytest.fixture
def http(db: None) -> Client:
    return Client(raise_request_exception=False)


def _body(response: Any) -> dict[str, Any]:
    assert response["Content-Type"] == "application/problem+json"
    body: dict[str, Any] = json.loads(response.content)
    assert body["request_id"] == response["X-Request-Id"]
    return body


@pytest.mark.parametrize("path", ["/", "/api/v1/nothing", "/admin/", "/api/v1/%E8%A1%97"])
def test_an_unknown_address_is_a_problem(http: Client, path: str) -> None:
    response = http.get(path)
    assert (response.status_code, _body(response)["code"]) == (404, "not_found")


def test_a_wrong_method_is_a_problem(http: Client) -> None:
    response = http.delete("/api/v1/health")
    assert (response.status_code, _body(response)["code"]) == (405, "method_not_allowed")


def test_who_is_not_signed_in_is_told_by_what(http: Client) -> None:
    """RFC 9110, 15.5.2; never Basic, for which a browser would open its form."""
    response = http.get("/api/v1/grids")
    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")


def test_a_wrong_host_is_a_problem(http: Client, settings: Any) -> None:
    settings.ALLOWED_HOSTS = ["example.org"]
    response = http.get("/api/v1/health", headers={"Host": "evil.test"})
    assert (response.status_code, _body(response)["code"]) == (400, "bad_request")


def test_a_body_over_the_limit_is_refused_by_its_length(http: Client) -> None:
    response = http.post("/api/v1/health", b"x" * (4 * 1024 * 1024 + 1), content_type="application/json")
    assert (response.status_code, _body(response)["code"]) == (413, "too_large")


def test_an_unknown_query_parameter_is_refused(http: Client) -> None:
    response = http.get("/api/v1/health?verbose=1")
    assert (response.status_code, _body(response)["parameters"]) == (400, ["verbose"])


def test_a_well_formed_request_id_is_kept(http: Client) -> None:
    assert http.get("/api/v1/health", headers={"X-Request-Id": "abc-12345"})["X-Request-Id"] == "abc-12345"


@pytest.mark.parametrize(
    ("error", "code", "status"),
    [
        (drf.ParseError(), "invalid_json", 400),
        (drf.UnsupportedMediaType("text/xml"), "unsupported_media_type", 415),
        (drf.Throttled(wait=3), "too_many_requests", 429),
        (drf.ValidationError({"name": ["required"]}), "invalid", 400),
        (IntegrityError(), "conflict", 409),
        (DataError(), "invalid", 400),
        (OperationalError(), "unavailable", 503),
        (InterfaceError(), "unavailable", 503),
        (InternalError(), "server_error", 500),
        (ZeroDivisionError(), "server_error", 500),
        (Problem("not_found"), "not_found", 404),
    ],
)
def test_every_error_has_its_problem(error: Exception, code: str, status: int) -> None:
    problem = as_problem(error)
    assert (problem.code, problem.status) == (code, status)


@pytest.mark.parametrize(
    "cause", [psycopg.errors.IdleInTransactionSessionTimeout(), psycopg.errors.TransactionTimeout()]
)
def test_a_transaction_that_was_ended_for_its_time_is_a_busy_database(cause: psycopg.Error) -> None:
    """The driver calls these internal errors."""
    error = InternalError()
    error.__cause__ = cause
    answer = handle(error, {})
    assert (answer.status_code, answer.data["code"], answer["Retry-After"]) == (503, "unavailable", "5")
