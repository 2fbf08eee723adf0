"""Found by two workers without network on one day, joined; clocks run out while the server is down."""

import random
from datetime import datetime, timedelta
from itertools import product
from typing import Any

from gridphone import Phone
from simulation.crew import own_cells

from kernel import clock
from tests.stories.field import arrived, on_the_spot
from tests.stories.quarrel.matter import CHILD, LI, WANG, ZHAO, Body, Matter

HERE, THERE = "grid_worker.001.1", "grid_worker.001.2"
"""Two workers of neighbouring communities."""
BRIEF = "两社区共用通道内电动车刮碰轿车，摊位占道，赔偿谈不拢"
OWNER = {"role": "applicant", "name": WANG, "phone": "13900000011"}
RIDER = {"role": "respondent", "name": LI, "phone": "13900000012"}
STALL = {"role": "respondent", "name": ZHAO, "phone": "13900000013"}
NEAR_M = 250
FIRINGS = """select r.code, f.due_at, f.facts ->> 'level' from escalation_firing f
    join escalation_rule r on r.id = f.rule_id where f.dispute_id = %s and f.due_at is not null
    order by f.fired_at, f.id"""
SCREENINGS = "select count(*) from disputes_disputescreening where dispute_id = %s"


def play(matter: Matter) -> None:
    stage, teller = matter.stage, matter.teller
    teller.chapter("A quarrel of two communities, found twice 两社区之间的纠纷")
    ours, theirs = stage.phone(HERE), stage.phone(THERE)
    here, there = _side_by_side(ours, theirs)
    first = ours.record("screening", _seen(matter, ours, here, [OWNER, RIDER]), at=stage.now())
    stage.later(minutes=50)
    second = theirs.record("screening", _seen(matter, theirs, there, [OWNER, RIDER, STALL]), at=stage.now())
    teller.tell("two workers of two communities record the same quarrel, both without network")
    ours.sync()
    arrived(stage, ours, first)
    found = stage.dispute_of(first)
    matter.dispute, matter.code = str(found["id"]), found["code"]
    teller.tell(f"the first has network again: one case, one code 一案一码 {matter.code}, at the grid")
    _down(matter)
    theirs.sync()
    arrived(stage, theirs, second)
    _joined(matter, theirs, second)
    _a_minor(matter, ours, theirs)


def _side_by_side(ours: Phone, theirs: Phone) -> tuple[Any, Any]:
    """Two places near each other, in a grid of the one and in one of the other."""
    dice = random.Random(7)
    here, there = (
        [cell.somewhere(dice) for cell in own_cells(phone) for _ in range(60)] for phone in (ours, theirs)
    )
    return min(product(here, there), key=lambda pair: _apart(*pair))


def _apart(one: Any, other: Any) -> float:
    return float((one.lon - other.lon) ** 2 + ((one.lat - other.lat) * 1.4) ** 2)


def _seen(matter: Matter, phone: Phone, place: Any, parties: list[Body]) -> Body:
    at = (matter.stage.now() - timedelta(hours=1)).isoformat(timespec="seconds")
    return on_the_spot(
        matter.stage, phone, BRIEF, category="06", outcome="watching", point=place.wire(at), parties=parties,
        watch_until=(matter.stage.now() + timedelta(days=10)).date().isoformat(),
    )  # fmt: skip


def _down(matter: Matter) -> None:
    """From Tuesday evening to Friday evening nothing runs: two level clocks end meanwhile."""
    stage, teller = matter.stage, matter.teller
    monday = stage.now().date()
    stage.later(days=1, hour=18)
    stage.stand.rest()
    teller.tell("the server goes down, and stays so for three days")
    stage.to(stage.now() + timedelta(days=3))
    stage.stand.serve()
    stage.stand.work()
    stage.due()
    stage.due()
    fired = [(rule, due, level) for rule, due, level in stage.stand.ask(FIRINGS, matter.dispute)]
    wanted = [
        ("level_clock_ran_out", clock.day_end(monday + timedelta(days=1)), "grid"),
        ("level_clock_ran_out", clock.day_end(monday + timedelta(days=3)), "community"),
    ]
    teller.same(
        fired, wanted, "up again: grid and community ran out, each once, in order, with the true times"
    )
    level = matter.clerk.get(f"/disputes/{matter.dispute}")["level"]
    teller.same(level, "street", "so it stands with the street, though nobody was there")


def _joined(matter: Matter, theirs: Phone, second: str) -> None:
    stage, teller = matter.stage, matter.teller
    same = stage.dispute_of(second)
    teller.same(
        same["code"], matter.code, "the second worker is back on the network: the same quarrel, joined"
    )
    records = stage.stand.ask(SCREENINGS, matter.dispute)[0][0]
    names = {party["name"] for party in stage.parties(matter.clerk, matter.dispute, "并案核对当事人")}
    teller.same((records, names), (2, {WANG, LI, ZHAO}), "two records, three parties, each of them once")
    held = theirs.store.rows("screening")
    made = next(row for row in held if row["id"] == second)
    days = [datetime.fromisoformat(made[name]).date() for name in ("device_at",)]
    teller.same(days, [stage.now().date() - timedelta(days=4)], "with the day on which it was recorded")


def _a_minor(matter: Matter, ours: Phone, theirs: Phone) -> None:
    stage, teller = matter.stage, matter.teller
    year = stage.now().year
    child = {"role": "respondent", "name": CHILD, "minor": True, "birth_band": f"{year - 16}-{year - 14}"}
    asked = theirs.ask("dispute", matter.dispute, "add_party", {"party": child}, at=stage.now())
    theirs.sync()
    arrived(stage, theirs, asked)
    teller.tell("the second worker adds who rode the e-bike: a minor, by initials and a band of birth years")
    for phone in (ours, theirs):
        phone.sync()
        held = {row["id"] for row in phone.store.rows("dispute")}
        if matter.dispute in held:
            teller.broken("no phone holds it any more", held)
    teller.tell("from now on it is restricted: no phone holds it any more")
    coordinator = stage.desk("community_coordinator")
    codes = [who.refused("GET", f"/disputes/{matter.dispute}") for who in (coordinator, matter.clerk)]
    teller.same(codes, ["not_found"] * 2, "for coordinator and clerk it does not exist (404)")
