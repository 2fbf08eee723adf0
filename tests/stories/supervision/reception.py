"""Three people are received: a minor, one who serves outside of prison, one with an injunction."""

from typing import Any

from tests.stories.supervision.year import Supervised, Year, owner_of

PERSONS: dict[str, dict[str, Any]] = {
    "林小雨": {"sex": "m", "guardian_name": "林父", "guardian_phone": "0451-00030001"},
    "周桂兰": {"sex": "f"},
    "陈立军": {"sex": "m"},
}
LINE = {"form": "3", "period": "month", "least": 2, "most": 4, "window_days": 10}
GUARDIAN_THERE = {"guardian_present": True}


def play(year: Year) -> None:
    year.teller.chapter("Reception 接收")
    _registered(year)
    _orders(year)
    _received(year)
    _groups(year)
    _phones(year)


def _registered(year: Year) -> None:
    teller = year.teller
    body = _registration(year, year.minor)
    orphan = body | {"person": {k: v for k, v in body["person"].items() if not k.startswith("guardian")}}
    year.refused(year.station, "subjects", "guardian_required", "a minor without a guardian", **orphan)
    for who in year.people:
        found = year.act(year.station, "subjects", **_registration(year, who))
        who.id = found["id"]
        masked = who.name[0] + "**"
        teller.same(found["short_name"], masked, f"{who.name} is registered; lists show {masked}")
        teller.same(found["minors_rules"], who is year.minor, _regime(who is year.minor))
    year.refused(
        year.station, "subjects", "person_already_registered", "nobody is registered twice",
        **_registration(year, year.limited),
    )  # fmt: skip
    year.station.post(f"/corrections/subjects/{year.minor.id}/to-be-sealed", {"basis": "MI-SEAL"})
    teller.tell(
        "an officer who has read the judgment marks the minor's file: to be sealed at the end 应当封存"
    )


def _regime(minor: bool) -> str:
    return "under the minors' rules, for the whole term" if minor else "under the rules for adults"


def _registration(year: Year, who: Supervised) -> dict[str, Any]:
    person = {
        "name": who.name, "born_on": who.born_on.isoformat(), "id_number": who.number,
        "address": "合成路 8 号（演示）",
    }  # fmt: skip
    return {
        "person": person | PERSONS[who.name], "execution_area": year.community(), "basis": "residence",
        "received_on": year.day(0),
    }  # fmt: skip


def _orders(year: Year) -> None:
    teller, since = year.teller, year.day(-3)
    terms: dict[str, dict[str, Any]] = {
        year.minor.name: {"category": "02", "term": {"starts_on": since, "months": 10}},
        year.patient.name: {
            "category": "04", "ground": "a", "term": {"starts_on": since, "stated_end": year.day(500)},
        },
        year.limited.name: {"category": "02", "term": {"starts_on": since, "months": 24}},
    }  # fmt: skip
    for number, who in enumerate(year.people, start=1):
        paper = {"document_no": f"（演示）刑初 {number} 号", "organ": "演示法院", "effective_on": since}
        found = year.act(
            year.station, "orders", subject=who.id, received_on=year.day(0), **paper, **terms[who.name]
        )
        who.order = found["id"]
        owed = "organ" if who is year.patient else "person"
        teller.same(found["report_in_owed_by"], owed, f"{who.name}: {_owed(owed)}")
        year.act(year.other_station, f"orders/{who.order}/confirm-term")
    year.refused(
        year.station, f"orders/{year.minor.order}/confirm-term", "term_needs_second_officer",
        "who wrote a term down does not confirm it",
    )  # fmt: skip


def _owed(by: str) -> str:
    return "the organ owes the transfer, not the person" if by == "organ" else "reports within ten days"


def _received(year: Year) -> None:
    for who in year.people:
        reception = year.act(
            year.station, "receptions", subject=who.id, place="office", reported_in_on=year.day(0)
        )
        one = f"receptions/{reception['id']}"
        for item in ("documents", "identity", "register", "file"):
            year.act(year.station, f"{one}/check", item=item, done_on=year.day(0))
        told = {"announced_on": year.day(0), "acknowledged": "signed"}
        if who is year.minor:
            year.refused(
                year.station, f"{one}/announce", "announcement_needs_guardian",
                "nothing is announced to a minor without the guardian", **told,
            )  # fmt: skip
        year.act(year.station, f"{one}/announce", **told, guardian_present=who is year.minor)
        _completed(year, who, one)


