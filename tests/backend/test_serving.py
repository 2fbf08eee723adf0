"""gunicorn as we run it: what it refuses itself is a problem too, and silence frees the thread."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing

import pytest

Ask = Callable[[bytes], tuple[int, str, bytes]]
COMMAND = [
    sys.executable, "-m", "gunicorn", "tests.backend.served:application", "--workers", "1", "--threads", "1",
    "--worker-class", "tests.backend.served.Impatient", "--no-control-socket",
]  # fmt: skip


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    found = _free_port()
    server = subprocess.Popen([*COMMAND, "--bind", f"127.0.0.1:{found}"], stderr=subprocess.DEVNULL)  # noqa: S603  because the command stands above
    try:
        for _ in range(200):
            with closing(socket.socket()) as probe:
                if probe.connect_ex(("127.0.0.1", found)) == 0:
                    break
            time.sleep(0.05)
        yield found
    finally:
        server.terminate()
        server.wait(10)


def ask(port: int, raw: bytes) -> bytes:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(raw)
        return b"".join(iter(lambda: line.recv(65536), b""))


def heard(line: socket.socket) -> bool:
    """Whether the whole answer came; it may come in pieces."""
    got = b""
    while not got.endswith(b"0 bytes") and (piece := line.recv(4096)):
        got += piece
    return got.endswith(b"0 bytes")


GET = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"


@pytest.mark.parametrize(
    "raw",
    [
        b"GET /\r\n\r\n",
        b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        GET + b"Content-Length: -5\r\n\r\n",
        GET + b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        GET + b"Transfer-Encoding: rot13\r\n\r\n",
        GET + b"X-Name: \x01\r\n\r\n",
        GET + b"Expect: 200-maybe\r\n\r\n",
        GET + b"".join(b"X-%d: 1\r\n" % n for n in range(200)) + b"\r\n",
        b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n",
    ],
)
def test_what_no_view_sees_is_refused_with_a_problem(port: int, raw: bytes) -> None:
    head, _, body = ask(port, raw).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 400 ")
    assert b"Content-Type: application/problem+json" in head
    assert json.loads(body)["code"] == "bad_request"


@pytest.mark.parametrize("raw", [b"POST / HTTP/1.1\r\nHost", GET + b"Content-Length: 100\r\n\r\nhalf a bo"])
def test_a_phone_that_falls_silent_does_not_keep_the_thread(port: int, raw: bytes) -> None:
    """There is one thread only: it is free again for the next caller."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as silent:
        silent.sendall(raw)
        time.sleep(0.2)
        started = time.monotonic()
        assert ask(port, GET + b"\r\n").endswith(b"0 bytes")
        assert time.monotonic() - started < 5


POST = b"POST /unread HTTP/1.1\r\nHost: x\r\n%sContent-Length: %d\r\n\r\n"


@pytest.mark.parametrize("close", [b"", b"Connection: close\r\n"])
def test_who_sends_ten_megabytes_before_reading_hears_the_answer(port: int, close: bytes) -> None:
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(POST % (close, 10_000_000) + b"x" * 10_000_000)
        assert heard(line)


def test_the_answer_does_not_wait_for_a_body_that_never_comes(port: int) -> None:
    started = time.monotonic()
    with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
        line.sendall(POST % (b"", 10**15) + b"x")
        assert heard(line)
    assert time.monotonic() - started < 2
