"""The stage of a story: a demo district of its own with server, worker and a clock that can be moved, phones
without network, and people at desks. Nothing of a running `make run` is touched.
"""

import json
import os
import secrets
import sys
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import quote

import psycopg

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "clients" / "python")]

from gridphone import HttpTransport, Phone  # noqa: E402  because the project's folders must be on the path first
from gridphone.transport import Answer, Raw  # noqa: E402  because of the same

from backend.bootstrap import stand  # noqa: E402  because of the same
from backend.bootstrap.stand import UNLIMITED  # noqa: E402  because of the same
from kernel import calendar, clock  # noqa: E402  because of the same
from tests.stories import template  # noqa: E402  because of the same
from tests.stories.telling import Teller  # noqa: E402  because of the same

API = "/api/v1"
PATIENCE_S = 120
IDLE_S = 1.0
HEARD_S = 1.2  # the server reads its clock's offset once a second
WAITING = """
select (select count(*) from audit_delivery where state <> 'done' and due_at <= %s)
     + (select count(*) from procrastinate_jobs where status in ('todo', 'doing')
        and task_name <> 'backend.tick' and (scheduled_at is null or scheduled_at <= now()))
"""
Body = dict[str, Any]
Came = TypeVar("Came", Answer, Raw)


class Stand(stand.Stand):
    _furnished = False
    # A session runs out with each day, and days go by in seconds: everybody signs in again and again.
    settings = UNLIMITED | {
        "GRIDGOV_LOGIN_RATE": "100000/min", "GRIDGOV_LOGIN_NAME_RATE": "100000/min",
        "GRIDGOV_LOG_LEVEL": "WARNING",
    }  # fmt: skip
    district = ("--nobody-supervised",)  # who is in correction is a story's own

    def begin(self) -> None:
        """The cluster: a copy of the demo that was furnished before, or empty."""
        self._furnished = template.copied(self.cluster)
        super().begin()

    def furnish(self) -> None:
        if not self._furnished:
            super().furnish()
            self.cluster.stop()
            template.keep(self.cluster)
            self.cluster.start()
        self.demo = json.loads((self.place / "demo.json").read_text(encoding="utf-8"))

    def rest(self) -> None:
        """Server and worker stop, as when the machine is off."""
        for child in list(self._watched.children):
            child.stop()
        self._watched.children.clear()
        self.web = None

    def ask(self, query: str, *parameters: Any) -> list[tuple[Any, ...]]:
        """As the owner, past the server: what a story compares with."""
        with psycopg.connect(self.cluster.url("owner", "gridgov"), autocommit=True) as connection:
            return connection.execute(query, parameters).fetchall()  # type: ignore[arg-type]  # because each query is a literal at its call


class Refused(Exception):
    """An answer that is no success: a problem with a stable code."""

    def __init__(self, status: int, body: Body) -> None:
        super().__init__(f"{status} {body.get('code')}: {body}")
        self.status, self.code, self.body = status, str(body.get("code", "")), body


class Desk:
    """Somebody with a browser. Signs in again whenever the session has run out, as days go by in seconds."""

    def __init__(self, url: str, username: str, password: str) -> None:
        self.username, self._password = username, password
        self._transport, self._token, self._used = HttpTransport(url), "", 0.0

    def get(self, path: str) -> Any:
        return self.call("GET", path)

    def post(self, path: str, body: Body | None = None) -> Any:
        return self.call("POST", path, body or {})

    def put(self, path: str, content: bytes) -> Any:
        """A file as the body, as it is."""
        found = self._file("PUT", path, "application/octet-stream", content)
        return json.loads(found) if found else None

    def file(self, path: str, body: Body) -> bytes:
        """A paper that the server makes: its bytes."""
        return self._file("POST", path, "application/json", json.dumps(body).encode())

    def call(self, method: str, path: str, body: Any = None) -> Any:
        """The body of the answer. `Refused` when it is no success."""
        answer = self.answer(method, path, body)
        if answer.status >= 400:
            raise Refused(answer.status, answer.body or {})
        return answer.body

    def answer(self, method: str, path: str, body: Any = None) -> Answer:
        """The answer as it came, a refusal too."""
        return self._signed_in(lambda token: self._transport.send(method, path, body, token))

    def raw(self, method: str, path: str, content: bytes = b"", kind: str = "application/json") -> Raw:
        """The same of a file, which is no JSON."""
        headers = {"Accept": "*/*", "Content-Type": kind}
        return self._signed_in(
            lambda token: self._transport.raw(
                method, path, headers | {"Authorization": f"Bearer {token}"}, content
            )
        )

    def _file(self, method: str, path: str, kind: str, content: bytes) -> bytes:
        answer = self.raw(method, path, content, kind)
        if answer.status >= 400:
            raise Refused(answer.status, json.loads(answer.content or b"{}"))
        return bytes(answer.content)

    def _signed_in(self, ask: Callable[[str], Came]) -> Came:
        """What `ask` is answered, once more after a new sign-in when the session has run out. A connection
        that lay idle is not used again: the server may be closing it at that moment."""
        if time.monotonic() - self._used > IDLE_S:
            self._transport.close()
        self._token = self._token or self._login()
        answer = ask(self._token)
        if answer.status == 401:
            self._token = self._login()
            answer = ask(self._token)
        self._used = time.monotonic()
        return answer

    @property
    def me(self) -> str:
        """The id of whoever sits here."""
        return str(self.get("/auth/me")["id"])

    def refused(self, method: str, path: str, body: Any = None) -> str:
        """The code with which this is refused; empty when it is not."""
        try:
            self.call(method, path, body)
        except Refused as refusal:
            return refusal.code
        return ""

    def _login(self) -> str:
        body = {"username": self.username, "password": self._password}
        answer = self._transport.send("POST", "/auth/login", body)
        if "access" not in answer.body:
            raise Refused(answer.status, answer.body)
        return str(answer.body["access"])


