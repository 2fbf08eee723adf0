"""A detention told late, a transfer, and an end at midnight."""

from datetime import date, timedelta

from tests.stories.supervision import contacts
from tests.stories.supervision.year import Year

HELD_DAYS = 40
TO = {"to_agency": "五常市社区矫正机构", "to_area_code": "230184000000"}


def play(year: Year) -> None:
    year.teller.chapter("A detention told late, a transfer, an end at midnight 羁押、执行地变更、期满")
    _told_late(year)
    _transferred(year)
    _grown_up(year)
    _before_the_end(year)
    _midnight(year)
    _papers(year)


def _told_late(year: Year) -> None:
    teller, who = year.teller, year.limited
    since = year.today()
    year.absent.add(who.id)
    year.on(HELD_DAYS)
    year.absent.clear()
    rows = year.rows(year.station, f"contacts?subject={who.id}&due_from={since}&due_to={year.day(-4)}")
    missed = [row["id"] for row in rows if row["state"] == "missed"]
    teller.expect(missed, f"{who.name} was not to be found: {len(missed)} visits missed", rows)
    review = [row for row in year.rows(year.agency, f"searches?subject={who.id}&state=review")]
    teller.same(len(review), 1, "the agency's review has opened by itself; nobody calls it 脱管")
    detention = year.act(
        year.station, "detentions", subject=who.id, organ="道里公安分局", document_no="（演示）拘通 9 号",
        since=since.isoformat(), told_on=year.day(0),
    )  # fmt: skip
    found = {one: year.one(year.station, f"contacts/{one}") for one in missed}
    teller.same(
        {(row["state"], row["excuse"]) for row in found.values()}, {("excused", "detained")},
        f"today the police tell that he is held since {since}: each of them is excused",
    )  # fmt: skip
    trail = [step["event"] for step in found[missed[0]]["steps"]]
    teller.expect(trail[-2:] == ["miss", "excuse"], "both stand in its trail", trail)
    year.stage.due()
    closed = year.one(year.agency, f"searches/{review[0]['id']}")
    teller.same(closed["state"], "explained", "the review closes")
    year.on(3)
    resumed = year.act(year.station, f"detentions/{detention['id']}/resume", until=year.day(-1))
    teller.same(resumed["state"], "resumed", "he is free: duties go on from that day")


def _transferred(year: Year) -> None:
    teller, who = year.teller, year.patient
    asked = {"applied_on": year.day(-2), "asked_on": year.day(0), "reason": "随女儿居住"} | TO
    one = f"transfers/{year.act(year.agency, 'transfers', subject=who.id, **asked)['id']}"
    year.on(7)
    found = year.one(year.agency, one)
    teller.same(
        found["state"], "no_answer", f"{who.name} moves to 五常: no answer on the fifth day is a flag"
    )
    year.act(year.agency, f"{one}/decide", accept=True, on=year.day(0), document_no="（演示）五矫复 2 号")
    year.act(year.agency, f"{one}/move", received_on=year.day(0))
    year.on(2)
    year.act(year.agency, f"{one}/file-sent", on=year.day(0))
    year.on(2)
    teller.same(
        year.one(year.station, f"subjects/{who.id}")["state"],
        "in_correction",
        "until she reports there, we answer for her",
    )
    year.act(year.agency, f"{one}/receipt", on=year.day(0))
    year.on(1)
    found = year.act(year.agency, f"{one}/report", on=year.day(0))
    teller.same(found["state"], "reported", "the file is received, she reports within seven days")
    teller.same(
        year.station.refused("GET", f"/corrections/subjects/{who.id}"),
        "not_found",
        "from now on she is in no list here",
    )
    year.walker.sync()
    teller.same(contacts.due_to(year.walker, who), None, "and on no phone")


def _grown_up(year: Year) -> None:
    found = year.one(year.station, f"subjects/{year.minor.id}")
    year.teller.same(
        found["minors_rules"],
        True,
        f"{year.minor.name} has turned 18 by now: the minors' rules go on (CCL-58)",
    )


