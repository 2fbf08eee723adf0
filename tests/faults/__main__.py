"""`make test-faults`: harm a district of its own and compare every promise with the database.

`--short` for each check-in (two minutes), `--scale 8` for a proof. `--only "disk full"` runs one. Ends
non-zero when anything was lost, doubled, told otherwise, or differs from the truth.
"""

import argparse
import json
import os
import sys
import time
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "clients" / "python")]

from tests.faults.stand import Stand, district, say  # noqa: E402  because the project's folders come first

PHONES = 8
SHORT = {"bad network", "PostgreSQL killed", "poison among 200", "clock jumps"}


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--short", action="store_true", help="without disk, pool, restart and restore")
    parser.add_argument("--scale", type=int, default=1, help="how often, and how many items")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", action="append", default=[])
    parser.add_argument("--out", type=Path, help="the table as JSON, after each fault")
    parser.add_argument("--resume", action="store_true", help="leave out what stands in --out and was fine")
    options = parser.parse_args()
    with district() as stand:
        rows = _all(stand, options)
    print(_table(rows))
    return 1 if any(row["wrong"] for row in rows) else 0


def _all(stand: Stand, options: argparse.Namespace) -> list[dict[str, Any]]:
    """Django of this process is set up on the stand, for the comparison."""
    os.environ.update(stand.env)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.settings")
    import django  # noqa: PLC0415  because its settings are the stand's

    django.setup()
    from tests.faults.crew import Crew  # noqa: PLC0415  because it needs Django
    from tests.faults.restore import restored  # noqa: PLC0415  because it needs Django
    from tests.faults.scenarios import SCENARIOS  # noqa: PLC0415  because it needs Django

    stand.serve()
    crew = Crew(stand, PHONES, options.seed)
    rows = earlier(options.out) if options.resume else []
    done = {row["fault"] for row in rows}
    for name, scenario in {**SCENARIOS, "dump and restore": restored}.items():
        if _wanted(name, options) and name not in done:
            rows.append(_one(name, scenario, stand, crew, options.scale))
            if options.out:
                options.out.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return rows


def earlier(out: Path | None) -> list[dict[str, Any]]:
    """What an earlier run has found to be fine, before it was broken off."""
    found = json.loads(out.read_text(encoding="utf-8")) if out and out.exists() else []
    return [row for row in found if not row["wrong"]]


def _wanted(name: str, options: argparse.Namespace) -> bool:
    if options.only:
        return name in options.only
    return not options.short or name in SHORT or name.startswith("web killed")


def _one(name: str, scenario: Any, stand: Stand, crew: Any, scale: int) -> dict[str, Any]:
    from tests.faults.scenarios import Scene, last_pull  # noqa: PLC0415  because it needs Django
    from tests.faults.verdict import judge  # noqa: PLC0415  because it needs Django

    made, began = sum(len(member.made) for member in crew.members), time.monotonic()
    for member in crew.members:
        member.trouble.clear()
    with ExitStack() as exits:
        scene = Scene(stand, crew, scale, Counter(), exits)
        scenario(scene)
        last_pull(scene)
        verdict = judge(crew)
    row = {
        "fault": name,
        "items": verdict.items - made,
        "notes": dict(scene.notes),
        "retries": dict(crew.trouble),
        "lost": len(verdict.lost),
        "doubled": len(verdict.doubled),
        "told otherwise": len(verdict.retold),
        "differ": len(verdict.unequal) + len(verdict.rows),
        "seconds": round(time.monotonic() - began, 1),
        "wrong": str(verdict),
    }
    fine = str(verdict) or "nothing lost, nothing doubled"
    say(f"faults: {name}: {row['items']} items, {row['seconds']} s, {fine}")
    return row


def _table(rows: list[dict[str, Any]]) -> str:
    head = (
        f"{'fault':24}{'items':>8}{'lost':>6}{'doubled':>9}{'otherwise':>11}{'differ':>8}{'seconds':>9}  what"
    )
    lines = [head]
    for row in rows:
        notes = ", ".join(f"{name} {count}" for name, count in (row["notes"] | row["retries"]).items())
        lines.append(
            f"{row['fault']:24}{row['items']:8}{row['lost']:6}{row['doubled']:9}{row['told otherwise']:11}"
            f"{row['differ']:8}{row['seconds']:9}  {notes}"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