class Hand(Desk):
    """The same of a phone: what its person may ask beside sync, by the phone's own session."""

    def __init__(self, url: str, phone: Phone) -> None:
        super().__init__(url, str(phone.store.get("user")["username"]), "")
        self.phone = phone

    def _login(self) -> str:
        self.phone.refresh()
        return str(self.phone.store.get("access"))


class Stage:
    """`stand` serves already. Django is set up in this process on the same database, for the clock and for
    the minute's work, which a story does not wait a minute for."""

    def __init__(self, found: Stand, teller: Teller, pictures: Path | None = None) -> None:
        self.stand, self.teller, self.pictures = found, teller, pictures
        self._desks: dict[str, Desk] = {}
        self._phones = 0
        _enter(found)

    # -- time --------------------------------------------------------------------------------------

    def now(self) -> datetime:
        return clock.now().astimezone(clock.TZ)

    def to(self, when: str | datetime, *, due: bool = False) -> None:
        """Move the clock to a local time; `due`: and do what has come due by then, if the server is up."""
        from edge import clock_table  # noqa: PLC0415  because it needs Django

        asked = datetime.fromisoformat(when) if isinstance(when, str) else when
        asked = asked if asked.tzinfo else asked.replace(tzinfo=clock.TZ)
        clock_table.refresh(force=True)
        clock_table.move(clock_table.offset() + round((asked - clock.now()).total_seconds()))
        heard = time.monotonic() + HEARD_S
        if due and self.stand.web:
            self.due()
        time.sleep(max(0.0, heard - time.monotonic()))

    def later(self, *, days: int = 0, hour: int | None = None, minutes: int = 0) -> None:
        """So many local days on, at that hour, and so many minutes."""
        asked = self.now() + timedelta(days=days, minutes=minutes)
        self.to(asked if hour is None else asked.replace(hour=hour, minute=minutes, second=0), due=True)

    def due(self) -> None:
        """What the worker's minute does, now; then everything that follows from it."""
        from backend.tick import run_due  # noqa: PLC0415  because it needs Django

        run_due(clock.now())
        self.settle()

    def settle(self) -> None:
        """Wait until the worker has done what follows from the last steps."""
        deadline = time.monotonic() + PATIENCE_S
        while self.stand.ask(WAITING, clock.now())[0][0]:
            if time.monotonic() > deadline:
                self.teller.broken("the worker does what follows", f"not within {PATIENCE_S} s")
            time.sleep(0.1)

    def begin(self) -> None:
        """Nine o'clock on the next Monday of a week without a day off."""
        monday = self.now() + timedelta(days=7 - self.now().weekday())
        while not all(calendar.current().is_working_day(monday.date() + timedelta(days=n)) for n in range(5)):
            monday += timedelta(days=7)
        self.to(monday.replace(hour=9, minute=0, second=0, microsecond=0))

    # -- people ------------------------------------------------------------------------------------

    def desk(self, role: str) -> Desk:
        """The demo's person in this role."""
        account = next(one for one in self.stand.demo["accounts"] if one["role"] == role)
        return self._desk(account["username"], account["password"])

    def colleague(self, username: str) -> Desk:
        """Somebody of the district whose password the demo does not print."""
        from django.contrib.auth.hashers import make_password  # noqa: PLC0415  because it needs Django

        from accounts.models import User  # noqa: PLC0415  because of the same

        password = secrets.token_urlsafe(16)
        if username not in self._desks:
            User.objects.filter(username=username).update(password=make_password(password))
        return self._desk(username, password)

    def step(self, who: Desk, dispute: str, event: str, **facts: Any) -> Any:
        """One step of a dispute's machine."""
        found = who.post(f"/disputes/{dispute}/steps", {"event": event, **facts})
        self.settle()
        return found

    def parties(self, who: Desk, dispute: str, reason: str) -> list[Body]:
        """The parties with their names: read with a purpose, which leaves a row in the read log."""
        found = who.get(f"/disputes/{dispute}/parties?purpose=handle&reason={quote(reason)}")
        return list(found["results"] if isinstance(found, dict) else found)

    def dispute_of(self, screening: str) -> Body:
        """Id and code of the dispute that a screening opened or joined."""
        query = """select d.id, d.code from disputes_dispute d
            join disputes_disputescreening s on s.dispute_id = d.id where s.screening_id = %s"""
        rows = self.stand.ask(query, screening)
        if len(rows) != 1:
            self.teller.broken("the screening has one dispute", rows)
        return {"id": str(rows[0][0]), "code": rows[0][1]}

    def _desk(self, username: str, password: str) -> Desk:
        return self._desks.setdefault(username, Desk(self.stand.url, username, password))

    def phone(self, username: str) -> Phone:
        """The phone of a worker for whom the demo has an enrolment code, enrolled and in step."""
        code = next(one["code"] for one in self.stand.demo["enrolment_codes"] if one["username"] == username)
        self._phones += 1
        phone = Phone.at(
            self.stand.place / "phones" / f"{self._phones}.sqlite", HttpTransport(self.stand.url)
        )
        phone.enrol(code, label=username)
        phone.sync()
        return phone

    def hand(self, phone: Phone) -> Hand:
        return Hand(self.stand.url, phone)


def _enter(found: Stand) -> None:
    os.environ.update(found.env)
    os.environ["DJANGO_SETTINGS_MODULE"] = "backend.settings"
    import django  # noqa: PLC0415  because the address is known only now

    django.setup()
    from edge import clock_table  # noqa: PLC0415  because of the same

    clock_table.refresh(force=True)
