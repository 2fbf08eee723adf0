"""Contacts by phones without network: in two coordinate systems, a poor fix, a fix outside and a late upload
that takes its alarm back, and an outage of ours."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.stories.supervision.year import Body, Supervised, Year, reading

from gridphone import Phone, Point  # isort: skip  because the stage puts the project's folders on the path
from gridphone.coordinates import as_gcj02  # isort: skip  because of the same

HOME, DAOLI = Point(126.6650, 45.7550, accuracy_cm=600), Point(126.5800, 45.7400, accuracy_cm=600)
WUCHANG = Point(127.1670, 44.9310, accuracy_cm=500)
POOR_CM = 12_000
LESS, SECOND = {"form": "3", "period": "month", "least": 1, "most": 2, "window_days": 25}, 2


def play(year: Year) -> None:
    year.teller.chapter("Contacts 走访")
    _first_round(year)
    _outside_and_back(year)
    _outage(year)
    _fewer(year)


def due_to(phone: Phone, who: Supervised) -> Body | None:
    """The first visit to this person that the phone holds, as it was pulled."""
    rows = [row for row in phone.store.rows("visit_due") if row["person"] == who.id]
    return min(rows, key=lambda row: row["due_day"], default=None)


def see(year: Year, phone: Phone, who: Supervised, place: Point, **more: Any) -> str:
    """The worker sees the person: one point at one moment, kept on the phone; its id."""
    due, at = due_to(phone, who), year.stage.now()
    about = {"due": due["id"]} if due else {"person": who.id, "form": "3"}
    body = {"outcome": "met", "point": place.wire(at.isoformat(timespec="seconds")), "note": "已见面"}
    return phone.record("visit", body | about | more, at=at)


def send(year: Year, phone: Phone, *visits: str) -> None:
    """Network again: the phone syncs, and each of these records is taken."""
    phone.sync()
    states = {one: phone.store.receipts()[one]["state"] for one in visits}
    if set(states.values()) - {"accepted"}:
        year.teller.broken("the visits are taken", states)
    year.stage.settle()


def visit(year: Year, one: str) -> Body:
    return year.one(year.station, f"visits/{one}")


def window(year: Year, who: Supervised, number: int = 0) -> Body:
    """The n-th contact of the person that is still to be made, as the officer sees it."""
    rows = year.rows(year.station, f"contacts?subject={who.id}&due_from={year.day(0)}")
    waiting = sorted(
        (row for row in rows if row["standing"] in {"planned", "open", "in_grace"}), key=reading("due_day")
    )
    return waiting[number]


def _first_round(year: Year) -> None:
    teller = year.teller
    year.go(date.fromisoformat(window(year, year.minor)["open_day"]) + timedelta(days=2), hour=10)
    year.walker.sync()
    exact = see(year, year.walker, year.minor, HOME)
    shifted = see(year, year.walker, year.patient, as_gcj02(HOME))
    poor = see(year, year.walker, year.limited, Point(HOME.lon, HOME.lat, accuracy_cm=POOR_CM))
    teller.tell(
        "a worker sees all three, without network: WGS-84, GCJ-02, and once ±120 m between high houses"
    )
    year.on(1)
    send(year, year.walker, exact, shifted, poor)
    found = [visit(year, one) for one in (exact, shifted, poor)]
    teller.same(found[0]["place_verdict"], "inside", "a day later they are sent. WGS-84: inside")
    teller.expect(
        found[1]["place_verdict"] == "inside" and "system_converted" in found[1]["place_reasons"],
        "GCJ-02, by its declared system: inside, too", found[1],
    )  # fmt: skip
    _undecided(year, found[2])


def _undecided(year: Year, found: Body) -> None:
    teller = year.teller
    teller.expect(
        found["place_verdict"] == "undecided" and "accuracy_too_wide" in found["place_reasons"],
        "±120 m: undecided, and nobody is alarmed", found,
    )  # fmt: skip
    teller.same(year.rows(year.station, f"place-flags?subject={year.limited.id}"), [], "no flag")
    done = year.one(year.station, f"contacts/{found['contact']}")
    teller.same(
        (done["state"], done["settled_at"] is not None), ("done", True), "the contact is done all the same"
    )
    judged = year.act(
        year.station,
        f"visits/{found['id']}/judge",
        accepted=True,
        place="inside",
        reason="高楼之间，地址相符",
    )
    teller.same(
        (judged["place_verdict"], judged["judgements"][0]["place"]), ("undecided", "inside"),
        "an officer's judgement stands beside the machine's verdict, not over it",
    )  # fmt: skip


def _outside_and_back(year: Year) -> None:
    teller, who = year.teller, year.limited
    opens = date.fromisoformat(window(year, who)["open_day"])
    year.go(opens + timedelta(days=1), hour=10)
    for phone in (year.walker, year.neighbour):
        phone.sync()
    near = see(year, year.walker, year.minor, HOME)
    moved = see(year, year.walker, year.patient, DAOLI)
    far = see(year, year.walker, who, WUCHANG)
    send(year, year.walker, near, moved, far)
    teller.same(
        visit(year, moved)["place_verdict"],
        "inside",
        "南岗→道里: inside, one city's districts are one leave area",
    )
    teller.same(visit(year, far)["place_verdict"], "outside", "南岗→五常: outside")
    flags = year.rows(year.station, f"place-flags?subject={who.id}&state=open")
    teller.same(len(flags), 1, "an officer is shown where he was last seen; nothing else follows")
    teller.same(_burdens(year, who), 0, "no decision, no report, no search")
    year.stage.to(year.stage.now() + timedelta(hours=5))
    home = see(year, year.neighbour, who, HOME)
    teller.tell("five hours later another worker meets him at home, on a phone without network")
    year.on(3)
    send(year, year.neighbour, home)
    late = visit(year, home)
    teller.expect(
        "arrived_late" in late["place_reasons"], "three days on it is sent: late, and marked so", late
    )
    taken = year.one(year.station, f"place-flags/{flags[0]['id']}")
    teller.same(
        (taken["state"], taken["withdrawn_by"]),
        ("withdrawn", home),
        "the alarm is taken back, by the visit that did it",
    )
    teller.same(
        visit(year, far)["place_verdict"], "outside", "what was said of the first place stands in its trail"
    )


def _burdens(year: Year, who: Supervised) -> int:
    """Everything that could have followed from a flag."""
    lists = (
        f"decisions?subject={who.id}",
        f"searches?subject={who.id}",
        f"positioning-orders?subject={who.id}",
    )
    return sum(len(year.rows(year.agency, path)) for path in lists)


def _outage(year: Year) -> None:
    teller, stand = year.teller, year.stage.stand
    first = min((window(year, who) for who in year.people), key=reading("due_day"))
    year.go(date.fromisoformat(first["open_day"]) + timedelta(days=1), hour=10)
    year.walker.sync()
    due = {who.name: window(year, who)["id"] for who in year.people}
    stand.rest()
    teller.tell("our server stands still, and the worker with it")
    year.stage.to(year.stage.now() + timedelta(days=2))
    seen = see(year, year.walker, year.minor, HOME)
    teller.tell(f"the worker sees {year.minor.name} in time; the phone keeps it, and reaches nobody")
    last = max(datetime.fromisoformat(first["grace_until"]), datetime.fromisoformat(first["due_at"]))
    year.stage.to(last + timedelta(days=2))
    stand.serve()
    stand.work()
    year.stage.due()
    _after_outage(year, due, seen)


def _after_outage(year: Year, due: dict[str, str], seen: str) -> None:
    teller = year.teller
    for who in year.people:
        steps = year.one(year.station, f"contacts/{due[who.name]}")["steps"]
        told = [(step["event"], step["at"]) for step in steps]
        teller.same(
            [event for event, _ in told],
            ["open", "grace", "miss"][-len(told) :],
            f"{who.name}: missed, step by step",
        )
        teller.expect(
            told == sorted(told, key=lambda step: step[1]) and told[-1][1] < year.stage.now().isoformat(),
            "each at its true time, not at that of our return", told,
        )  # fmt: skip
    searches = {row["subject"] for row in year.rows(year.agency, "searches?state=review")}
    teller.expect({who.id for who in year.people} <= searches, "a review has opened for each, at the agency")
    send(year, year.walker, seen)
    late = year.one(year.station, f"contacts/{due[year.minor.name]}")
    teller.same(late["state"], "done_late", f"{year.minor.name}'s visit arrives: no longer missed")
    for who in (year.patient, year.limited):
        found = year.act(
            year.station, f"contacts/{due[who.name]}/excuse", code="our_fault", text="本系统中断四日"
        )
        teller.same(
            (found["state"], found["excuse"]),
            ("excused", "our_fault"),
            f"{who.name}: an outage of ours excuses 我方原因",
        )
    year.stage.due()
    _reviews_closed(year)


def _reviews_closed(year: Year) -> None:
    left = {row["subject"] for row in year.rows(year.agency, "searches?state=review")}
    year.teller.expect(
        not left & {who.id for who in year.people},
        "the reviews close by themselves: nothing is left to look at",
        left,
    )


def _fewer(year: Year) -> None:
    """A second version of the plan; the visits of it are made as the months go by."""
    for who in year.people:
        plan = year.act(
            year.station,
            "plans",
            subject=who.id,
            starts_on=year.day(0),
            lines=[LESS],
            help_measures=["employment"],
            why="表现稳定，减少走访",
        )
        if plan["version"] != SECOND:
            year.teller.broken("the plan is adjusted", plan)
    year.teller.tell("all three keep their plans: a second version 调整方案, one visit a month")
    year.rounds = lambda: on_the_way(year)


def on_the_way(year: Year) -> None:
    """The worker's round: whoever is due, and not away, is seen."""
    year.walker.sync()
    now = year.stage.now().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    there = [who for who in year.people if who.id not in year.absent]
    open_to = [who for who in there if (due := due_to(year.walker, who)) and due["opens_at"] <= now]
    send(year, year.walker, *[see(year, year.walker, who, HOME) for who in open_to])
