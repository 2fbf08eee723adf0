"""gunicorn as we run it: what it refuses itself is a problem too, and silence frees the thread."""

import json
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest

Ask = Callable[[bytes], tuple[int, str, bytes]]
COMMAND = [
    sys.executable, "-m", "gunicorn", "tests.backend.served:application", "--workers", "1",
    "--no-control-socket",
]  # fmt: skip


def _free_port() -> int:
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def serving(worker: str, threads: int, **env: str) -> Iterator[int]:
    found = _free_port()
    command = [*COMMAND, "--worker-class", worker, "--threads", str(threads), "--bind", f"127.0.0.1:{found}"]
    server = subprocess.Popen(command, env={**os.environ, **env}, stderr=subprocess.DEVNULL)  # noqa: S603  because the command stands above
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


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving("tests.backend.served.Impatient", 1) as found:
        yield found


@pytest.fixture(scope="module")
def port_of_lanes() -> Iterator[int]:
    """One thread for phones, who never wait in line, and one for staff."""
    with serving("backend.serving.Worker", 2, GRIDGOV_STAFF_THREADS="1", GRIDGOV_SYNC_LINE_S="0") as found:
        yield found


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


PUSH = b"POST /api/v1/sync/push HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: %d\r\n\r\n"


def until(port: int, request: bytes, wanted: bytes) -> bytes:
    """The first answer that holds `wanted`; the last one if none comes in time."""
    ends = time.monotonic() + 2
    while wanted not in (found := ask(port, request)) and time.monotonic() < ends:
        time.sleep(0.02)
    return found


def answered(line: socket.socket) -> bool:
    """Whether something has come, without waiting for it."""
    line.setblocking(False)
    try:
        return line.recv(1, socket.MSG_PEEK) is not None
    except BlockingIOError:
        return False


@contextmanager
def slow_phone(port: int) -> Iterator[None]:
    """It holds the one place that phones have; one that was put off itself, or lost by then, is replaced."""
    for _ in range(5):
        with socket.create_connection(("127.0.0.1", port), timeout=10) as line:
            line.sendall(PUSH % 100 + b"half a bo")
            if b" 503 " in until(port, PUSH % 0, b" 503 ") and not answered(line):
                yield
                return
    raise AssertionError("no phone holds the place")


def test_staff_are_served_while_phones_hold_all_their_places(port_of_lanes: int) -> None:
    with slow_phone(port_of_lanes):
        started = time.monotonic()
        assert ask(port_of_lanes, GET + b"\r\n").endswith(b"0 bytes")
        assert time.monotonic() - started < 2


def test_a_phone_without_a_place_is_told_when_to_come_again(port_of_lanes: int) -> None:
    with slow_phone(port_of_lanes):
        head, _, body = until(port_of_lanes, PUSH % 0, b" 503 ").partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 503 ")
    assert re.search(rb"\r\nRetry-After: [1-9]\d*\r\n", head)
    assert json.loads(body)["code"] == "unavailable"


def test_who_is_put_off_in_the_middle_of_a_body_hears_the_answer(port_of_lanes: int) -> None:
    big = PUSH % 3_000_000 + b"x" * 3_000_000
    for _ in range(5):  # a busy machine loses the slow phone while three megabytes are read
        with (
            slow_phone(port_of_lanes),
            socket.create_connection(("127.0.0.1", port_of_lanes), timeout=10) as line,
        ):
            line.sendall(big)
            if line.recv(65536).startswith(b"HTTP/1.1 503 "):
                return
    raise AssertionError("nobody was put off")


def test_a_place_is_free_again_after_the_phone(port_of_lanes: int) -> None:
    for _ in range(2):
        assert until(port_of_lanes, PUSH % 2 + b"{}", b" 200 ").endswith(b"2 bytes")
