"""`make proof`: the long runs, and their table in docs/proof.md with the commit they ran on.

Convergence with a fresh seed, beside it every fault eight times over; then, alone, the herd (`--herd 0`
leaves it out). Ends non-zero, and writes nothing, when anything was lost, doubled or differs. Parts that were
fine are kept under `var/proof`, by the commit they ran on: a run that was broken off goes on.
"""

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
CHANGED = " with changes"
PAGE = ROOT / "docs" / "proof.md"
PRODUCT = (".", ":!tests", ":!docs", ":!*.md")
HEAD = """# Proof

<!-- made by `make proof`; do not edit -->

What was promised to a phone, compared with the database, after harm was done on purpose. `make proof` runs
it again (`make test-faults`: one turn of each fault); how it works: [testing](testing.md).

Run on {day}, commit `{commit}`, {machine}.
"""
STORY = """
## Convergence

A Hypothesis state machine on real PostgreSQL transactions that overlap
([`tests/sync/convergence`](../tests/sync/convergence/machine.py)). After each step: no row outside the scope
of its reader, one outcome for each pushed id, no `rev` that falls, at most one operation for a record of a
scope in a pass. At the end of each example every phone equals the oracle, nothing waits, `sync_check` is
clean.

{verdict}

{table}
"""
LEDGER = """
## Faults

Eight phones (the reference device) against the real server on a private durable cluster. Each phone writes
what it was told into a ledger and syncs that to the disk before its own store hears of it. After every fault
the ledgers, the phones and the domain's tables are compared: *lost*, *doubled*, *otherwise* (told one
outcome, kept another) and *differ* (a phone or a phone row is not what the domain says) have to be 0.

{total}

{table}
"""
HERD = """
## Herd

{phones:,} phones come back at the same moment, each with {each} records and two pulls, while a clerk reads
lists. Told to come again, a phone does so; every record has to be acknowledged once.

**{items:,} items: {herd_lost:.0f} lost, {herd_doubled:.0f} doubled.** All were acknowledged after
{herd_acknowledged_s:,.0f} s, and all phones had pulled after {herd_done_s:,.0f} s; figures of a quiet machine
stand in [benchmarks](benchmarks.md).
"""
ENOUGH, ENOUGH_HARMED = 100_000, 10_000


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--examples", type=int, default=1000)
    parser.add_argument("--scale", type=int, default=8)
    parser.add_argument("--herd", type=int, default=2000, help="phones of the herd (0: without)")
    options = parser.parse_args()
    commit = _commit()
    with _parts(commit, options) as folder:
        found = _run(options, folder)
    if found is None:
        return 1
    PAGE.write_text(_page(commit, found), "utf-8")
    print(f"written: {PAGE.relative_to(ROOT)}")
    return 0


@contextmanager
def _parts(commit: str, options: argparse.Namespace) -> Iterator[Path]:
    """Where the parts of this run stand; of a product with changes nothing is kept."""
    if CHANGED in commit:
        with tempfile.TemporaryDirectory() as passing:
            yield Path(passing)
        return
    folder = ROOT / "var" / "proof" / f"{commit}-{options.examples}-{options.scale}-{options.herd}"
    folder.mkdir(parents=True, exist_ok=True)
    yield folder


def _run(options: argparse.Namespace, folder: Path) -> dict[str, Any] | None:
    """What each part says; None where one failed."""
    story, faults, herd = (folder / name for name in ("story", "faults", "herd"))
    env = {"GRIDGOV_PROOF_EXAMPLES": str(options.examples), "GRIDGOV_PROOF_OUT": str(story)}
    tests = ["pytest", "-q", "--show-capture=no", "--tb=short", "tests/sync/convergence"]
    harm = ["tests.faults", "--scale", str(options.scale), "--resume", "--out", str(faults)]
    caught = folder / "caught"
    both = {caught: None if caught.exists() else _started(tests, env), faults: _started(harm, {})}
    failed = [bool(process and process.wait()) for process in both.values()]
    if not failed[0]:
        caught.touch()
    if options.herd and not any(failed) and not herd.exists():
        alone = _started(["tests.faults.herd", "--phones", str(options.herd), "--out", str(herd)], {})
        failed.append(bool(alone.wait()))
    if any(failed):
        return None
    return {path.name: json.loads(path.read_text("utf-8")) for path in (story, faults, herd) if path.exists()}


def _started(module: list[str], env: dict[str, str]) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", *module]
    return subprocess.Popen(command, cwd=ROOT, env={**os.environ, **env})  # noqa: S603  because it is our own interpreter


def _page(commit: str, found: dict[str, Any]) -> str:
    machine = f"{os.cpu_count()} cores, {platform.system()} {platform.machine()}"
    day = datetime.now(UTC).date().isoformat()
    head = HEAD.format(day=day, commit=commit, machine=machine)
    return head + _story(found["story"]) + _ledger(found["faults"]) + _herd(found.get("herd"))


def _herd(figures: dict[str, float] | None) -> str:
    if figures is None:
        return ""
    return HERD.format(each=int(figures["items"] // figures["phones"]), **figures)


def _commit() -> str:
    """The last commit of the product itself: this page and the tests may be younger."""

    def git(*words: str) -> str:
        command = [shutil.which("git") or "git", *words]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()  # noqa: S603  because the words stand below

    commit = git("log", "-1", "--format=%h", "--abbrev=12", "HEAD", "--", *PRODUCT)
    return commit + (CHANGED if git("status", "--porcelain", "--", *PRODUCT) else "")


def _story(counts: dict[str, int]) -> str:
    seed = counts.pop("seed")
    verdict = (
        f"**{counts['examples']:,} examples, {counts['steps']:,} steps, {counts['phones compared']:,} phones "
        f"compared: 0 differences.** Seed {seed}. Four engines with one mistake each (a cursor by sequence "
        "among them) were caught."
    )
    rows = sorted(counts.items(), key=lambda entry: -entry[1])
    lines = ["| what happened | times |", "|---|---:|", *(f"| {name} | {count:,} |" for name, count in rows)]
    return STORY.format(verdict=verdict, table="\n".join(lines))


def _ledger(rows: list[dict[str, Any]]) -> str:
    columns = ("items", "lost", "doubled", "told otherwise", "differ")
    lines = [
        "| fault | items | lost | doubled | otherwise | differ | what |",
        "|---|---:|---:|---:|---:|---:|---|",
    ]
    for row in rows:
        what = ", ".join(f"{name} {count:,}" for name, count in (row["notes"] | row["retries"]).items())
        lines.append(f"| {row['fault']} | " + " | ".join(f"{row[c]:,}" for c in columns) + f" | {what} |")
    items, harmed = (sum(row["items"] for row in rows if row["fault"] != skipped) for skipped in ("", "calm"))
    kills = sum(row["notes"].get("SIGKILL", 0) for row in rows)
    lost, doubled = (sum(row[name] for row in rows) for name in ("lost", "doubled"))
    harm = f"{items:,} items, {harmed:,} of them under a fault, {kills} SIGKILL"
    total = f"**{harm}: {lost} lost, {doubled} doubled.**"
    if items < ENOUGH or harmed < ENOUGH_HARMED:
        total += f" A short run: a proof has {ENOUGH:,} items, {ENOUGH_HARMED:,} of them under a fault."
    return LEDGER.format(total=total, table="\n".join(lines))


if __name__ == "__main__":
    sys.exit(main())
