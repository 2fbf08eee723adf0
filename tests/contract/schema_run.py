"""`make schemathesis`: the running server, called as each role of demo.json from its own OpenAPI
document.

A few records are made first over the same API, so that every role has something to see. Then, role by role,
rounds over all operations that the role may call: each gets the same number of examples, most as the document
says they should be, some wrong on purpose, with ids that the role has seen. Printed for each role: the calls,
the share that was answered 2xx (at least 30 %), the operations reached, and the answers of 500 and more. It
fails where a role is below the share, has an operation that was not reached, gets a 5xx, or a refusal that is
no problem body.
"""

import argparse
import json
import os
import secrets
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "clients" / "python")]

from gridphone import ServerProblem  # noqa: E402  because the project's folders must be on the path first
from hypothesis.errors import Unsatisfiable  # noqa: E402  because of the same

from tests.contract import fuzzing, scene  # noqa: E402  because of the same
from tests.contract.caller import Caller, OutOfTime  # noqa: E402  because of the same

GOAL = 0.30
ROUND = 4  # positive examples of an operation before the next one has its turn
STRANGER = "stranger"
LINE = "{:24}{:>7} calls  {:4.0%} 2xx  {:>3}/{:<3} operations  {:>2} 5xx  {:4.0f} s"


def rounds(examples: int) -> list[tuple[int, int]]:
    """How many positive and negative examples of each operation come in each round: a quick one first."""
    full, rest = divmod(max(0, examples - 1), ROUND)
    return [(1, 1), *[(ROUND, 1)] * full, *([(rest, 1)] if rest else [])]


def run(caller: Caller, examples: int, number: int) -> None:
    """All rounds, or as many as the time allows; what ends the session always, and last."""
    last = [operation for operation in caller.operations if fuzzing.ends_session(operation)]
    try:
        for turn, (good, spoiled) in enumerate(rounds(examples)):
            caller.look_around()
            for operation in caller.operations[: len(caller.operations) - len(last)]:
                _examples(operation, caller, good, spoiled, number=number + turn, skip=min(turn, 1))
    except OutOfTime:
        print(f"{caller.role}: the time was used up before all examples had their turn", flush=True)
    caller.until = float("inf")
    for operation in last:
        _examples(operation, caller, 1, 1, number=number)


def _examples(operation: Any, caller: Caller, good: int, spoiled: int, *, number: int, skip: int = 0) -> None:
    one = {"number": number, "skip": skip}
    if not fuzzing.can_vary(operation):
        for _ in range(good):
            fuzzing.each_example(operation, caller.call, count=1, negative=False, number=number)
        return
    fuzzing.each_example(operation, caller.call, count=good, negative=False, **one)
    try:
        fuzzing.each_example(operation, caller.call, count=spoiled, negative=True, **one)
    except Unsatisfiable:
        return  # nothing about this operation can be wrong in a way that the document describes


def _callers(demo: dict[str, Any]) -> dict[str, Caller]:
    """One account of each role; the worker comes with the enrolment codes. The stranger, who knocks until
    sign-in is shut for a minute, after everybody who has to sign in."""
    accounts = {account["role"]: account for account in demo["accounts"]}
    base = demo["base_url"]
    found = {role: Caller(base, role, accounts[role]) for role in sorted(accounts)}
    # First the workers of the coordinator's community: what they record is seen by both.
    homes = {place["area_code"] for place in demo["organisations"] if place["name"] == _home(accounts)}
    codes = sorted(demo["enrolment_codes"], key=lambda entry: entry["grids"][0][:12] not in homes)
    worker = {"grid_worker": Caller(base, "grid_worker", {}, codes=[one["code"] for one in codes])}
    return found | worker | {STRANGER: Caller(base, STRANGER, {})}


def _home(accounts: dict[str, Any]) -> str:
    return str(accounts["community_coordinator"]["organisation"])


def main() -> int:
    options = _options()
    home = Path(os.environ.get("GRIDGOV_HOME") or ROOT / "var")
    people = _callers(json.loads((home / "demo.json").read_text(encoding="utf-8")))
    unknown = set(options.role) - people.keys()
    if unknown:
        raise SystemExit(f"no such role in demo.json: {', '.join(sorted(unknown))}")
    print(f"seed {options.seed}", flush=True)
    _prepare(people, options.seed)
    chosen = [person for role, person in people.items() if role in (options.role or people)]
    left, end = sum(len(person.operations) for person in chosen), time.monotonic() + options.seconds
    each = options.seconds / left
    for person in chosen:
        began, own = time.monotonic(), len(person.operations)
        # What one leaves over is the others'; what one overruns is not taken from them.
        person.until = began + own * max(each, (end - began) / left)
        left -= own
        try:
            run(person, options.examples, options.seed)
        except ServerProblem as problem:
            person.tally.faults.append(f"{person.role} cannot sign in: {problem}")
        _report(person, time.monotonic() - began, options.operations)
    return _verdict(chosen)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--examples", type=int, default=9, help="positive examples an operation and role")
    parser.add_argument("--seconds", type=int, default=1200, help="at most, for the whole run")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**6), help="of an earlier run")
    parser.add_argument("--role", action="append", default=[], help="only this role; may be given again")
    parser.add_argument("--operations", action="store_true", help="print what each operation answered")
    return parser.parse_args()


def _prepare(people: dict[str, Caller], seed: int) -> None:
    """Everybody signed in, with the operations of the role, a phone where it has one; something to see."""
    for person in people.values():
        person.sign_in()
    document = people["district_admin"].send("GET", "/api/v1/schema").json()
    for role, person in people.items():
        person.operations = list(fuzzing.operations(document, None if role == STRANGER else role))
    scene.phones(
        people, {role for role, one in people.items() if any(map(fuzzing.from_device, one.operations))}
    )
    scene.make(people, seed)


def _report(caller: Caller, took: float, in_detail: bool) -> None:
    tally = caller.tally
    reached, own = len(tally.by_operation), len(caller.operations)
    print(LINE.format(caller.role, tally.calls, tally.share, reached, own, tally.errors, took), flush=True)
    for fault in tally.faults[:5]:
        print(f"    {fault}", flush=True)
    if in_detail:
        for label, answers in sorted(tally.by_operation.items()):
            print(f"    {label}: {', '.join(f'{n} x {what}' for what, n in answers.most_common())}")


def _verdict(chosen: list[Caller]) -> int:
    statuses: Counter[int] = sum((one.tally.statuses for one in chosen), Counter())
    faults = [fault for one in chosen for fault in one.tally.faults]
    low = [one.role for one in chosen if one.role != STRANGER and one.tally.share < GOAL]
    short = [one.role for one in chosen if len(one.tally.by_operation) < len(one.operations)]
    by_status = ", ".join(f"{status}: {number}" for status, number in sorted(statuses.items()))
    print(f"\nall: {statuses.total()} calls; {by_status}")
    print(f"{len(faults)} faults (5xx, no answer, or a refusal that is no problem body)")
    print(f"below {GOAL:.0%} 2xx: {', '.join(low) or 'none'}; not all reached: {', '.join(short) or 'none'}")
    return 1 if faults or low or short else 0


if __name__ == "__main__":
    sys.exit(main())
