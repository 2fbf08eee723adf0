"""`make demo`: twenty phones, a day offline, a bad network, and the truth.

Runs against the server that `make run` started; reads `$GRIDGOV_HOME/demo.json`. `--break` loses one row of
one phone and one byte of one photo on purpose: then the comparison has to find both, and the exit code is not
zero.
"""

import argparse
import json
import os
import random
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

from simulation import picture, report, truth
from simulation.crew import STREET_DIGITS, Crew, Member
from simulation.gallery import Gallery, Photo, Reader
from simulation.staff import at_desk
from simulation.story import SHARES, plan

READER, OUTSIDER = "centre_director", "liaison_officer"  # the latter sees what is reported, and no screening
WAIT_S = 60  # of standstill, not of work
ROUNDS = 4
STARTED = time.monotonic()


def say(text: str) -> None:
    print(f"[{time.monotonic() - STARTED:5.1f} s] {text}", flush=True)


def main() -> int:
    options = _options()
    home = Path(os.environ.get("GRIDGOV_HOME") or "var").absolute()
    demo = _demo_file(home)
    say(f"{options.phones} phones enrol at {demo['base_url']} (seed {options.seed})")
    where = home / "demo"
    crew = Crew(demo, where, phones=options.phones, seed=options.seed, reader=_street(demo))
    crew.each(lambda member: member.phone.pull())
    rows = sum(len(held) for member in crew.members for held in member.phone.store.held().values())
    say(f"all have pulled: {rows} rows; now they go offline")
    dice = random.Random(options.seed)  # noqa: S311  because the story must repeat
    for member in crew.record(plan(options.phones, dice)):
        if member.number % 5 == 4:  # noqa: PLR2004  because every fifth line is enough
            say(f"  {member.number + 1} phones have recorded")
    _come_back(crew)
    try:
        return _close(crew, demo, home, options)
    finally:
        if options.broken:  # the phones stay for the next run, in which nothing is to be missing
            crew.members[0].phone.store.forget_rows()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--phones", type=int, default=20)
    parser.add_argument("--break", dest="broken", action="store_true", help="lose one row on purpose")
    return parser.parse_args()


def _demo_file(home: Path) -> dict[str, Any]:
    path = home / "demo.json"
    if not path.is_file():
        raise SystemExit(f"demo: {path} is missing: start the server with 'make run' first")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def _street(demo: dict[str, Any]) -> str:
    """Code of the street whose centre reads the photos back."""
    account = next(one for one in demo["accounts"] if one["role"] == READER)
    office = next(one for one in demo["organisations"] if one["name"] == account["organisation"])
    return str(office["area_code"][:STREET_DIGITS])


def _photos(crew: Crew) -> list[Photo]:
    return [photo for member in crew.members if member.camera for photo in member.camera.photos.values()]


def _come_back(crew: Crew) -> None:
    made = Counter(kind.split()[0] for member in crew.members for kind in member.made.values())
    say(
        f"recorded offline: {made['screening']} screenings with {len(_photos(crew))} photos, "
        f"{made['contact']} contacts; back on a bad network"
    )
    crew.through_bad_network()
    crew.each(lambda member: member.phone.sync())
    crew.each(_send_photos)
    faults: Counter[str] = Counter()
    for member in crew.members:
        faults.update(member.network.counts if member.network else {})
    lost, unheard, doubled = faults["lost"], faults["unheard"], faults["doubled"]
    say(
        f"  {faults['requests']} requests: {lost} lost, {unheard} answers lost, {doubled} sent twice, "
        f"{faults['broken off']} photos broken off in the middle of a part"
    )
    crew.on_good_network()


def _send_photos(member: Member) -> None:
    """The records went first: they say which photos come."""
    if member.camera and member.network:
        member.camera.send(member.network, member.phone)


def _close(crew: Crew, demo: dict[str, Any], home: Path, options: argparse.Namespace) -> int:
    say("waiting for the worker to run what follows: join disputes, evaluate rules")
    found, differences = _meet_truth(crew, broken=options.broken)
    own, others = _look_at_photos(crew, demo, broken=options.broken)
    ids = [one for member in crew.members for one in member.made]
    lost, doubled = truth.lost_and_doubled(ids, found["settled"])
    print()
    print(_outcomes(crew), _files(own, others), _district(found["district"]), sep="\n\n", end="\n\n")
    print(_phones(crew, found, differences))
    say(f"map: {_map(demo, found['district']['map'], home)}")
    spoiled = own.wrong + others.wrong
    wrong = len(differences) or len(lost) or len(doubled) or len(spoiled)
    print(f"\n{len(crew.members) - len(differences)} of {len(crew.members)} phones equal the truth; ", end="")
    print(f"{len(lost)} records lost, {len(doubled)} doubled; {len(spoiled)} photos not as they were taken.")
    return 1 if wrong else 0


