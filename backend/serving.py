"""gunicorn's threads, with three habits of ours: a problem body where gunicorn itself refuses what no view
ever sees; no endless waiting for a phone that lost its network in the middle of a request; an answer that is
heard also by who is still sending."""

import json
import socket
import struct
import time
from contextlib import suppress
from typing import Any

from gunicorn.http.errors import ConfigurationProblem, ParseException
from gunicorn.workers.gthread import ThreadWorker

from kernel.problems import Problem

_REASONS = {400: "Bad Request", 500: "Internal Server Error"}
_OURS = (ConfigurationProblem.__name__, "InvalidResponseHeader", "InvalidResponseHeaderName")


class Worker(ThreadWorker):
    """`--worker-class backend.serving.Worker`"""

    silence_seconds = 20
    unread_bytes, unread_seconds = 32 * 1024 * 1024, 2.0

    def handle(self, conn: Any) -> Any:
        """One thread for one connection: after this much silence in the middle of a request or an answer the
        thread is free again."""
        for option in (socket.SO_RCVTIMEO, socket.SO_SNDTIMEO):
            conn.sock.setsockopt(socket.SOL_SOCKET, option, struct.pack("@ll", self.silence_seconds, 0))
        return super().handle(conn)

    def _keepalive_after(self, conn: Any, keepalive: bool) -> bool:
        """After an answer that did not wait for the whole body, take in the rest for a moment: most clients
        read nothing before all is sent, and would see a broken connection instead of the answer."""
        until = time.monotonic() + self.unread_seconds
        return bool(conn.parser.finish_body(deadline=until, max_bytes=self.unread_bytes)) and keepalive

    def handle_error(self, req: Any, client: Any, addr: Any, exc: BaseException) -> None:
        """A broken request line, header or chunk is `bad_request`; anything else is ours. Neither the log nor
        the answer repeats what was sent."""
        theirs = isinstance(exc, ParseException) and type(exc).__name__ not in _OURS
        self.log.warning("%s: %s", "malformed request" if theirs else "request failed", type(exc).__name__)
        with suppress(OSError):
            client.sendall(answer("bad_request" if theirs else "server_error"))


def answer(code: str) -> bytes:
    """A whole HTTP response with the problem of this code."""
    problem = Problem(code)
    body = json.dumps(problem.body(), ensure_ascii=False).encode()
    head = (
        f"HTTP/1.1 {problem.status} {_REASONS[problem.status]}\r\nConnection: close\r\n"
        f"Content-Type: application/problem+json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode("ascii") + body
