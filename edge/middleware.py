"""What stands around every request: its id, its log line, its size limit, and an answer that is never
HTML."""

import re
import time
from collections.abc import Callable

import structlog
from django.http import HttpRequest, HttpResponse

from edge import clock_table
from edge.conf import setting
from edge.problem_handler import as_problem, http_response
from kernel.ids import uuid7
from kernel.problems import Problem

log = structlog.get_logger()
Handler = Callable[[HttpRequest], HttpResponse]
_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


class RequestScope:
    """Gives the request an id (the caller's, when it is well formed), binds it to the log, logs one line."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        request_id = given if _ID.fullmatch(given) else str(uuid7())
        request.request_id = request_id  # type: ignore[attr-defined]  # because requests carry what we add
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        clock_table.refresh()
        response = self.get_response(request)
        response["X-Request-Id"] = request_id
        if getattr(request, "scope_changed", False):
            # Set by authentication: the caller's token was minted before the own roles or grids changed.
            response["X-Scope-Changed"] = "1"
        self._log(request, response, started)
        return response

    @staticmethod
    def _log(request: HttpRequest, response: HttpResponse, started: float) -> None:
        match = request.resolver_match
        log.info(
            "request",
            method=request.method,
            route=match.route if match else "",
            status=response.status_code,
            duration_ms=round((time.perf_counter() - started) * 1000, 1),
        )

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse:
        """What escapes a view outside DRF."""
        return http_response(as_problem(exception), request)


class BodyLimit:
    """Refuses a body by its declared length, before a byte of it is read, and NUL in the query."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not length.isdigit():
            return http_response(Problem("bad_request"), request)
        if int(length) > setting("BODY_MAX_BYTES"):
            return http_response(Problem("too_large", limit=setting("BODY_MAX_BYTES")), request)
        if "%00" in request.META.get("QUERY_STRING", "") or "\x00" in request.path:
            return http_response(Problem("bad_parameter"), request)
        return self.get_response(request)
