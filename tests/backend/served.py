"""What the tests of the server's threads serve: one byte count, by impatient threads."""

from collections.abc import Callable, Iterable
from typing import Any

from backend.serving import Worker


class Impatient(Worker):
    silence_seconds = 1


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    taken = 0 if environ["PATH_INFO"] == "/unread" else len(environ["wsgi.input"].read())
    body = f"{taken} bytes".encode()
    start_response("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]
