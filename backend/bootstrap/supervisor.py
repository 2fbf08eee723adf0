"""`make run`: everything that a district needs, started in order, watched, and stopped together."""

import ctypes
import errno
import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections import deque
from pathlib import Path
from types import FrameType
from typing import IO

from backend.bootstrap import say
from backend.bootstrap.cluster import Cluster
from backend.bootstrap.shell import Trouble
from backend.bootstrap.venv import PYTHON, ROOT

READY_SECONDS = 60
STOP_SECONDS = 20
WATCH_SECONDS = 1.0
RESTARTS = 5  # within a minute; then the child is broken, not unlucky
MINUTE = 60
PR_SET_PDEATHSIG = 1
TAIL_LINES = 8
HIGHEST_PORT = 65_535


def refuse_port(host: str, port: int) -> None:
    """Trouble, with what to do, when the web server could not listen there."""
    try:
        family, kind, _, _, where = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(where)
    except OSError as error:
        raise Trouble(_why_not(host, port, error)) from error


def _why_not(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        other = port + 1 if port < HIGHEST_PORT else port - 1
        return f"port {port} is taken by another program: make run PORT={other}"
    if error.errno == errno.EACCES:
        return f"port {port} is root's (below 1024): make run PORT=8000, with a proxy before it"
    return f"cannot listen on {host}, port {port} ({error.strerror}): HOST is an address of this machine"


def in_url(host: str) -> str:
    """IPv6 stands in brackets there (RFC 3986)."""
    return f"[{host}]" if ":" in host else host


def _die_with_parent() -> None:
    """Runs in the child: the kernel stops it when the supervisor is killed, so no process is left behind."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


class Child:
    """One process of ours with its log, started again when it dies."""

    def __init__(self, name: str, command: list[str], env: dict[str, str], logs: Path) -> None:
        self.name, self.command, self.env = name, command, env
        self.log = logs / f"{name}.log"
        self.process: subprocess.Popen[bytes] | None = None
        self.starts: deque[float] = deque(maxlen=RESTARTS)

    def start(self) -> None:
        self.starts.append(time.monotonic())
        with self.log.open("ab") as out:
            self.process = self._spawn(out)

    def _spawn(self, out: IO[bytes]) -> subprocess.Popen[bytes]:
        return subprocess.Popen(  # noqa: S603  because the command is built below from our own interpreter
            self.command,
            cwd=ROOT,
            env=self.env,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=out,
            start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops them in order
            preexec_fn=_die_with_parent,  # noqa: PLW1509  because this process has no threads
        )

    def watch(self) -> None:
        """Start it again when it is gone; give up when it keeps dying."""
        if self.process is None or self.process.poll() is None:
            return
        if len(self.starts) == RESTARTS and time.monotonic() - self.starts[0] < MINUTE:
            raise Trouble(f"the {self.name} process keeps ending; the end of {self.log}:\n{self.tail()}")
        say.problem(f"the {self.name} process ended with {self.process.returncode}; starting it again")
        self.start()

    def stop(self) -> None:
        if self.process is None or self.process.poll() is not None:
            return
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def tail(self) -> str:
        text = self.log.read_text(encoding="utf-8", errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-TAIL_LINES:])


def web(env: dict[str, str], logs: Path, host: str, port: int) -> Child:
    threads = env.setdefault("GRIDGOV_THREADS", "6")
    metrics = logs.parent / "metrics"  # counted together over the processes of one run
    shutil.rmtree(metrics, ignore_errors=True)
    metrics.mkdir(mode=0o700)
    env["PROMETHEUS_MULTIPROC_DIR"] = str(metrics)
    env.setdefault(
        "MALLOC_ARENA_MAX", "2"
    )  # threads that each keep their own heap hold a gigabyte after a herd
    command = [str(PYTHON), "-m", "gunicorn", "backend.wsgi", "--worker-class", "backend.serving.Worker"]
    command += [
        "--workers",
        env.get("GRIDGOV_WEB", "2"),
        "--threads",
        threads,
        "--bind",
        f"{in_url(host)}:{port}",
    ]
    command += ["--graceful-timeout", "10", "--keep-alive", "30", "--no-control-socket"]
    return Child("web", command, {**env, "GRIDGOV_POOL": "1"}, logs)


def worker(env: dict[str, str], logs: Path) -> Child:
    return Child("worker", [str(PYTHON), "manage.py", "worker"], env, logs)


class Stopped(Exception):
    """Ctrl-C or a stop signal."""


def _on_signal(_number: int, _frame: FrameType | None) -> None:
    raise Stopped


class Supervisor:
    """The children of one run and, where it is ours, the cluster below them."""

    def __init__(self, place: Path, cluster: Cluster | None) -> None:
        self.cluster = cluster
        self.children: list[Child] = []
        self.mark = place / "run.json"

    def guard(self) -> None:
        """From here on every way to end stops what was started."""
        self.mark.write_text(json.dumps({"pid": os.getpid()}), encoding="ascii")
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, _on_signal)

    def launch(self, child: Child) -> None:
        self.children.append(child)
        child.start()

    def wait_ready(self, url: str) -> None:
        """Until the health page says ready."""
        deadline = time.monotonic() + READY_SECONDS
        while not _ready(url):
            for child in self.children:
                child.watch()
            if time.monotonic() > deadline:
                tails = "\n".join(f"{child.log}:\n{child.tail()}" for child in self.children)
                raise Trouble(f"{url} is not ready after {READY_SECONDS} s\n{tails}")
            time.sleep(0.1)

    def watch(self) -> None:
        while True:
            time.sleep(WATCH_SECONDS)
            if self.cluster and not self.cluster.answers():
                say.problem("PostgreSQL does not answer; starting it again")
                self.cluster.start()
            for child in self.children:
                child.watch()

    def stop(self) -> None:
        """Web first, so that nothing new comes in; the database last."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for child in self.children:
            child.stop()
        if self.cluster:
            self.cluster.stop()
        self.mark.unlink(missing_ok=True)


def refuse_second(place: Path) -> None:
    if running := pid_of(place / "run.json"):
        raise Trouble(f"already running here (process {running}): stop it with 'make stop'")


def pid_of(mark: Path) -> int | None:
    """The supervisor that wrote this mark, if it still lives and is one."""
    try:
        pid = int(json.loads(mark.read_text(encoding="ascii"))["pid"])
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
    except (OSError, ValueError, KeyError):
        return None
    return pid if pid != os.getpid() and b"backend.bootstrap\0run\0" in command else None


def _ready(url: str) -> bool:
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(url, timeout=5) as answer:
            return bool(answer.status == 200)  # noqa: PLR2004  because 200 is HTTP's own name for it
    except (OSError, urllib.error.URLError):
        return False
