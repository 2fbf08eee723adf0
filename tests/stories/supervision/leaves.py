"""Leave 外出: five days that the station decides, forty that wait for the city, a move that is no leave."""

from datetime import date
from typing import Any

from tests.stories.supervision.year import Body, Year

WUCHANG, DAOLI, PEKING = "230184", "230102", "110105"
SHORT, LONG = 5, 40
SCAN = "c" * 64


def play(year: Year) -> None:
    year.teller.chapter("Leave 外出")
    _no_leave(year)
    _five_days(year)
    _forty_days(year)


def _asked(year: Year, code: str, place: str, first: int, days: int) -> Body:
    return {
        "subject": year.patient.id, "reason": "1", "reason_text": "复查", "destination": place,
        "destination_code": code, "first_day": year.day(first), "last_day": year.day(first + days - 1),
    }  # fmt: skip


def _handed_in(year: Year, asked: Body) -> str:
    leave = year.act(year.station, "leaves", **asked)
    year.act(year.station, f"leaves/{leave['id']}/submit")
    year.act(year.station, f"leaves/{leave['id']}/verify")
    return f"leaves/{leave['id']}"


def _no_leave(year: Year) -> None:
    year.refused(
        year.station, "leaves", "leave_not_needed", "南岗→道里 is inside: nobody's approval is needed",
        **_asked(year, DAOLI, "道里区", 5, 2),
    )  # fmt: skip


def _five_days(year: Year) -> None:
    teller = year.teller
    one = _handed_in(year, _asked(year, WUCHANG, "五常市人民医院", 4, SHORT))
    teller.same(
        year.one(year.station, one)["working"]["level"], "station", f"{SHORT} days to 五常: for the station"
    )
    year.refused(
        year.station, f"{one}/approve", "delegation_not_valid", "but only under a delegation of that day"
    )
    station = year.one(year.station, f"subjects/{year.patient.id}")["station"]
    year.act(
        year.head, "delegations", station=station, document_no="（演示）委 1 号", valid_from=year.day(0),
        valid_to=year.day(300),
    )  # fmt: skip
    found = year.act(year.station, f"{one}/approve")
    teller.same(found["state"], "approved", "the agency's head gives it 委托; the station approves")
    notices = {row["kind"] for row in found["notices"]}
    teller.same(
        notices, {"tell_person", "filing"}, "to be told to the person, and filed with the agency 备案"
    )
    year.on(5)
    teller.same(year.one(year.station, one)["state"], "active", "it begins by its date")
    year.on(3)
    closed = year.act(year.station, f"{one}/close", returned_on=year.day(0))
    teller.same(
        (closed["state"], closed["used_to"]), ("closed", year.day(0)), "she is back in time: closed 销假"
    )


def _forty_days(year: Year) -> None:
    teller = year.teller
    one = _handed_in(year, _asked(year, PEKING, "北京某医院", 12, LONG))
    working = year.one(year.agency, one)["working"]
    teller.same(
        (working["level"], working["days"], working["sum_days"]), ("city", LONG, LONG + SHORT),
        f"{LONG} days for an operation, {LONG + SHORT} in two months with the working shown: for the city",
    )  # fmt: skip
    for who, name in ((year.station, "station"), (year.head, "agency's head")):
        year.refused(who, f"{one}/approve", "leave_needs_city", f"the {name} may not decide it")
    year.act(year.agency, f"{one}/forward", opinion="材料属实，建议批准")
    year.on(6)
    found = year.one(year.station, one)
    teller.same(
        found["state"], "with_city", "six days on it lies with the city: pending, never silently refused"
    )
    told = [row["kind"] for row in found["notices"]]
    teller.expect("tell_person" in told, "and she is to be told where it lies")
    _city(year, one)
    _away(year, one)


def _city(year: Year, one: str) -> None:
    paper: dict[str, Any] = {
        "approved": True, "decided_on": year.day(0), "document_no": "（演示）市矫外 7 号",
        "scan_sha256": SCAN, "original_at": "矫正机构档案柜",
    }  # fmt: skip
    year.act(year.agency, f"{one}/record-city", **paper)
    year.refused(
        year.agency, f"{one}/confirm-city", "city_needs_second_officer", "one officer's record is no decision"
    )
    found = year.act(year.other_agency, f"{one}/confirm-city")
    year.teller.same(found["state"], "approved", "a second officer has compared the paper: approved")
    notices = [row["kind"] for row in found["notices"] if row["done_on"] is None]
    year.teller.expect("procuratorate" in notices, "the procuratorate is to be told 通报检察院", notices)


def _away(year: Year, one: str) -> None:
    teller = year.teller
    found = year.one(year.station, one)
    first, last = date.fromisoformat(found["first_day"]), date.fromisoformat(found["last_day"])
    year.go(first)
    year.absent.add(year.patient.id)
    year.go(last, hour=18)
    year.absent.clear()
    rows = year.rows(year.station, f"contacts?subject={year.patient.id}&due_from={first}&due_to={last}")
    planned = [row for row in rows if row["state"] != "cancelled"]
    inside = [row for row in planned if row["open_day"] >= str(first)]
    teller.expect(
        inside and {(row["state"], row["excuse"]) for row in inside} == {("excused", "leave")},
        f"what was due in it ({len(inside)}) is excused: nobody comes to an empty door", inside,
    )  # fmt: skip
    closed = year.act(year.station, f"{one}/close", returned_on=year.day(0))
    teller.same(closed["state"], "closed", "back on the last day: closed 销假")
