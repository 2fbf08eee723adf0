"""What stands before every view: bodies by length, coding and framing; queries that mean what they say."""

import io
import json
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from edge.middleware import BodyLimit
from tests.cast import Member

MIB = 1024 * 1024


class Socket(io.BytesIO):
    """A body as a server hands it on; some servers raise errors of their own."""

    def __init__(self, raw: bytes, error: Exception | None = None) -> None:
        super().__init__(raw)
        self._error = error

    def read(self, size: int | None = -1) -> bytes:
        if self._error:
            raise self._error
        return super().read(size)


def passed(raw: bytes, error: Exception | None = None, **meta: Any) -> tuple[HttpResponse, list[bytes], int]:
    """The answer, the body that came through, and how much of the socket was left unread."""
    through: list[bytes] = []

    def view(request: HttpRequest) -> HttpResponse:
        through.append(request.read())
        return HttpResponse()

    stream = Socket(raw, error)
    environ = RequestFactory().post("/").environ | {"CONTENT_LENGTH": str(len(raw)), **meta}
    answer = BodyLimit(view)(WSGIRequest(environ | {"wsgi.input": stream}))
    return answer, through, len(raw) - stream.tell()


def chunked(raw: bytes, error: Exception | None = None) -> tuple[HttpResponse, list[bytes], int]:
    return passed(raw, error, CONTENT_LENGTH="", HTTP_TRANSFER_ENCODING="chunked")


def test_a_chunked_body_comes_through_whole() -> None:
    assert chunked(b'{"a": 1}')[1] == [b'{"a": 1}']


def test_a_chunked_body_beyond_the_limit_is_too_large() -> None:
    assert json.loads(chunked(b"x" * 5 * MIB)[0].content)["code"] == "too_large"


def test_broken_chunks_are_a_bad_request() -> None:
    assert json.loads(chunked(b"", ValueError("zz"))[0].content)["code"] == "bad_request"


def test_a_body_that_is_too_long_is_refused_unread() -> None:
    answer, through, left = passed(b"x" * 10 * MIB)
    assert (answer.status_code, through, left) == (413, [], 10 * MIB)


@pytest.mark.parametrize("coding", ["gzip", "GZIP", "br", "zstd", "gzip, gzip", "nonsense"])
def test_a_coded_body_is_refused_by_its_coding(coding: str) -> None:
    assert passed(b"{}", HTTP_CONTENT_ENCODING=coding)[0].status_code == 415


@pytest.mark.django_db
@pytest.mark.parametrize(
    "query",
    [
        "protected=maybe",
        "protected=1",
        "limit=1&limit=2",
        "offset=00000000000000000099999999",
        "limit=" + "0" * 4500,
    ],
)
def test_a_query_that_means_nothing_certain_is_refused(clerk: Member, query: str) -> None:
    answer = clerk.client.get(f"/api/v1/disputes?{query}")
    assert (answer.status_code, answer.json()["code"] in {"bad_parameter", "bad_page"}) == (400, True)


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "trace"])
def test_a_wrong_method_is_that_and_not_a_wrong_role(clerk: Member, method: str) -> None:
    assert getattr(clerk.client, method)("/api/v1/disputes").status_code == 405


@pytest.mark.django_db
def test_a_stranger_learns_no_methods() -> None:
    assert Client().delete("/api/v1/disputes").status_code == 401
