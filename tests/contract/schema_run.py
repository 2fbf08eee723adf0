"""`make schemathesis`: the running server, called as each role of demo.json from its own OpenAPI
document.

Positive and negative examples of every operation a role may call, with ids that exist where lists show
some. It prints the share of calls that were answered 2xx (at least 30 %) and fails on any answer of 500
or more, and on any refusal that is not a problem body.
"""

import argparse
import json
import os
import sys
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "clients" / "python")]

import requests  # noqa: E402  because the project's folders must be on the path first
from gridphone import HttpTransport, Phone, ServerProblem, Store  # noqa: E402  because of the same
from hypothesis.errors import Unsatisfiable  # noqa: E402  because of the same

from tests.contract import fuzzing  # noqa: E402  because of the same

GOAL = 0.30
# What a real id here would do to the demo's own people lasts beyond the run.
PEOPLE = ("users", "memberships", "devices", "organisations")
PROBLEM = "application/problem+json"


class OutOfTime(Exception):
    """The role's share of the time is used."""


@dataclass
class Tally:
    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    unreached: int = 0

    @property
    def calls(self) -> int:
        return self.statuses.total()

    @property
    def good(self) -> int:
        return sum(number for status, number in self.statuses.items() if status // 100 == 2)


@dataclass
class Caller:
    """One role: signs in (again when its token has run out), keeps ids that its lists show."""

    base: str
    role: str
    account: dict[str, Any]
    until: float
    tally: Tally = field(default_factory=Tally)
    ids: dict[str, list[str]] = field(default_factory=dict)
    turn: Any = field(default_factory=count)
    token: str = ""

    def sign_in(self) -> None:
        phone = Phone(Store(":memory:"), HttpTransport(self.base))
        if "codes" in self.account:
            self._enrol(phone)
            return
        body = {name: self.account[name] for name in ("username", "password")} | {"role": self.role}
        self.token = phone.call("POST", "/auth/login", body)["access"]

    def _enrol(self, phone: Phone) -> None:
        """With the first code that is still unused."""
        for code in self.account["codes"]:
            with suppress(ServerProblem):
                phone.enrol(code, label="schemathesis")
                self.token = phone.store.get("access")
                return
        raise SystemExit("no unused enrolment code is left in demo.json; 'make run' writes new ones")

    def look_around(self, operations: list[Any]) -> None:
        """Ids from every list without parameters in its path."""
        for operation in operations:
            if operation.method.upper() == "GET" and "{" not in operation.path:
                answer = self._send("GET", operation.path)
                rows = _rows(answer.json()) if answer.ok else []
                self.ids[operation.path] = [str(row["id"]) for row in rows if "id" in row][:50]

    def call(self, case: Any) -> None:
        if time.monotonic() > self.until:
            raise OutOfTime
        self._place_ids(case)
        try:
            answer = case.call(base_url=self.base, headers=self._headers(), timeout=30)
        except requests.RequestException as error:
            self.tally.faults.append(f"{case.method} {case.path}: {type(error).__name__}")
            return
        if answer.status_code == requests.codes.unauthorized and self.token and "codes" not in self.account:
            self.sign_in()
            answer = case.call(base_url=self.base, headers=self._headers(), timeout=30)
        self._judge(case, answer)

    def _place_ids(self, case: Any) -> None:
        """In three of four calls the id of something that is there."""
        known = self.ids.get(fuzzing.family(case.operation.path), [])
        guarded = case.method.upper() != "GET" and any(f"/{name}" in case.operation.path for name in PEOPLE)
        if known and not guarded and case.path_parameters and next(self.turn) % 4:
            name = next(iter(case.path_parameters))
            case.path_parameters[name] = known[next(self.turn) % len(known)]

    def _judge(self, case: Any, answer: Any) -> None:
        status = answer.status_code
        self.tally.statuses[status] += 1
        kind = answer.headers.get("content-type", [""])
        kind = kind[0] if isinstance(kind, list) else kind
        wrong = "" if status < 400 or kind.startswith(PROBLEM) else f" with {kind}"
        if status >= 500 or wrong:
            command = case.as_curl_command({"Authorization": "Bearer …"})[:600]
            self.tally.faults.append(f"{self.role}: {status}{wrong}: {command}")

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"} if self.token else {}

    def _send(self, method: str, path: str) -> requests.Response:
        return requests.request(method, self.base + path, headers=self._headers(), timeout=30)


def _rows(body: Any) -> list[dict[str, Any]]:
    if isinstance(body, dict):
        body = body.get("results", body.get("features", []))
    return [row for row in body if isinstance(row, dict)] if isinstance(body, list) else []


def run(caller: Caller, document: dict[str, Any], examples: int, number: int) -> None:
    """All operations of one role once, then more of each, some of them negative, until its time is used."""
    role = None if caller.role == "stranger" else caller.role
    operations = list(fuzzing.operations(document, role))
    if role:
        caller.sign_in()
        caller.look_around(operations)
    left = {operation.label for operation in operations}
    try:
        for good, spoiled in ((1, 1), (examples, max(1, examples // 4))):
            for operation in operations:
                _examples(operation, caller, good, negative=False, number=number + good)
                left.discard(operation.label)
                if fuzzing.can_be_wrong(operation):
                    _examples(operation, caller, spoiled, negative=True, number=number + good)
    except OutOfTime:
        caller.tally.unreached = len(left)


def _examples(operation: Any, caller: Caller, examples: int, *, negative: bool, number: int) -> None:
    try:
        fuzzing.each_example(operation, caller.call, count=examples, negative=negative, number=number)
    except Unsatisfiable:
        return  # nothing about this operation can be wrong in a way that the document describes


def callers(demo: dict[str, Any]) -> list[dict[str, Any]]:
    """One account of each role, the administrator last; the worker comes with an enrolment code. The
    stranger, who knocks until sign-in is shut for a minute, after everybody who has to sign in."""
    accounts = {account["role"]: account for account in demo["accounts"]}
    accounts["grid_worker"] = {"codes": [entry["code"] for entry in reversed(demo["enrolment_codes"])]}
    order = sorted(accounts, key=lambda role: (role == "district_admin", role))
    return [
        *({"role": role, "account": accounts[role]} for role in order),
        {"role": "stranger", "account": {}},
    ]


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--examples", type=int, default=20, help="positive examples an operation and role")
    parser.add_argument("--seconds", type=int, default=600, help="for the whole run")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    home = Path(os.environ.get("GRIDGOV_HOME") or ROOT / "var")
    demo = json.loads((home / "demo.json").read_text(encoding="utf-8"))
    document, whole = _document(demo), Tally()
    people, end = callers(demo), time.monotonic() + options.seconds
    share = options.seconds / len(people)
    for left, person in zip(range(len(people), 0, -1), people, strict=True):
        now = (
            time.monotonic()
        )  # what one leaves over is the others'; what one overruns is not taken from them
        until = now + max(share, (end - now) / left)
        caller = Caller(demo["base_url"], until=until, **person)
        try:
            run(caller, document, options.examples, options.seed)
        except ServerProblem as problem:
            caller.tally.faults.append(f"{caller.role} cannot sign in: {problem}")
        _report(caller)
        whole.statuses.update(caller.tally.statuses)
        whole.faults += caller.tally.faults
    return _verdict(whole)


def _document(demo: dict[str, Any]) -> dict[str, Any]:
    account = next(one for one in demo["accounts"] if one["role"] == "district_admin")
    caller = Caller(demo["base_url"], "district_admin", account, 0)
    caller.sign_in()
    found: dict[str, Any] = caller._send("GET", "/api/v1/schema").json()
    return found


def _report(caller: Caller) -> None:
    tally = caller.tally
    share = tally.good / tally.calls if tally.calls else 0
    rest = f", {tally.unreached} operations not reached" if tally.unreached else ""
    print(f"{caller.role:24}{tally.calls:7} calls  {share:4.0%} answered 2xx{rest}", flush=True)
    for fault in tally.faults[:5]:
        print(f"    {fault}", flush=True)


def _verdict(whole: Tally) -> int:
    share = whole.good / whole.calls if whole.calls else 0
    by_status = ", ".join(f"{status}: {number}" for status, number in sorted(whole.statuses.items()))
    print(f"\nall roles: {whole.calls} calls, {share:.0%} answered 2xx (goal {GOAL:.0%}); {by_status}")
    print(f"{len(whole.faults)} faults (5xx, no answer, or a refusal that is no problem body)")
    return 1 if whole.faults or share < GOAL else 0


if __name__ == "__main__":
    sys.exit(main())