def _before_the_end(year: Year) -> None:
    teller, who = year.teller, year.minor
    ends_on = date.fromisoformat(year.one(year.station, f"subjects/{who.id}")["ends_on"])
    year.go(ends_on - timedelta(days=30))
    open_yet = year.one(year.station, f"subjects/{who.id}/end-checklist")
    teller.expect(
        open_yet["summary"] and open_yet["appraisal"],
        f"30 days before {ends_on}: summary and appraisal",
        open_yet,
    )
    year.act(
        year.station,
        f"subjects/{who.id}/end-checklist",
        kind="summary",
        written_on=year.day(0),
        text="本人总结",
    )
    year.refused(
        year.station, f"subjects/{who.id}/end-checklist", "role_not_allowed",
        "the appraisal 鉴定 is written by the agency",
        kind="appraisal", written_on=year.day(0), text="鉴定",
    )  # fmt: skip
    _help_after_release(year)
    left = year.act(
        year.agency,
        f"subjects/{who.id}/end-checklist",
        kind="appraisal",
        written_on=year.day(0),
        text="表现良好",
    )
    teller.same([name for name, to_do in left.items() if to_do], [], "both are written; nothing is left")
    for officer in (year.station, year.other_station):
        year.act(
            officer, "end-confirmations", subject=who.id, ends_on=ends_on.isoformat(), occasion="before_end"
        )
    teller.tell("two officers confirm the last day once more")


def _help_after_release(year: Year) -> None:
    on = year.day(0)
    told = year.act(year.station, "aftercares", subject=year.minor.id, informed_on=on, guardian_present=True)
    said = year.act(year.station, f"aftercares/{told['id']}/decline", on=on)
    year.teller.same(
        said["state"], "declined", "told of 安置帮教 beside his guardian, he says no: that ends it"
    )


def _midnight(year: Year) -> None:
    teller, who = year.teller, year.minor
    subject = f"subjects/{who.id}"
    ends_on = date.fromisoformat(year.one(year.station, subject)["ends_on"])
    year.go(ends_on - timedelta(days=2))
    last = {"open_day": year.day(0), "due_day": ends_on.isoformat()}
    year.act(year.station, "contacts", subject=who.id, form="3", **last)
    year.go(ends_on, hour=20)
    year.walker.sync()
    evening = contacts.see(year, year.walker, who, contacts.HOME)
    teller.tell(f"on the last evening, {ends_on}, the worker sees him once more, without network")
    year.stage.to(f"{ends_on} 23:59")
    teller.same(year.one(year.station, subject)["state"], "in_correction", "at 23:59 the term still runs")
    year.stage.to(f"{ends_on + timedelta(days=1)} 00:01")
    code = year.station.refused("GET", f"/corrections/{subject}")
    teller.same(code, "not_found", "two minutes later he is in no list, without anybody's act (CCL-44)")
    _on_the_phone(year, evening)
    year.stage.due()
    endings = [row for row in year.rows(year.agency, "endings") if row["subject"] == who.id]
    teller.same(len(endings), 1, "the job writes it down")


def _on_the_phone(year: Year, evening: str) -> None:
    """What a phone may still send, and what it knows."""
    teller, who = year.teller, year.minor
    late = contacts.see(year, year.walker, who, contacts.HOME)
    year.walker.sync()
    receipts = year.walker.store.receipts()
    teller.same(receipts[evening]["state"], "accepted", "the visit of the evening is taken")
    teller.same(receipts[late].get("code"), "visit_not_yours", "one made after midnight is not")
    names = [row["name"] for row in year.walker.store.rows("visit_due") if row["person"] == who.id]
    teller.same([name for name in names if name], [], "no phone knows a name")


def _papers(year: Year) -> None:
    ending = next(row for row in year.rows(year.agency, "endings") if row["subject"] == year.minor.id)
    one = f"endings/{ending['id']}"
    year.act(year.agency, f"{one}/certify", certificate_no="（演示）解矫 1 号")
    year.refused(
        year.agency, f"{one}/close", "notices_missing", "the papers are not complete without three notices"
    )
    for to in ("organ", "procuratorate", "police"):
        year.act(year.agency, f"{one}/notices", to=to, sent_on=year.day(0), document_no=f"通 {to}")
    found = year.act(year.agency, f"{one}/close")
    year.teller.same(
        found["state"], "closed", "certificate and notices to court, procuratorate and police: closed"
    )
