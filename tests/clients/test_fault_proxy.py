"""The proxy that fails on purpose: what the server saw, and what the client heard."""

import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest
from faults import FaultProxy, Rule
from gridphone import HttpTransport, NetworkLost

LONG = "x" * 5000


class Pretended(ThreadingHTTPServer):
    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answering)
        self.seen: list[bytes] = []

    @property
    def place(self) -> tuple[str, int]:
        return "127.0.0.1", self.server_port


class Answering(BaseHTTPRequestHandler):
    server: Pretended

    def do_POST(self) -> None:
        self.server.seen.append(self.rfile.read(int(self.headers["Content-Length"])))
        body = b'{"number": %d, "text": "%b"}' % (len(self.server.seen), LONG.encode())
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """No line for each request."""


@pytest.fixture
def upstream() -> Iterator[Pretended]:
    server = Pretended()
    Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def number(proxy: FaultProxy) -> int | None:
    """Of the answer that was heard; None when none was."""
    try:
        return int(
            HttpTransport(proxy.url, timeout_s=5).send("POST", "/sync/push", {"a": "一"}).body["number"]
        )
    except NetworkLost:
        return None


def until_seen(upstream: Pretended, count: int) -> int:
    deadline = time.monotonic() + 5
    while len(upstream.seen) < count and time.monotonic() < deadline:
        time.sleep(0.01)
    return len(upstream.seen)


@pytest.mark.parametrize(
    ("rule", "heard", "seen"),
    [
        ("delay=0", 1, 1),
        ("delay=1:0.01", 1, 1),
        ("cut_before=1", None, 0),
        ("cut_after=1", None, 1),
        ("cut_middle=1", None, 1),
        ("twice=1", 2, 2),
        ("throttle=1:1000000", 1, 1),
        ("cut_before=1@/sync/pull", 1, 1),
    ],
)
def test_an_action_shows_at_both_ends(upstream: Pretended, rule: str, heard: int | None, seen: int) -> None:
    with FaultProxy(upstream.place, [Rule.read(rule)]) as proxy:
        assert (number(proxy), len(upstream.seen)) == (heard, seen)


def test_a_held_request_arrives_after_its_sender_has_given_up(upstream: Pretended) -> None:
    with FaultProxy(upstream.place, [Rule("hold", 1, 0.05)]) as proxy:
        assert (number(proxy), upstream.seen) == (None, [])
        assert until_seen(upstream, 1) == 1


def test_the_same_seed_hits_the_same_requests(upstream: Pretended) -> None:
    rules = [Rule("cut_before", 0.3), Rule("twice", 0.3)]
    told = []
    for seed in (1, 1, 2):
        with FaultProxy(upstream.place, rules, seed=seed) as proxy:
            told.append([number(proxy) is None for _ in range(30)])
    assert told[0] == told[1] != told[2]


def test_a_rule_that_says_nothing_known_is_refused() -> None:
    with pytest.raises(ValueError, match="none of"):
        Rule.read("explode=1")
    with pytest.raises(ValueError, match="is not"):
        Rule.read("delay")
