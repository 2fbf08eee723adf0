"""Kinto: offline-first JSON storage with the same aim, on a database of its own in the same cluster.

Two workers with four threads as ours. Records have the size of ours; pushing is its batch of `PUT`s, the
download its pages. It has no devices, scopes, inbox, encryption or rules: a scale, not a race.
"""

import base64
import json
import os
import subprocess
import time
import urllib.parse
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from link import Link
from psycopg.conninfo import conninfo_to_dict
from stand import Stand, free_port, say

from backend.bootstrap import supervisor
from peers import environment

NAME = "bench_kinto"
RECORDS = "/v1/buckets/default/collections/records/records"
PAGE = 5000
BATCH = 1000
PATIENCE_S = 60
PASSWORD = "of a bench that is deleted afterwards"  # noqa: S105  because it opens nothing
INI = """
[app:main]
use = egg:kinto
kinto.storage_backend = kinto.core.storage.postgresql
kinto.storage_url = {url}
kinto.storage_max_fetch_size = 100000
kinto.permission_backend = kinto.core.permission.postgresql
kinto.permission_url = {url}
kinto.cache_backend = kinto.core.cache.memory
kinto.userid_hmac_secret = bench
kinto.includes = kinto.plugins.default_bucket kinto.plugins.accounts
multiauth.policies = account
multiauth.policy.account.use = kinto.plugins.accounts.authentication.AccountsAuthenticationPolicy
kinto.account_create_principals = system.Everyone
kinto.batch_max_requests = {batch}
kinto.paginate_by = {page}
[server:main]
use = egg:gunicorn
[loggers]
keys = root
[handlers]
keys = console
[formatters]
keys = generic
[logger_root]
level = ERROR
handlers = console
[handler_console]
class = StreamHandler
args = (sys.stderr,)
formatter = generic
[formatter_generic]
format = %(message)s
"""


class Kinto:
    """Pushes the content of our screenings as records, and downloads them all."""

    def __init__(self, url: str) -> None:
        link = Link(url)
        account = json.dumps({"data": {"password": PASSWORD}}).encode()
        link.call("PUT", "/v1/accounts/bench", account, fine=(200, 201))
        basic = base64.b64encode(f"bench:{PASSWORD}".encode()).decode()
        self._link = Link(url, scheme="Basic", token=basic)
        self.rows = 0

    def push(self, body: bytes) -> float:
        """Records a second of one batch, from the body of a push of ours."""
        requests = [
            {"method": "PUT", "path": f"{RECORDS}/{item['id']}", "body": {"data": item["data"]}}
            for item in json.loads(body)["items"]
        ]
        whole = json.dumps({"requests": requests}, ensure_ascii=False).encode()
        content, took = self._link.call("POST", "/v1/batch", whole)
        states = {answer["status"] for answer in json.loads(content)["responses"]}
        if states != {201}:
            raise SystemExit(f"bench: kinto answered {states}")
        self.rows += len(requests)
        return len(requests) / took

    def download(self) -> float:
        """Rows a second of all records in pages of 5,000."""
        path, rows, seconds = f"{RECORDS}?_limit={PAGE}", 0, 0.0
        while path:
            content, took = self._link.call("GET", path)
            rows, seconds = rows + len(json.loads(content)["data"]), seconds + took
            following = urllib.parse.urlsplit((self._link.headers or {}).get("Next-Page") or "")
            path = f"{following.path}?{following.query}" if following.query else ""
        if rows != self.rows:
            raise SystemExit(f"bench: kinto gave {rows} of {self.rows} rows")
        return rows / seconds


@contextmanager
def running(stand: Stand) -> Iterator[Kinto]:
    """Kinto beside a stand, with a database of its own in the stand's cluster."""
    say("bench: kinto is started")
    gunicorn = environment.program("gunicorn")
    with psycopg.connect(stand.superuser_url, autocommit=True) as database:
        database.execute(f"create database {NAME}")
    address = conninfo_to_dict(stand.superuser_url)
    password = urllib.parse.quote(str(address["password"]))
    host = urllib.parse.quote(str(address["host"]), safe="/")
    url = f"postgresql://{address['user']}:{password}@/{NAME}?host={host}"
    ini = Path(stand.env["GRIDGOV_HOME"]) / "kinto.ini"
    ini.write_text(INI.format(url=url.replace("%", "%%"), batch=BATCH, page=PAGE), encoding="ascii")
    port = free_port()
    env = {"PATH": os.environ["PATH"], "HOME": stand.env.get("HOME", "/")}
    log = ini.parent / "log"
    migrate = [environment.program("kinto"), "migrate", "--ini", str(ini)]
    subprocess.run(migrate, check=True, env=env, stdout=subprocess.DEVNULL)  # noqa: S603  because it is the peer's own program
    command = [gunicorn, "--paste", str(ini), "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
    command += ["--bind", f"127.0.0.1:{port}", "--keep-alive", "30"]
    stand.launch(supervisor.Child("kinto", command, env, log))
    _wait(f"http://127.0.0.1:{port}/v1/")
    yield Kinto(f"http://127.0.0.1:{port}")


def _wait(url: str) -> None:
    deadline = time.monotonic() + PATIENCE_S
    while True:
        try:
            urllib.request.urlopen(url, timeout=5).close()  # noqa: S310  because it is our own loopback address
        except OSError:
            if time.monotonic() > deadline:
                raise SystemExit("bench: kinto does not answer") from None
            time.sleep(0.2)
        else:
            return
