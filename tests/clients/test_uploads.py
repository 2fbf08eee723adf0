"""The reference device's uploads against a small server of tus that cuts, damages and refuses."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from gridphone.transport import BadNetwork, HttpTransport, NetworkLost, ServerProblem
from gridphone.uploads import Album, Sent, Uploader, declared

CONTENT = bytes(range(256)) * 5


@dataclass
class Server:
    """Takes parts; `faults` are done one by one: `cut` (taken, no answer), `lost` (not taken, no answer),
    or a status."""

    faults: list[Any] = field(default_factory=list)
    held: bytes = b""
    url: str = ""
    asked: list[str] = field(default_factory=list)
    unknown: bool = False


class Handler(BaseHTTPRequestHandler):
    server_of: Server

    def do_POST(self) -> None:
        self.server_of.asked.append("POST")
        if self.server_of.unknown:
            self._refuse(b'{"code": "file_unknown"}')
        else:
            self._stand(201)

    def do_HEAD(self) -> None:
        self.server_of.asked.append("HEAD")
        if "POST" in self.server_of.asked or self.server_of.held:
            self._stand(200)
        else:
            self.send_error(404)

    def do_PATCH(self) -> None:
        length = int(self.headers["Content-Length"])
        part = self.rfile.read(length)
        if len(part) < length:
            return
        server, at = self.server_of, int(self.headers["Upload-Offset"])
        fault = server.faults.pop(0) if server.faults else None
        if isinstance(fault, int):
            self.send_error(fault)
            return
        if fault != "lost" and at == len(server.held):
            server.held += part
        if fault is None:
            self._stand(204)

    def _refuse(self, body: bytes) -> None:
        self.send_response(404)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

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
    return Uploader(HttpTransport(server.url), lambda: "token", part=100, tries=3, pause=lambda _: None)


def test_a_file_is_declared_by_its_hash() -> None:
    told = declared(b"abc", name="x.png", media_type="image/png")
    assert told["sha256"].startswith("ba7816bf")
    assert (told["size"], len(told["id"])) == (3, 36)


@pytest.mark.parametrize("fault", ["cut", "lost", 503])
def test_a_break_goes_on_where_the_server_stands(server: Server, fault: Any) -> None:
    server.faults = [None, None, fault, fault]
    sent = uploader(server).send("f", CONTENT)
    assert (server.held, sent.breaks) == (CONTENT, 2)


def test_an_upload_begins_once_and_goes_on_by_asking_where_it_stands(server: Server) -> None:
    server.faults = [None, "lost"]
    uploader(server).send("f", CONTENT)
    assert server.asked == ["HEAD", "POST", "HEAD"]


def test_after_a_restart_nothing_is_sent_twice(server: Server) -> None:
    server.held = CONTENT[:1200]
    assert uploader(server).send("f", CONTENT) == Sent(parts=1, breaks=0)


def test_a_bad_network_loses_doubles_and_breaks_off_and_the_file_is_whole(server: Server) -> None:
    network = BadNetwork(HttpTransport(server.url), seed=3, break_off=0.3)
    sent = Uploader(network, lambda: "token", part=50, tries=9, pause=lambda _: None).send("f", CONTENT)
    assert server.held == CONTENT
    assert sent.breaks > 0
    assert all(network.counts[fault] for fault in ("lost", "unheard", "doubled", "broken off"))


def test_what_is_refused_for_good_is_told(server: Server) -> None:
    server.faults = [None, 422]
    with pytest.raises(ServerProblem):
        uploader(server).send("f", CONTENT)


def test_a_server_that_never_takes_a_part_ends_the_try(server: Server) -> None:
    server.faults = [500] * 100
    with pytest.raises(NetworkLost):
        uploader(server).send("f", CONTENT)


def test_an_album_keeps_a_file_until_the_server_has_it(server: Server, tmp_path: Path) -> None:
    told = Album(tmp_path / "photos").keep(CONTENT, name="x.jpg", media_type="image/jpeg")
    server.faults = [500] * 100
    album = Album(tmp_path / "photos")
    with pytest.raises(NetworkLost):
        album.send(uploader(server))
    assert album.waiting() == [told["id"]]
    server.faults = []
    assert list(album.send(uploader(server))) == [told["id"]]
    assert (server.held, album.waiting()) == (CONTENT, [])


def test_a_file_whose_record_was_not_taken_waits(server: Server, tmp_path: Path) -> None:
    album = Album(tmp_path)
    album.keep(CONTENT, name="x.jpg", media_type="image/jpeg")
    server.unknown = True
    assert (album.send(uploader(server)), len(album.waiting())) == ({}, 1)
