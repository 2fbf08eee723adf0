"""The commands behind `make run`, `make stop`, `make reset` and `make manage`."""

import json
import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from backend.bootstrap import say, supervisor, system, venv
from backend.bootstrap.cluster import Cluster, test_clusters
from backend.bootstrap.home import environment, external, home, prepare
from backend.bootstrap.shell import Trouble
from backend.bootstrap.supervisor import Stopped, Supervisor
from backend.bootstrap.venv import PYTHON, ROOT

STOP_SECONDS = 60
ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104  because they are compared, not bound
CLOSINGS = "closings.jsonl"  # of restricted, sealed and destroyed files: no restore touches it
MADE = (CLOSINGS, "pg", "secrets", "log", "demo.json", "run.json", "files", "demo", "metrics", "admission")


def demo_mode() -> bool:
    return os.environ.get("DEMO", "1").lower() not in {"0", "no", "false"}


def _address() -> tuple[str, int]:
    host, port = os.environ.get("HOST") or "127.0.0.1", os.environ.get("PORT") or "8000"
    if not (port.isascii() and port.isdecimal() and 0 < int(port) <= supervisor.HIGHEST_PORT):
        raise Trouble(f"PORT={port} is no port: a number from 1 to {supervisor.HIGHEST_PORT}")
    return host, int(port)


def run() -> None:
    """Everything from a bare machine to a served district; returns after Ctrl-C."""
    place, (host, port) = home(), _address()
    supervisor.refuse_second(place)
    supervisor.refuse_port(host, port)
    say.line(f"Grid governance backend, in {place}")
    system.ensure(server=not external())
    venv.ensure(venv.RUN if demo_mode() else ("base",))
    prepare(place)
    cluster = None if external() else Cluster(place)
    watched = Supervisor(place, cluster)
    watched.guard()
    try:
        _serve(watched, place, host, port)
    except Stopped:
        say.line("\nstopping …")
    finally:
        watched.stop()
    say.line("stopped; the data stays in place, 'make run' starts again")


def _serve(watched: Supervisor, place: Path, host: str, port: int) -> None:
    if watched.cluster:
        start(watched.cluster)
    env = environment(place, watched.cluster, demo=demo_mode())
    base = env["GRIDGOV_BASE_URL"] = f"http://{supervisor.in_url(ANY.get(host, host))}:{port}"
    env["GRIDGOV_HOSTS"] = ",".join(name for name in (env.get("GRIDGOV_HOSTS"), _named(host)) if name)
    with say.step("database: version, rights, durability"):
        lacks = manage(env, "check_database")
    if "migrations" in lacks:
        with say.step("migrations"):
            manage(env, "migrate", "--verbosity", "0")
    if (place / CLOSINGS).is_file():
        with say.step("closings since the last backup"):
            manage(env, "privacy_reapply")
    if lacks and demo_mode():
        with say.step("demo district"):
            manage(env, "demo_district", show=True)
    with say.step("web server and worker"):
        watched.launch(supervisor.web(env, place / "log", host, port))
        watched.launch(supervisor.worker(env, place / "log"))
        if demo_mode():
            manage(env, "demo_accounts")
        watched.wait_ready(f"{base}/api/v1/health")
    _greet(place, base, env)
    watched.watch()


def _named(host: str) -> str:
    """What a client may call a server that listens on this one address."""
    return "" if host in ANY else supervisor.in_url(host)


def start(cluster: Cluster) -> None:
    if cluster.moved:
        say.line(f"  only root can enter {cluster.home}: the database files go to {cluster.base}")
    with say.step("private PostgreSQL cluster") as words:
        words.append(f"PostgreSQL {cluster.server.major} {cluster.start()}")


