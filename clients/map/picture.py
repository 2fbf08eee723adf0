"""Two pictures of the demo district by MapLibre GL JS, in a browser that reaches nothing but our server.

    make map-picture        (a demo district must be running: make run)

The page, the library and the server stand behind one local address; every other name is blocked in the
browser, and the page says from where it loaded anything. Fails when a level is not on the picture.
"""

import argparse
import base64
import json
import shutil
import subprocess
import sys
import tempfile
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LIBRARY = HERE / "node_modules" / "maplibre-gl" / "dist"
TYPES = {
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript",
    ".mjs": "text/javascript",
    ".css": "text/css",
}
WAIT_S = 120
WANTED = {
    "whole": {"district-line": 1, "street-line": 15, "community-line": 100},
    "near": {"grid-line": 20, "grid-name": 10, "community-line": 2},
}
"""How many of a level must be on each picture at least."""
PASSED_ON = ("Content-Type", "ETag", "Cache-Control")


class Browser(BaseHTTPRequestHandler):
    """The one address that the browser reaches."""

    base = token = ""
    said: dict[str, Any] = {}
    ready = threading.Event()

    def do_GET(self) -> None:
        if self.path.startswith("/api/"):
            self._forward()
            return
        name = "page.html" if self.path == "/" else self.path.lstrip("/")
        file = LIBRARY / name.removeprefix("lib/") if name.startswith("lib/") else HERE / name
        if not file.is_file() or file.parent not in (LIBRARY, HERE):
            self._answer(404, b"", "text/plain")
            return
        self._answer(200, file.read_bytes(), TYPES.get(file.suffix, "application/octet-stream"))

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        Browser.said = body
        self._answer(200, b"{}", "application/json")
        Browser.ready.set()

    def _forward(self) -> None:
        headers = {"Authorization": f"Bearer {self.token}", "Host": self.headers["Host"]}
        request = urllib.request.Request(self.base + self.path, headers=headers)  # noqa: S310  because it is the running server of the demo
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310  because it is the running server of the demo
                self._answer(answer.status, answer.read(), answer.headers.get("Content-Type") or "")
        except urllib.error.HTTPError as error:
            self._answer(error.code, error.read(), "application/problem+json")

    def _answer(self, status: int, body: bytes, media_type: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Only the outcome is told."""


@contextmanager
def standing(base: str, token: str) -> Iterator[str]:
    Browser.base, Browser.token = base, token
    server = ThreadingHTTPServer(("127.0.0.1", 0), Browser)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()


def signed_in(demo: dict[str, Any]) -> str:
    account = next(row for row in demo["accounts"] if row["role"] == "district_admin")
    body = json.dumps({"username": account["username"], "password": account["password"]}).encode()
    headers = {"Content-Type": "application/json"}
    request = urllib.request.Request(f"{demo['base_url']}/api/v1/auth/login", body, headers)  # noqa: S310  because it is the running server of the demo
    with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310  because it is the running server of the demo
        return str(json.load(answer)["access"])


def drawn(url: str) -> dict[str, Any]:
    """What the page says when it is done; SystemExit when it does not draw."""
    program = shutil.which("chromium") or shutil.which("google-chrome") or ""
    if not program:
        raise SystemExit("map-picture: no chromium on the PATH")
    with tempfile.TemporaryDirectory() as profile:
        command = [
            program, "--headless=new", "--no-sandbox", f"--user-data-dir={profile}", "--window-size=1000,740",
            "--hide-scrollbars", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--no-first-run",
            "--disable-background-networking", "--disable-component-update", "--no-pings",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", url,
        ]  # fmt: skip
        browser = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603  because it is the system's browser
        try:
            if not Browser.ready.wait(WAIT_S):
                raise SystemExit(f"map-picture: nothing was drawn in {WAIT_S} s")
        finally:
            browser.terminate()
            browser.wait()
    if "error" in Browser.said:
        raise SystemExit(f"map-picture: {Browser.said['error']}")
    return Browser.said


def missing(said: dict[str, Any]) -> list[str]:
    """Levels that are not on the pictures as they must be, and addresses that are not ours."""
    wrong = [
        f"{name}: {said[name]['counts'][layer]} of {layer}, at least {least} are wanted"
        for name, wanted in WANTED.items()
        for layer, least in wanted.items()
        if said[name]["counts"][layer] < least
    ]
    return wrong + [f"loaded from {origin}" for origin in said["origins"] if "//127.0.0.1:" not in origin]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--demo", type=Path, default=ROOT / "var" / "demo.json")
    parser.add_argument("--to", type=Path, default=ROOT / "docs" / "pictures")
    options = parser.parse_args()
    if not options.demo.is_file():
        raise SystemExit(f"map-picture: {options.demo} is missing: start a demo district first (make run)")
    demo = json.loads(options.demo.read_text(encoding="utf-8"))
    with standing(demo["base_url"], signed_in(demo)) as url:
        said = drawn(url)
    options.to.mkdir(parents=True, exist_ok=True)
    for name in WANTED:
        raw = base64.b64decode(said[name]["png"].split(",", 1)[1])
        (options.to / f"map-{name}.png").write_bytes(raw)
        print(f"{name}: {said[name]['counts']}, {len(raw) // 1024} kB")
    wrong = missing(said)
    print("\n".join(wrong) or "nothing was loaded from elsewhere")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