def _meet_truth(crew: Crew, *, broken: bool) -> tuple[dict[str, Any], dict[str, truth.Difference]]:
    """Pull, ask, compare; again while timers of the server change rows in between. A lost row stays lost."""
    users = [member.username for member in crew.members]
    truth.ask([], wait_s=WAIT_S)
    for number in range(ROUNDS):
        crew.each(lambda member: member.phone.pull())
        if broken and number == 0:
            _lose_one_row(crew.members[0])
        found = truth.ask(users, wait_s=WAIT_S)
        differences = {
            f"{member.number + 1:02d} {member.ticket['worker']}": difference
            for member in crew.members
            if (difference := truth.compare(member.phone.store.held(), found["users"][member.username]))
        }
        if not differences:
            break
    return found, differences


def _look_at_photos(crew: Crew, demo: dict[str, Any], *, broken: bool) -> tuple[Gallery, Gallery]:
    """Ask whether all are there, then read them back as staff."""
    crew.each(lambda member: member.camera and member.camera.ask_complete(member.phone))
    photos = _photos(crew)
    if broken:
        _spoil(next(photo for photo in photos if photo.here))
    return Reader(demo["base_url"], at_desk(demo, READER), at_desk(demo, OUTSIDER)).look(photos)


def _spoil(photo: Photo) -> None:
    photo.sha256 = photo.sha256[::-1]


def _lose_one_row(member: Member) -> None:
    rows = member.phone.store.rows("screening") or member.phone.store.rows("grid")
    kind = "screening" if member.phone.store.rows("screening") else "grid"
    member.phone.store.remove(kind, [rows[0]["id"]])


def _outcomes(crew: Crew) -> str:
    """What became of every record, by what the phone was told."""
    states: dict[str, Counter[str]] = {}
    reasons: Counter[str] = Counter()
    for member in crew.members:
        receipts = member.phone.store.receipts()
        for one, kind in member.made.items():
            receipt = receipts.get(one, {"state": "no outcome", "code": None, "repeats": 0})
            counted = states.setdefault(kind, Counter())
            counted.update({"pushed": 1, receipt["state"]: 1, "told again": receipt["repeats"]})
            if receipt["code"]:
                reasons[f"{receipt['state']} {receipt['code']}"] += 1
    columns = ("pushed", "accepted", "rejected", "quarantined", "no outcome", "told again")
    order = [*(f"screening {kind}" for kind in SHARES), "contact"]
    lines = [(kind, *(states[kind][column] for column in columns)) for kind in order if kind in states]
    total = sum(states.values(), Counter())
    lines.append(("all", *(total[column] for column in columns)))
    shown = (*columns[:-1], "duplicates answered")
    return report.table(("recorded as", *shown), lines) + "\n" + report.counts("reasons", reasons)


def _files(own: Gallery, others: Gallery) -> str:
    """Photos of the reader's street, compared with the phones'; of others, which must stay closed."""
    columns = ("declared", "complete", "resumed", "equal", "stripped", "closed")
    rows = [
        (name, *(gallery.counts[column] for column in columns))
        for name, gallery in (("read by their centre", own), ("of other streets", others))
        if gallery.counts
    ]
    head = ("photos", *columns[:3], "equal bytes", "metadata stripped", "closed to others")
    return "\n".join((report.table(head, rows), *(f"wrong: {one}" for one in own.wrong + others.wrong)))


def _district(district: dict[str, Any]) -> str:
    firings = district["firings"]
    deeds = sorted({deed for line in firings for deed in line["actions"]})
    rows = [(f["rule"], f["firings"], *(f["actions"].get(deed, 0) for deed in deeds)) for f in firings]
    return "\n".join(
        (
            report.counts("disputes by level", district["disputes_by_level"]),
            report.table(("escalated by rule", "fired", *deeds), rows),
            report.counts("intake", district["intake"]),
            report.counts("liaison reports", district["liaison"]),
            report.counts("contacts by verdict", district["contacts_by_verdict"]),
        )
    )


def _phones(crew: Crew, found: dict[str, Any], differences: dict[str, truth.Difference]) -> str:
    lines = []
    for member in crew.members:
        name = f"{member.number + 1:02d} {member.ticket['worker']}"
        held, true = member.phone.store.held(), found["users"][member.username]
        verdict = str(differences[name]) if name in differences else "equal"
        lines.append((name, member.crs, _size(held), _size(true), verdict))
    return report.table(("phone", "points in", "holds", "truth", ""), lines)


def _size(rows: dict[str, dict[str, int]]) -> int:
    return sum(len(ids) for ids in rows.values())


def _map(demo: dict[str, Any], rows: list[dict[str, Any]], home: Path) -> Path:
    features = at_desk(demo, "district_admin").call("GET", "/grids?limit=5000")["features"]
    return picture.draw(features, rows, home / "demo" / "map.png")


if __name__ == "__main__":
    sys.exit(main())
