"""What stands around every request: its id, its log line, its size limit, and an answer that is never
HTML."""

import io
import re
import time
from collections.abc import Callable

import structlog
from django.conf import settings
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
    """Refuses a body by its declared length, coding or framing, before anything reads it, and NUL in the
    query. A body without a length (chunked) is read here, up to the limit, so that it counts like any
    other."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        problem = self._refused(request)
        return http_response(problem, request) if problem else self.get_response(request)

    def _refused(self, request: HttpRequest) -> Problem | None:
        meta = request.META
        if "%00" in meta.get("QUERY_STRING", "") or "\x00" in request.path:
            return Problem("bad_parameter")
        if meta.get("HTTP_CONTENT_ENCODING", "identity").strip().lower() not in {"", "identity"}:
            return Problem("unsupported_media_type", "bodies are taken without a content coding")
        length = meta.get("CONTENT_LENGTH") or "0"
        if not length.isdigit():
            return Problem("bad_request")
        if meta.get("HTTP_TRANSFER_ENCODING"):
            return _measured(request, setting("BODY_MAX_BYTES"))
        limit = _limit(request.path)
        return Problem("too_large", limit=limit) if int(length) > limit else None


def _limit(path: str) -> int:
    """Most bytes of a body; more where a view reads it as it comes (`BODIES_IN_PARTS`)."""
    for prefix, name in settings.BODIES_IN_PARTS.items():
        if path.startswith(prefix):
            return int(setting(name))
    return int(setting("BODY_MAX_BYTES"))


def _measured(request: HttpRequest, limit: int) -> Problem | None:
    """Read a chunked body and give it the length it has. Each server has its own error for broken chunks."""
    try:
        body = request.META["wsgi.input"].read(limit + 1)
    except Exception as error:
        log.info("chunks refused", error_type=type(error).__name__)
        return Problem("bad_request")
    if len(body) > limit:
        return Problem("too_large", limit=limit)
    request.META["CONTENT_LENGTH"] = str(len(body))
    request._stream = io.BytesIO(body)  # type: ignore[attr-defined]  # because WSGIRequest reads from it
    return None
