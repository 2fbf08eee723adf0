"""The reference device's uploads against a small server of tus that cuts, damages and refuses."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from gridphone.transport import NetworkLost, ServerProblem
from gridphone.uploads import Uploader, declared

CONTENT = bytes(range(256)) * 5


@dataclass
class Server:
    """Takes parts; `faults` are done one by one: `cut` (taken, no answer), `lost` (not taken, no answer),
    or a status."""

    faults: list[Any] = field(default_factory=list)
    held: bytes = b""
    url: str = ""


class Handler(BaseHTTPRequestHandler):
    server_of: Server

    def do_POST(self) -> None:
        self._stand(201)

    def do_PATCH(self) -> None:
        part = self.rfile.read(int(self.headers["Content-Length"]))
        server, at = self.server_of, int(self.headers["Upload-Offset"])
        fault = server.faults.pop(0) if server.faults else None
        if isinstance(fault, int):
            self.send_error(fault)
            return
        if fault != "lost" and at == len(server.held):
            server.held += part
        if fault is None:
            self._stand(204)

    def _stand(self, status: int) -> None:
        self.send_response(status)
        self.send_header("Upload-Offset", str(len(self.server_of.held)))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[Server]:
    about = Server()
    handler = type("Bound", (Handler,), {"server_of": about})
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        about.url = f"http://127.0.0.1:{running.server_port}"
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield about
        running.shutdown()


def uploader(server: Server) -> Uploader:
    return Uploader(server.url, lambda: "token", part=100, tries=3, pause=lambda _: None)


def test_a_file_is_declared_by_its_hash() -> None:
    told = declared(b"abc", name="x.png", media_type="image/png")
    assert told["sha256"].startswith("ba7816bf")
    assert (told["size"], len(told["id"])) == (3, 36)


@pytest.mark.parametrize("fault", ["cut", "lost", 503])
def test_a_break_goes_on_where_the_server_stands(server: Server, fault: Any) -> None:
    server.faults = [None, None, fault, fault]
    uploader(server).send("f", CONTENT)
    assert server.held == CONTENT


def test_what_is_refused_for_good_is_told(server: Server) -> None:
    server.faults = [None, 422]
    with pytest.raises(ServerProblem):
        uploader(server).send("f", CONTENT)


def test_a_server_that_never_takes_a_part_ends_the_try(server: Server) -> None:
    server.faults = [500] * 100
    with pytest.raises(NetworkLost):
        uploader(server).send("f", CONTENT)
