"""gunicorn's threads, with four habits of ours: phones never hold all of them; a problem body where gunicorn
itself refuses what no view ever sees; no endless waiting for a phone that lost its network in the middle of a
request; an answer that is heard also by who is still sending."""

import json
import os
import socket
import struct
import time
from collections import deque
from contextlib import suppress
from functools import partial
from selectors import EVENT_READ
from typing import Any

from gunicorn.http.errors import ConfigurationProblem, ParseException
from gunicorn.workers.gthread import TConn, ThreadWorker

from backend import lanes
from edge.conf import setting
from kernel.problems import Problem
from sync import metrics

_REASONS = {400: "Bad Request", 500: "Internal Server Error", 503: "Service Unavailable"}
_OURS = (ConfigurationProblem.__name__, "InvalidResponseHeader", "InvalidResponseHeaderName")
_GONE_ALREADY = (BlockingIOError, ConnectionAbortedError, InterruptedError)


class Worker(ThreadWorker):
    """`--worker-class backend.serving.Worker`. All that is said of lanes runs in the main thread alone."""

    silence_seconds = 20
    unread_bytes, unread_seconds = 32 * 1024 * 1024, 2.0

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        reserved = int(os.environ.get("GRIDGOV_STAFF_THREADS", "2"))
        places = max(self.cfg.threads - reserved, 1)
        self.phones = lanes.Line(places, setting("SYNC_LINE_S"), most=self.worker_connections // 2)
        self.leaving: deque[TConn] = deque()

    def accept(self, listener: socket.socket) -> None:
        """A connection takes a thread when its request has begun to arrive, not before."""
        try:
            sock, address = listener.accept()
        except _GONE_ALREADY:
            return
        conn = TConn(self.cfg, sock, address, listener.getsockname())
        self.nr_conns += 1
        conn.timeout = time.monotonic() + self.cfg.keepalive
        self.pending_conns.append(conn)
        self.poller.register(sock, EVENT_READ, partial(self.on_pending_socket_readable, conn))

    def enqueue_req(self, conn: TConn) -> None:
        """To a thread, or in line."""
        if not lanes.is_phones(_start(conn)):
            super().enqueue_req(conn)
            return
        wait = self.phones.come(conn, time.monotonic())
        if wait is not None:
            self._put_off(conn, wait)
        self._serve_phones()

    def _serve_phones(self) -> None:
        while (conn := self.phones.next()) is not None:
            conn.served_since = time.monotonic()
            super().enqueue_req(conn)

    def finish_request(self, conn: TConn, fs: Any) -> None:
        since = getattr(conn, "served_since", None)
        if since is not None:
            conn.served_since = None
            self.phones.done(time.monotonic() - since)
        super().finish_request(conn, fs)
        self._serve_phones()

    def _put_off(self, conn: TConn, wait: int) -> None:
        """Answered without a thread; what is still being sent is taken in, or the answer would be lost."""
        metrics.put_off.inc()
        with suppress(OSError):
            conn.sock.setblocking(False)
            conn.sock.send(answer("unavailable", retry_after=wait))
            conn.sock.shutdown(socket.SHUT_WR)
        conn.timeout = time.monotonic() + self.unread_seconds
        self.leaving.append(conn)
        self.poller.register(conn.sock, EVENT_READ, partial(self._drain, conn))

    def _drain(self, conn: TConn, sock: socket.socket) -> None:
        try:
            gone = not sock.recv(65536)
        except BlockingIOError:
            gone = False
        except OSError:
            gone = True
        if gone:
            self.leaving.remove(conn)
            self._leave(conn)

    def murder_pending(self) -> None:
        """Also those put off that go on sending."""
        super().murder_pending()
        while self.leaving and self.leaving[0].timeout <= time.monotonic():
            self._leave(self.leaving.popleft())

    def _leave(self, conn: TConn) -> None:
        self.poller.unregister(conn.sock)
        self.nr_conns -= 1
        conn.close()

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


def _start(conn: TConn) -> bytes:
    """The first bytes of the next request, left where they are."""
    read_ahead: bytes = conn.parser.unreader.buf.getvalue() if conn.parser else b""
    if read_ahead:
        return read_ahead[: lanes.START_BYTES]
    try:
        return conn.sock.recv(lanes.START_BYTES, socket.MSG_PEEK | socket.MSG_DONTWAIT)
    except OSError:
        return b""


def answer(code: str, *, retry_after: int | None = None) -> bytes:
    """A whole HTTP response with the problem of this code."""
    problem = Problem(code) if retry_after is None else Problem(code, retry_after=retry_after)
    body = json.dumps(problem.body(), ensure_ascii=False).encode()
    again = f"Retry-After: {retry_after}\r\n" if retry_after is not None else ""
    head = (
        f"HTTP/1.1 {problem.status} {_REASONS[problem.status]}\r\nConnection: close\r\n{again}"
        f"Content-Type: application/problem+json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode("ascii") + body
