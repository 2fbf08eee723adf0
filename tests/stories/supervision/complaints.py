"""A complaint 投诉 about the officer who decided, and the second decider that it brings."""

from tests.stories.supervision import sanctions
from tests.stories.supervision.year import WHY, Body, Year


def play(year: Year) -> None:
    teller = year.teller
    teller.chapter("A complaint 投诉")
    year.on(4)
    against = year.user(year.agency.username)
    complaint = year.act(
        year.complaints, "complaints", against=against, way="phone", received_on=year.day(0),
        words="训诫时大声辱骂", person_name=year.limited.name, id_number=year.limited.number,
    )  # fmt: skip
    one = f"complaints/{complaint['id']}"
    teller.tell("he complains by telephone 投诉, at a desk of its own, of the officer who decided")
    teller.same(
        year.agency.refused("GET", f"/corrections/{one}"),
        year.agency.refused("GET", f"/corrections/complaints/{against}"),
        "for that officer there is no complaint: the answer of an absent one",
    )  # fmt: skip
    teller.same(_warned(year)["state"], "decided", "the warning stands, decided by two")
    _answered(year, one)


def _warned(year: Year) -> Body:
    counts = year.one(year.agency, f"subjects/{year.limited.id}/counts")["counts"]
    ids = next(row["decisions"] for row in counts if row["kind"] == "admonition")
    found = sanctions.drafted(
        year, year.station, "warning", "two_admonitions", "两次训诫后仍未改正", builds_on=ids
    )
    one = f"decisions/{found['id']}"
    sanctions.heard(year, one)
    year.refused(
        year.agency, f"{one}/decide", "second_decider_required", "alone he decides no burden on this person",
        decided_on=year.day(0),
    )  # fmt: skip
    asked = year.act(
        year.agency, "second-decisions", subject=year.limited.id, act="decision", about="拟作警告，请共同决定"
    )
    second = f"second-decisions/{asked['id']}"
    year.refused(
        year.other_agency, f"{second}/agree", "second_decider_not_fit", "one of his unit is no second one",
        reason="属实",
    )  # fmt: skip
    year.act(year.bureau, f"{second}/agree", reason="材料属实，程序合法")
    year.teller.tell("the bureau's head reads it and agrees 第二决定人")
    return dict(year.act(year.agency, f"{one}/decide", decided_on=year.day(0)))


def _answered(year: Year, one: str) -> None:
    year.act(year.complaints, f"{one}/assign", user=year.user(year.bureau.username))
    year.on(6)
    found = year.act(
        year.bureau, f"{one}/answer", text="经核查，已对该工作人员批评教育", answered_on=year.day(0)
    )
    year.teller.same(found["overdue"], False, "the complaint is answered in writing from outside, in time")
    told = year.act(year.complaints, f"{one}/tell-procurator")
    year.teller.same(told["state"], "told_procurator", "and the answer goes to the procurator")
    clear = year.procurator.post(f"/corrections/{one}/reveal", WHY | {"purpose": "supervise"})
    year.teller.expect(clear["answer"], "who reads it against a row in the read log", clear)
