"""Every refusal of the server becomes an RFC 9457 body with a stable code: never a 500 for bad input, never
HTML."""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    TooManyFieldsSent,
    ValidationError,
)
from django.db import DataError, IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, UnreadablePostError
from rest_framework import exceptions as drf
from rest_framework.response import Response

from edge.busy import is_busy
from edge.renderers import dumps
from kernel.problems import Problem

log = structlog.get_logger()
MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_S = 5
RETRY_SPREAD_S = 20
_UNIQUE, _CHECK, _EXCLUSION, _FOREIGN = "23505", "23514", "23P01", "23503"
_constraints: dict[str, str] = {}


def name_constraint(constraint: str, code: str) -> None:
    """Tell which problem a database constraint answers with (default: `already_exists` or `conflict`)."""
    _constraints[constraint] = code


def handle(error: Exception, context: Mapping[str, Any]) -> Response:
    """DRF's exception handler."""
    request = context.get("request")
    return _response(_spread(as_problem(error), error, request), request_id_of(request))


def as_problem(error: Exception) -> Problem:
    """The problem that an exception stands for. An unknown exception is logged by type and is
    `server_error`."""
    if isinstance(error, Problem):
        return error
    if is_busy(error):
        return _busy(error)
    for kinds, convert in _CONVERTERS:
        if isinstance(error, kinds):
            return convert(error)
    log.error("unhandled", error_type=type(error).__name__, where=_where(error))
    return Problem("server_error")


def _invalid(error: Any) -> Problem:
    detail = getattr(error, "detail", None)
    fields = detail if isinstance(detail, dict) else {"": detail if detail is not None else error.messages}
    return Problem("invalid", fields=fields)


def _throttled(error: Any) -> Problem:
    return Problem("too_many_requests", retry_after=int(error.wait or RETRY_AFTER_S) + 1)


def _api(error: Any) -> Problem:
    by_status = {400: "bad_request", 401: "not_authenticated", 403: "role_not_allowed", 404: "not_found"}
    return Problem(by_status.get(error.status_code, "bad_request"), str(error.detail))


def constraint_problem(error: Any) -> Problem:
    """The problem of a violated constraint: a code of its own, or one by its sort."""
    cause = error.__cause__
    state = getattr(cause, "sqlstate", "") or ""
    name = getattr(getattr(cause, "diag", None), "constraint_name", None) or ""
    if name in _constraints:
        return Problem(_constraints[name])
    if state in {_UNIQUE, _EXCLUSION}:
        return Problem("already_exists", constraint=name)
    if state in {_CHECK, _FOREIGN}:
        return Problem("conflict", constraint=name)
    return Problem("conflict")


def _busy(error: Exception) -> Problem:
    log.warning("database busy", error_type=type(error).__name__)
    return Problem("unavailable", retry_after=RETRY_AFTER_S)


_CONVERTERS: tuple[tuple[Any, Callable[[Any], Problem]], ...] = (
    ((drf.ValidationError, ValidationError), _invalid),
    (drf.ParseError, lambda error: Problem("invalid_json", str(error.detail))),
    (drf.NotAuthenticated, lambda _error: Problem("not_authenticated")),
    (drf.AuthenticationFailed, lambda _error: Problem("sign_in_again")),
    ((drf.PermissionDenied, PermissionDenied), lambda _error: Problem("role_not_allowed")),
    ((drf.NotFound, Http404), lambda _error: Problem("not_found")),
    (drf.MethodNotAllowed, lambda _error: Problem("method_not_allowed")),
    (drf.NotAcceptable, lambda _error: Problem("not_acceptable")),
    (drf.UnsupportedMediaType, lambda _error: Problem("unsupported_media_type")),
    (drf.Throttled, _throttled),
    (drf.APIException, _api),
    (UnreadablePostError, lambda _error: Problem("bad_request", "the body did not arrive")),
    ((RequestDataTooBig, TooManyFieldsSent), lambda _error: Problem("too_large")),
    (SuspiciousOperation, lambda _error: Problem("bad_request")),
    (IntegrityError, constraint_problem),
    (DataError, lambda _error: Problem("invalid", "a value does not fit its column")),
)


def _where(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""


def request_id_of(request: Any) -> str:
    return str(getattr(request, "request_id", "") or "")


def _headers(problem: Problem) -> dict[str, str]:
    """What RFC 9110 asks beside a status: the scheme that is heard, how much there is, when to come back."""
    found = {}
    if wait := problem.extra.get("retry_after"):
        found["Retry-After"] = str(wait)
    if problem.status == HTTPStatus.UNAUTHORIZED:
        found["WWW-Authenticate"] = "Bearer"
    if problem.status == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE:
        found["Content-Range"] = f"bytes */{problem.extra['size']}"
    return found


def _spread(problem: Problem, error: Exception, request: Any) -> Problem:
    """A busy database does not call back all phones at the same second: each device has its own."""
    device = getattr(getattr(request, "actor", None), "device_id", None)
    if is_busy(error) and device:
        problem.extra["retry_after"] = RETRY_AFTER_S + device.int % RETRY_SPREAD_S
    return problem


def _response(problem: Problem, request_id: str) -> Response:
    body = problem.body() | {"request_id": request_id}
    return Response(body, status=problem.status, headers=_headers(problem), content_type=MEDIA_TYPE)


def http_response(problem: Problem, request: HttpRequest | None) -> HttpResponse:
    """The same body outside DRF: middleware, raw sync views, Django's own error handlers."""
    body = problem.body() | {"request_id": request_id_of(request)}
    return HttpResponse(
        dumps(body), status=problem.status, headers=_headers(problem), content_type=MEDIA_TYPE
    )


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return http_response(Problem("bad_request"), request)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return http_response(Problem("role_not_allowed"), request)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return http_response(Problem("not_found"), request)


def server_error(request: HttpRequest) -> HttpResponse:
    return http_response(Problem("server_error"), request)
