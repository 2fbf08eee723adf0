"""Decisions 考核奖惩: an admonition, a second one, and what the software shows and does not do."""

from typing import Any

from tests.stories.supervision.year import Body, Desk, Year

RULES = {"admonition": "实施办法第 34 条", "warning": "实施办法第 35 条"}
NOT_ASKED_FOR = """
select count(*) + (select count(*) from tasks_task t where t.state = 'open'
                   and t.subject_id in (select id from corrections_decision))
from corrections_decision where subject_id = %s
"""


def play(year: Year) -> None:
    year.teller.chapter("Decisions 考核奖惩")
    first = _admonished(year, "两次未按规定报告活动情况")
    _shown(year, [first])
    year.on(20)
    second = _admonished(year, "再次未按规定报告活动情况")
    _shown(year, [first, second])
    _nothing_proposed(year, 2)


def drafted(year: Year, who: Desk, kind: str, ground: str, facts: str, **more: Any) -> Body:
    body = {
        "subject": year.limited.id, "kind": kind, "ground": ground, "facts": facts,
        "evidence": "谈话记录、报告台账", "rule": RULES[kind], "dated": year.day(0),
    }  # fmt: skip
    return dict(year.act(who, "decisions", **body, **more))


def heard(year: Year, one: str) -> None:
    year.act(
        year.station, f"{one}/hear", answer="given", asked_on=year.day(0), statement="手机坏了，没有及时报告"
    )


def _admonished(year: Year, facts: str) -> str:
    teller = year.teller
    found = drafted(year, year.station, "admonition", "light_breach", facts)
    one = f"decisions/{found['id']}"
    year.refused(
        year.agency, f"{one}/decide", "transition_not_allowed", "nothing is decided unheard 陈述申辩",
        decided_on=year.day(0),
    )  # fmt: skip
    heard(year, one)
    code = year.station.refused("POST", f"/corrections/{one}/decide", {"decided_on": year.day(0)})
    teller.same(code, "role_not_allowed", "the station drafts; it decides nothing")
    decided = year.act(year.agency, f"{one}/decide", decided_on=year.day(0))
    served = year.act(year.station, f"{one}/serve", way="in_person", served_on=year.day(0))
    teller.same(
        (decided["state"], served["state"]),
        ("decided", "served"),
        f"{year.limited.name}: admonition 训诫, served",
    )
    slip = year.one(year.station, f"{one}/remedies")
    phones = {row["phone"] for row in slip["remedies"]}
    teller.expect({"12309", "12348"} <= phones, "with the ways that are open to him on the same paper", slip)
    return str(found["id"])


def _shown(year: Year, ids: list[str]) -> None:
    counts = year.one(year.station, f"subjects/{year.limited.id}/counts")["counts"]
    found = next(row for row in counts if row["kind"] == "admonition")
    year.teller.same(
        (found["count"], sorted(found["decisions"])), (len(ids), sorted(ids)),
        f"the officer is shown: {len(ids)}, with the records",
    )  # fmt: skip


def _nothing_proposed(year: Year, made: int) -> None:
    year.on(7)
    found = year.stage.stand.ask(NOT_ASKED_FOR, year.limited.id)[0][0]
    year.teller.same(
        found, made, "a week on: no warning drafted, nothing proposed, no task made. People decide"
    )
