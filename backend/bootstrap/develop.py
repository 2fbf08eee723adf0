"""The commands behind `make test`, `test-faults`, `test-clients`, `proof`, `lint`, `docs` and so on."""

import hashlib
import os
import shutil
import subprocess
import tempfile
import time
import tomllib
from pathlib import Path

from backend.bootstrap import say, system, venv
from backend.bootstrap.cluster import Cluster, test_clusters
from backend.bootstrap.shell import Trouble
from backend.bootstrap.venv import PYTHON, ROOT

BIN = PYTHON.parent
MANAGE = [str(PYTHON), "manage.py"]
PYTEST = [str(PYTHON), "-m", "pytest"]
# A file's tests stay together, for what they share; files in their own order, which begins with the longest.
AT_ONCE = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
ALONE = ("-n", "--pdb", "--trace", "-s", "-p")
OPENAPI = "docs/openapi.yaml"
CLIENTS = ROOT / "clients"
LINT = {
    "ruff": [str(BIN / "ruff"), "check", "-q", "."],
    "layout": [str(BIN / "ruff"), "format", "-q", "--check", "."],
    "import-linter": [str(BIN / "lint-imports"), "--no-cache"],
    "budgets": [*PYTEST, "-q", "tests/meta/test_budgets.py", "tests/meta/test_layers.py"],
    "migrations": [*MANAGE, "makemigrations", "--check", "--dry-run"],
    "OpenAPI document": [*MANAGE, "spectacular", "--file"],
    "generated documents": [*MANAGE, "docs_build", "--check"],
}
GROUPS = ("installer", "base", "demo", "dev", "peers")


def offline_environment() -> dict[str, str]:
    """Commands that need no database must not find one."""
    dropped = {"DATABASE_URL", "DATABASE_OWNER_URL", "DATABASE_DIRECT_URL", "PYTHONDONTWRITEBYTECODE"}
    env = {name: value for name, value in os.environ.items() if name not in dropped}
    return {**env, "GRIDGOV_MODE": "test", "PYTHONWARNINGS": "ignore::RuntimeWarning"}


def setup() -> None:
    system.ensure(server=True)
    venv.ensure(venv.DEVELOP)


def _typed() -> list[str]:
    """What `mypy --strict` reads: kernel, bootstrap, the listed rule files and every service."""
    rules = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["gridgov"][
        "rule-files"
    ]
    services = [*ROOT.glob("*/services.py"), *ROOT.glob("*/services/*.py")]
    return ["kernel", "backend/bootstrap", *rules, *sorted(str(path.relative_to(ROOT)) for path in services)]


def lint() -> int:
    """Every check, each with its time; all of them, so that one run tells everything."""
    setup()
    checks = LINT | {"mypy": [str(PYTHON), "-m", "mypy", *_typed()]}
    failed = [name for name, command in checks.items() if not _check(name, command)]
    if failed:
        say.problem(f"lint failed: {', '.join(failed)}")
    return 1 if failed else 0


def _check(name: str, command: list[str]) -> bool:
    begin = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / "openapi.yaml"
        done = _captured([*command, str(fresh)] if name == "OpenAPI document" else command)
        fine = done.returncode == 0
        if fine and name == "OpenAPI document":
            committed = ROOT / OPENAPI
            fine = committed.is_file() and fresh.read_bytes() == committed.read_bytes()
            done.stdout += "" if fine else f"{OPENAPI} is not what the code says: make openapi"
    say.line(f"  {'✓' if fine else '✗'} {name}: {time.monotonic() - begin:.1f} s")
    if not fine:
        say.line(done.stdout + done.stderr)
    return fine


def _captured(command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603  because the commands are the ones listed above
        command, cwd=ROOT, env=offline_environment(), capture_output=True, text=True, check=False
    )


def test(arguments: list[str]) -> int:
    """The suite, a process for each core, on its own cluster, stopped again unless it was up before."""
    setup()
    home = Path(os.environ.get("GRIDGOV_TEST_HOME") or ROOT / "var" / "test")
    up = {cluster.home for cluster in test_clusters(home) if cluster.answers()}
    alone = any(argument.startswith(ALONE) for argument in arguments)
    with say.step("test cluster") as words:
        cluster = Cluster(home, durable=False)
        words.append(f"PostgreSQL {cluster.server.major} {cluster.start() if alone else 'for each process'}")
    try:
        return _shown([*PYTEST, *([] if alone else AT_ONCE), *(arguments or ["-q"])])
    finally:
        for cluster in test_clusters(home):
            if cluster.home not in up:
                cluster.stop()


def _shown(command: list[str]) -> int:
    env = offline_environment()
    return subprocess.run(command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, check=False).returncode  # noqa: S603  because the commands are the ones listed above


def module(name: str, arguments: list[str]) -> int:
    """A program of the tests that starts a cluster of its own."""
    setup()
    return _shown([str(PYTHON), "-m", name, *arguments])


def test_clients(arguments: list[str]) -> int:
    """The example apps with their real libraries, from the lock file, against a server of their own."""
    system.ensure(server=True, node=True)
    venv.ensure(venv.RUN)
    _node_packages(CLIENTS)
    command = [str(PYTHON), "-m", "tests.clients", *arguments]
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode  # noqa: S603  because it is our own program


def map_picture(arguments: list[str]) -> int:
    """The running demo district, drawn by MapLibre GL JS in a browser that reaches nothing else."""
    system.ensure(server=False, node=True, browser=True)
    _node_packages(CLIENTS / "map")
    command = [str(PYTHON), "clients/map/picture.py", *arguments]
    return subprocess.run(command, cwd=ROOT, stdin=subprocess.DEVNULL, check=False).returncode  # noqa: S603  because it is our own program


def _node_packages(folder: Path) -> None:
    """What the folder's `package-lock.json` pins, installed once for each content of it."""
    lock, mark = folder / "package-lock.json", folder / "node_modules" / ".gridgov-lock"
    wanted = hashlib.sha256(lock.read_bytes()).hexdigest()
    if mark.is_file() and mark.read_text(encoding="ascii") == wanted:
        return
    with say.step(f"Node packages of {folder.relative_to(ROOT)}/ (npm ci)"):
        command = ["npm", "ci", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)  # noqa: S603  because npm is where the system has put it
        if done.returncode:
            tail = "\n".join((done.stdout + done.stderr).splitlines()[-12:])
            raise Trouble(f"npm ci failed in {folder}:\n{tail}")
    mark.write_text(wanted, encoding="ascii")


def docs() -> int:
    """Everything under docs/ that is generated from the code."""
    setup()
    return _shown([*MANAGE, "docs_build"]) or openapi()


def openapi() -> int:
    setup()
    return _shown([*MANAGE, "spectacular", "--file", OPENAPI])


def requirements() -> int:
    """Compile requirements/*.in for Python 3.11 and later, with hashes, without any address."""
    uv = shutil.which("uv")
    if not uv:
        raise Trouble("this needs uv (https://docs.astral.sh/uv/) on the PATH; only maintainers run it")
    options = ["--universal", "--python-version", "3.11", "--generate-hashes", "--no-emit-index-url"]
    options += ["--no-emit-find-links", "--custom-compile-command", "make requirements", "-q"]
    for group in GROUPS:
        command = [uv, "pip", "compile", *options, "-o", f"{group}.txt", f"{group}.in"]
        subprocess.run(command, cwd=ROOT / "requirements", check=True)  # noqa: S603  because it is uv with fixed options
    return 0