def manage(env: dict[str, str], *arguments: str, show: bool = False) -> str:
    """One of Django's commands to its end; what it says is shown, or returned."""
    done = subprocess.run(  # noqa: S603  because it is our own manage.py
        [PYTHON, "manage.py", *arguments],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=None if show else subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    if done.returncode:
        tail = "\n".join(((done.stdout or "") + done.stderr).splitlines()[-12:])
        raise Trouble(f"manage.py {arguments[0]} failed:\n{tail}")
    return done.stdout or ""


def _greet(place: Path, base: str, env: dict[str, str]) -> None:
    say.line(f"\nReady after {say.elapsed():.0f} s: {base}   (logs in {place / 'log'})")
    if demo_mode():
        _show_accounts(place / "demo.json")
    else:
        manage(env, "first_administrator", show=True)
    say.line("\nTry, in another terminal:")
    say.line(f"  curl {base}/api/v1/health")
    if demo_mode():
        account = json.loads((place / "demo.json").read_text(encoding="utf-8"))["accounts"][0]
        login = json.dumps({name: account[name] for name in ("username", "password")})
        say.line(f"  curl {base}/api/v1/auth/login --json '{login}'")
        say.line("  make demo      # 20 phones go offline, come back, and are compared with the truth")
    say.line("\nCtrl-C stops everything.")


def _show_accounts(demo_file: Path) -> None:
    demo = json.loads(demo_file.read_text(encoding="utf-8"))
    say.line(f"\nDemo accounts (all of them with organisations and enrolment codes: {demo_file}):")
    width = max((len(account["role"]) for account in demo["accounts"]), default=0)
    for account in demo["accounts"]:
        say.line(f"  {account['role']:{width}}  {account['username']}  {account['password']}")


# The other commands


def stop() -> None:
    """End what runs here: the supervisor with its children, then a cluster left by a killed one."""
    place = home()
    stopped = _stop_supervisor(place)
    own = [Cluster(place)] if (place / "secrets").is_dir() else []
    for cluster in (*own, *test_clusters(place / "test")):
        stopped = cluster.stop() or stopped
    say.line("stopped" if stopped else "nothing was running")


def _stop_supervisor(place: Path) -> bool:
    pid = supervisor.pid_of(place / "run.json")
    if pid is None:
        return False
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + STOP_SECONDS
    while supervisor.pid_of(place / "run.json"):
        if time.monotonic() > deadline:
            raise Trouble(f"process {pid} does not stop; look into {place / 'log'}, then: kill -9 {pid}")
        time.sleep(0.1)
    return True


def reset() -> None:
    """Delete database, secrets and logs of this installation, after asking."""
    place = home()
    if os.environ.get("YES") != "1":
        say.line(f"This deletes the database, the keys and the logs in {place}, for good.")
        if input("Type 'reset' to go on: ").strip() != "reset":
            raise Trouble("nothing was deleted")
    stop()
    if (place / "secrets").is_dir():
        shutil.rmtree(Cluster(place).base, ignore_errors=True)
    for name in MADE:
        path = place / name
        shutil.rmtree(path) if path.is_dir() else path.unlink(missing_ok=True)
    say.line("deleted; 'make run' starts anew")


def address() -> None:
    """The private cluster's address with its password, for psql and pg_dump of the operator."""
    role = os.environ.get("ROLE") or "app"
    if role not in {"owner", "app", "postgres"}:
        raise Trouble("ROLE is one of: owner, app, postgres")
    if external():
        raise Trouble("DATABASE_URL is set: the district is in your own server, there is no private cluster")
    say.line(Cluster(home()).url(role, "gridgov"))


def manage_command(arguments: list[str]) -> int:
    """manage.py with the environment of this installation, its cluster started for the time being."""
    system.ensure(server=not external())
    venv.ensure(venv.RUN)
    place = home()
    prepare(place)
    cluster = None if external() else Cluster(place)
    was = cluster.start() if cluster else ""
    try:
        env = environment(place, cluster, demo=demo_mode())
        return subprocess.run([PYTHON, "manage.py", *arguments], cwd=ROOT, env=env, check=False).returncode  # noqa: S603  because it is our own manage.py
    finally:
        if cluster and was != "running":
            cluster.stop()
