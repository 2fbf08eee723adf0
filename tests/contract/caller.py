"""One role of demo.json: signed in, with what it has seen, and a count of what it was answered."""

import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import requests
from gridphone import HttpTransport, Phone, ServerProblem, Store

from tests.contract import fuzzing
from tests.contract.sights import NUMBERS, Sights, is_id

PROBLEM = "application/problem+json"
TOKEN_S = 480  # of the ten minutes that it lives
PATIENCE_S = 30


class OutOfTime(Exception):
    """The role's share of the time is used."""


@dataclass
class Tally:
    statuses: Counter[int] = field(default_factory=Counter)
    by_operation: dict[str, Counter[str]] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)

    @property
    def calls(self) -> int:
        return self.statuses.total()

    @property
    def share(self) -> float:
        good = sum(number for status, number in self.statuses.items() if status // 100 == 2)
        return good / self.calls if self.calls else 0.0

    @property
    def errors(self) -> int:
        return sum(number for status, number in self.statuses.items() if status // 100 == 5)

    def add(self, label: str, status: int, code: str) -> None:
        self.statuses[status] += 1
        self.by_operation.setdefault(label, Counter())[f"{status} {code}".strip()] += 1


def _stands_for(name: str, entry: Any, path: str) -> bool:
    """Cursors, and the kinds and links of phones and files: a made-up one is only ever refused."""
    if name in ("kind", "link"):
        return isinstance(entry, str) and ("/sync/" in path or "/files" in path)
    return name in NUMBERS and type(entry) is int


def _reason(problem: dict[str, Any]) -> str:
    """Its code, and the members that it names."""
    return " ".join((problem.get("code", ""), *sorted(map(str, problem.get("fields") or ()))))[:90]


@dataclass
class Caller:
    base: str
    role: str
    account: dict[str, Any]
    until: float = 0.0
    tally: Tally = field(default_factory=Tally)
    sights: Sights = field(default_factory=Sights)
    operations: list[Any] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    phone: Phone | None = None
    _token: str = ""
    _since: float = 0.0
    _turn: Any = field(default_factory=count)

    # -- who calls ---------------------------------------------------------------------------------

    def sign_in(self) -> None:
        """In a browser with the password; who has none, with a phone."""
        if self.account:
            body = {name: self.account[name] for name in ("username", "password")} | {"role": self.role}
            browser = Phone(Store(":memory:"), HttpTransport(self.base))
            self._token = browser.call("POST", "/auth/login", body)["access"]
        elif self.codes:
            self.enrol()
        self._since = time.monotonic()

    def enrol(self) -> None:
        """A phone, with the first code that is still unused."""
        while self.codes:
            phone = Phone(Store(":memory:"), HttpTransport(self.base))
            with suppress(ServerProblem):
                phone.enrol(self.codes.pop(0), label="schemathesis")
                self.phone = phone
                return
        raise SystemExit(f"no unused enrolment code is left for {self.role}; 'make run' writes new ones")

    def headers(self, *, device: bool = False) -> dict[str, str]:
        """`device`: as the phone, where the role has one."""
        if time.monotonic() - self._since > TOKEN_S:
            self._renew()
        on_phone = self.phone is not None and (device or not self.account)
        token = self.phone.store.get("access") if self.phone is not None and on_phone else self._token
        return {"Authorization": f"Bearer {token}"} if token else {}

    def _renew(self) -> None:
        if self.phone is not None:
            self.phone.refresh()
        if self.account:
            self.sign_in()
        self._since = time.monotonic()

    # -- what it sees ------------------------------------------------------------------------------

    def look_around(self) -> None:
        """Ids from every list without parameters in its path; these calls are not counted."""
        for operation in self.operations:
            if operation.method.upper() == "GET" and "{" not in operation.path:
                answer = self.send("GET", operation.path, device=fuzzing.from_device(operation))
                if answer.ok and "json" in answer.headers.get("Content-Type", ""):
                    self.sights.show(operation.path, answer.json())

    def send(self, method: str, path: str, body: Any = None, *, device: bool = False) -> requests.Response:
        return requests.request(
            method, self.base + path, headers=self.headers(device=device), json=body, timeout=PATIENCE_S
        )

    # -- calls that count --------------------------------------------------------------------------

    def call(self, case: Any) -> None:
        """An example of the document, with ids that this caller has seen in three of four."""
        if time.monotonic() > self.until:
            raise OutOfTime
        about = None
        if next(self._turn) % 4:
            about = self._place(case)
        self._keep_phone(case)
        device = fuzzing.from_device(case.operation)
        headers = self.headers(device=device)
        try:
            answer = case.call(base_url=self.base, headers=headers, timeout=PATIENCE_S)
        except requests.RequestException as error:
            self.tally.faults.append(f"{self.role}: {case.method} {case.path}: {type(error).__name__}")
            return
        self._judge(case, answer)
        if answer.status_code == requests.codes.unauthorized and headers and self._signed_out(device):
            self.enrol() if device else self.sign_in()
        elif answer.status_code // 100 == 2:
            self._learn(case, answer, about)

    def _signed_out(self, device: bool) -> bool:
        return self.send("GET", "/api/v1/auth/me", device=device).status_code == requests.codes.unauthorized

    def _place(self, case: Any) -> str | None:
        """Put what was seen into path, query and body; the id that the call is about."""
        path, about = case.operation.path, None
        for name in case.path_parameters or {}:
            known = (
                self.sights.record(path, changes=case.method.upper() != "GET")
                if name == "id"
                else self.sights.value(name, path, None)
            )
            about = case.path_parameters[name] = known or case.path_parameters[name]
        for part in (case.query, case.body):
            self._fill(part, path, about)
        return about

    def _keep_phone(self, case: Any) -> None:
        """The last push ends the phone's session: now and then, while there is a code for another phone."""
        if isinstance(case.query, dict) and case.query.get("final") in (1, "1"):
            case.query["final"] = int(bool(self.codes) and next(self._turn) % 8 == 0)

    def _fill(self, value: Any, path: str, about: str | None) -> None:
        if isinstance(value, list):
            for entry in value:
                self._fill(entry, path, about)
        if not isinstance(value, dict):
            return
        for name, entry in value.items():
            ids = isinstance(entry, list) and entry and all(is_id(one) for one in entry)
            if ids:
                value[name] = [self.sights.value(name, path, about) or one for one in entry]
            elif (is_id(entry) and name not in fuzzing.OWN_IDS) or _stands_for(name, entry, path):
                value[name] = self.sights.value(name, path, about) or entry
            else:
                self._fill(entry, path, about)

    def _learn(self, case: Any, answer: Any, about: str | None) -> None:
        kind = str(answer.headers.get("content-type", ""))
        if "json" not in kind:
            return
        body = answer.json()
        self.sights.learn(case.operation.path.replace("/{id}", ""), body, about=about or "")
        if case.method.upper() == "POST" and not case.path_parameters:
            self.sights.made(case.operation.path, body)

    def _judge(self, case: Any, answer: Any) -> None:
        status = answer.status_code
        kind = answer.headers.get("content-type", [""])
        kind = kind[0] if isinstance(kind, list) else kind
        is_problem = kind.startswith(PROBLEM)
        self.tally.add(case.operation.label, status, _reason(answer.json()) if is_problem else "")
        wrong = "" if status < 400 or is_problem else f" with {kind}"
        if status >= 500 or wrong:
            command = case.as_curl_command({"Authorization": "Bearer …"})[:600]
            self.tally.faults.append(f"{self.role}: {status}{wrong}: {command}")