def _completed(year: Year, who: Supervised, one: str) -> None:
    if who is year.minor:
        year.refused(
            year.station,
            f"{one}/complete",
            "end_needs_two_officers",
            "nobody is received on one officer's word",
        )
    ends_on = year.one(year.station, f"subjects/{who.id}")["ends_on"]
    for officer in (year.station, year.other_station):
        year.act(officer, "end-confirmations", subject=who.id, ends_on=ends_on, occasion="reception")
    found = year.act(year.station, f"{one}/complete")
    year.teller.same(
        (found["missing"], found["completed_on"]), ([], year.day(0)),
        f"{who.name} is received: five checks, and two officers for the last day {ends_on}",
    )  # fmt: skip


def _groups(year: Year) -> None:
    for who, missing in (
        (year.minor, "group_without_minors_expert"), (year.patient, "group_without_woman"),
        (year.limited, ""),
    ):  # fmt: skip
        *most, last = _members(year, who)
        group = f"groups/{year.act(year.station, 'groups', subject=who.id, members=most)['id']}"
        if missing:
            text = f"{who.name}: a group that lacks one does not begin"
            year.refused(year.station, f"{group}/activate", missing, text)
        year.act(year.station, f"{group}/members", **last)
        found = year.act(year.station, f"{group}/activate")
        year.teller.same(found["state"], "active", f"the group of {who.name} stands")
        _planned(year, who)
    _injunction(year)


def _planned(year: Year, who: Supervised) -> None:
    plan = year.act(
        year.station, "plans", subject=who.id, starts_on=year.day(1), lines=[LINE],
        help_measures=["employment", "legal_aid"],
    )  # fmt: skip
    year.teller.same(plan["version"], 1, "and a plan: two to four visits a month, help beside them")


def _members(year: Year, who: Supervised) -> list[dict[str, Any]]:
    today = year.day(0)
    officer = {"kind": "officer", "sex": "m", "user": year.user(year.station.username), "valid_from": today}
    workers = [
        {"kind": "grid_worker", "sex": "m", "user": owner_of(phone), "valid_from": today}
        for phone in (year.walker, year.neighbour)
    ]
    more = {
        "kind": "school", "sex": "f" if who.female else "m", "name": "演示老师", "valid_from": today,
        "knows_minors": who is year.minor,
    }  # fmt: skip
    return [officer, *workers, more]


def _injunction(year: Year) -> None:
    text = {
        "subject": year.limited.id, "order": year.limited.order, "kind": "injunction", "text": "禁止进入网吧",
        "document_no": "（演示）刑初 3 号", "valid_from": year.day(0), "valid_to": year.day(600),
    }  # fmt: skip
    year.refused(
        year.station,
        "limits",
        "role_not_allowed",
        "the station neither writes nor reads an injunction 禁止令",
        **text,
    )
    found = year.act(year.agency, "limits", **text)
    year.teller.same(found["kind"], "injunction", f"the agency writes down that of {year.limited.name}")


def _phones(year: Year) -> None:
    year.walker.sync()
    rows = year.walker.store.rows("visit_due")
    mine = [row for row in rows if row["person"] in {who.id for who in year.people}]
    teller = year.teller
    teller.same(len({row["person"] for row in mine}), 3, "the worker's phone has visits to the three")
    teller.same({row["title"] for row in mine}, {"走访"}, "under the title of any other visit")
    told = "".join(f"{name}{value}" for row in mine for name, value in row.items())
    words = ("矫正", "司法", "缓刑", "offence", "order", "correction")
    teller.same([word for word in words if word in told], [], "nothing on it says why (CCL-26)")
    names = {row["name"] for row in mine if row["person"] == year.minor.id}
    teller.same(names, {"林**"}, "of the minor it knows one character")
    year.neighbour.sync()
