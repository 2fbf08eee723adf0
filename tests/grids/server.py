"""The server of the suite behind a real port, for programs of others that speak HTTP."""

import os
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from socketserver import ThreadingMixIn
from tempfile import NamedTemporaryFile
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.core.wsgi import get_wsgi_application


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Quiet(WSGIRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """The suite reads answers, not logs."""


@contextmanager
def serving() -> Iterator[str]:
    """The base address; the test must have committed what it wants to be seen."""
    server = make_server("127.0.0.1", 0, get_wsgi_application(), _Threads, _Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def gdal(program: str, *arguments: str, token: str) -> subprocess.CompletedProcess[str]:
    """A program of GDAL with a token in its headers, from a file: 3.10 does not hear `GDAL_HTTP_HEADERS`."""
    with NamedTemporaryFile("w", suffix=".key", encoding="ascii") as headers:
        headers.write(f"Authorization: Bearer {token}\n")
        headers.flush()
        env = {**os.environ, "GDAL_HTTP_HEADER_FILE": headers.name, "GDAL_HTTP_TIMEOUT": "20"}
        command = [program, *arguments]
        return subprocess.run(command, env=env, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603  because it is GDAL's own program
