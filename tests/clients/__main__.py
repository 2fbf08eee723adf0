"""`make test-clients`: both example apps, with the real libraries, against a server of their own.

The story is in `clients/proof/scenario.js`; here is what only the server's side can do: start it, rotate its
epoch, wait for its reactions, and say from the domain's tables what each phone should hold. Ends non-zero on
any difference.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "clients" / "python")]

from faults import FaultProxy, Rule  # noqa: E402  because the project's folders must be on the path first
from simulation import report, truth  # noqa: E402  because of the same

from backend.bootstrap.stand import HOST, Stand, standing  # noqa: E402  because of the same

WAIT_S = "60"
# What the photos meet on their way; requests of pull and push meet the same in `clients/proof/faults.js`.
FILES = [
    Rule("cut_before", 0.08),
    Rule("cut_after", 0.12),
    Rule("cut_middle", 0.10),
    Rule("twice", 0.12),
]
OUTCOMES = """
select coalesce(json_agg(json_build_object('id', id, 'state', state, 'code', code, 'signed', signed)
                         order by no), '[]')
from sync_inbox where op = 'create' and id = any(string_to_array(:'ids', ',')::uuid[])
"""
DEVICE = "select json_build_object('state', state) from accounts_device where id = :'device'"
STARTED = time.monotonic()


def say(text: str) -> None:
    print(f"[{time.monotonic() - STARTED:5.1f} s] {text}", flush=True)


def main() -> int:
    options = _options()
    with standing(Stand, "clients") as stand:
        stand.furnish()
        stand.work()
        stand.serve()
        say(f"server on {stand.url}; the apps start (seed {options.seed})")
        proxy = FaultProxy((HOST, stand.port), FILES, seed=options.seed)
        with proxy, _node() as node:
            talk = Talk(stand, node, proxy)
            talk.hear()
        talk.checks += conformance(stand)
    print("\n" + report.table(("app", "what", "", "found"), talk.lines()))
    wrong = [check for check in talk.checks if not check["ok"]]
    fine = talk.done and talk.checks and not wrong
    print(
        f"\n{len(talk.checks) - len(wrong)} of {len(talk.checks)} checks hold" + ("" if fine else ": FAILED")
    )
    return 0 if fine else 1


def conformance(stand: Stand) -> list[dict[str, Any]]:
    """The published kit against the same server, the vectors of signatures in JavaScript, and the page that
    starts from `curl`.
    """
    code = stand.demo["enrolment_codes"][-1]["code"]
    commands = {
        "kit": [sys.executable, "docs/conformance/kit.py", stand.url, code],
        "vectors": ["node", "docs/conformance/signatures.mjs"],
        "write your own client": [sys.executable, "tests/clients/page.py", str(stand.place)],
    }
    found = []
    for name, command in commands.items():
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)  # noqa: S603  because they are our own programs
        lines = done.stdout.splitlines()
        failed = [line.strip() for line in lines if "FAIL" in line]
        detail = "; ".join(failed) or (lines[-1] if name == "kit" and lines else f"{len(lines)} hold")
        fine = done.returncode == 0
        say(f"{'✓' if fine else '✗'} conformance: {name} ({detail})")
        found.append({"app": "conformance", "check": name, "ok": fine, "detail": detail})
    return found


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=7, help="of the faults of the network")
    return parser.parse_args()


@contextmanager
def _node() -> Iterator[subprocess.Popen[str]]:
    node = subprocess.Popen(
        ["node", "clients/proof/scenario.js"],  # noqa: S607  because node is where the system has put it
        cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield node
    finally:
        node.kill()
        node.wait()


class Talk:
    """Lines of JSON from the apps: results are kept, questions answered."""

    def __init__(self, stand: Stand, node: subprocess.Popen[str], proxy: FaultProxy) -> None:
        self._stand, self._node, self._proxy = stand, node, proxy
        self.checks: list[dict[str, Any]] = []
        self.done = False

    def hear(self) -> None:
        assert self._node.stdout is not None
        for line in self._node.stdout:
            if line.startswith("{"):
                self._take(json.loads(line))
            if self.done:
                return

    def lines(self) -> list[tuple[str, ...]]:
        return [(c["app"], c["check"], "✓" if c["ok"] else "✗", c["detail"]) for c in self.checks]

    def _take(self, message: dict[str, Any]) -> None:
        if "check" in message:
            self.checks.append(message)
            say(f"{'✓' if message['ok'] else '✗'} {message['app']}: {message['check']} ({message['detail']})")
        elif "note" in message:
            say(message["note"])
        elif "ask" in message:
            assert self._node.stdin is not None
            self._node.stdin.write(json.dumps(self._answer(message)) + "\n")
            self._node.stdin.flush()
        self.done = self.done or message.get("done", False)

    def _answer(self, message: dict[str, Any]) -> dict[str, Any]:
        return dict(getattr(self, f"_{message['ask']}")(message) or {})

    def _setting(self, _message: dict[str, Any]) -> dict[str, Any]:
        """`files` is the way to the server for photos."""
        told = {"base": self._stand.url, "files": self._proxy.url, "demo": self._stand.demo}
        return told | {"seed": self._proxy.seed, "folder": str(self._stand.place / "phones")}

    def _rotate(self, _message: dict[str, Any]) -> None:
        self._stand.manage("sync_rotate_epoch")

    def _settle(self, _message: dict[str, Any]) -> None:
        self._stand.manage("demo_truth", "--wait", WAIT_S)

    def _faults(self, _message: dict[str, Any]) -> dict[str, Any]:
        return self._proxy.counts

    def _outcomes(self, message: dict[str, Any]) -> dict[str, Any]:
        """What stands in the inbox about these records, and how it is proved."""
        return {"items": self._ask(OUTCOMES, ids=",".join(message["ids"]))}

    def _device(self, message: dict[str, Any]) -> dict[str, Any]:
        found: dict[str, Any] = self._ask(DEVICE, device=message["device"])
        return found

    def _ask(self, query: str, **variables: str) -> Any:
        return json.loads(self._stand.cluster.psql(query, database="gridgov", variables=variables))

    def _compare(self, message: dict[str, Any]) -> dict[str, Any]:
        """The phone's rows beside what the person may see, and each made record beside its outcomes."""
        name, held, made = message["username"], message["held"], message["made"]
        found = json.loads(self._stand.manage("demo_truth", "--wait", WAIT_S, name).splitlines()[-1])
        difference = truth.compare(held, found["users"][name])
        lost, doubled = truth.lost_and_doubled(made, found["settled"])
        rows = sum(map(len, held.values()))
        return {
            "equal": not difference,
            "detail": str(difference) or f"{rows} rows",
            "lost": len(lost), "doubled": len(doubled),
            "counts": f"{len(made)} made, {len(lost)} lost, {len(doubled)} doubled",
        }  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
