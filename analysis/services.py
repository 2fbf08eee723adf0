"""Statistics of mediation for a closed time and one place of the reader's reach (PM-ST)."""

from collections.abc import Iterator
from typing import Any

from analysis import access, selectors
from analysis.periods import Period, parse
from analysis.suppression import LEAST
from analysis.tables import ACCEPTED, CONCLUDED, DISTRICT, WHOLE, Cell, Event, Published, mean_days
from edge.tables import Table
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem
from privacy.codes import Processing
from privacy.switches import switch

TITLES = {
    ACCEPTED: ("受理案件", "Cases accepted"),
    CONCLUDED: ("办结案件", "Cases concluded"),
    "category": ("按纠纷类别", "by category"),
    "initiation": ("按启动方式", "by initiation"),
    "result": ("按结果", "by result"),
    "amount": ("按涉及金额", "by amount"),
}


@law("PM-ST")
def mediation_statistics(*, actor: Actor, period: str, area: str | None = None) -> dict[str, Any]:
    """Tables of counts. `period`: a closed month `2026-10` or a closed year `2026`; `area`: the 12-digit code
    of a street of the own reach, else the district.

    A hidden count is None. Problems `processing_off`, `period_not_published`, `not_found`.
    """
    switch(Processing.ANALYSIS)
    asked, today = parse(period), clock.today()
    if asked is None or not asked.closed(today):
        raise Problem("period_not_published")
    reach = access.reach_of(actor)
    if reach.district is None or not (area is None or area == reach.district.code or area in reach.own):
        raise Problem("not_found")
    place = DISTRICT if area in (None, reach.district.code) else area
    events = selectors.events_of(asked.year, reach.streets)
    found = selectors.published(asked, today, [s.code for s in reach.streets.values()], events)
    where = next((s for s in reach.streets.values() if s.code == place), reach.district)
    return {
        "period": str(asked), "first": asked.first, "after": asked.after, "area": where.code,
        "area_name": where.name, "least": LEAST,
        "measures": [_measure(found, asked, place, measure) for measure in selectors.MEASURES],
        "mean_days": _mean(found, asked, place, events),
    }  # fmt: skip


HEAD = ("时间", "地区", "指标", "分类", "代码", "名称", "数量", "是否隐去")


@law("PM-ST")
def mediation_table(*, actor: Actor, period: str, area: str | None = None) -> Table:
    """The same as rows of one table: a total, then its parts. Problems as there."""
    found = mediation_statistics(actor=actor, period=period, area=area)
    place = (found["period"], found["area_name"])
    rows: list[tuple[Any, ...]] = []
    for measure in found["measures"]:
        title = measure["title"]
        rows.append((*place, title, "合计", "", "", measure["count"], measure["hidden"]))
        rows += [
            (*place, title, table["title"], row["code"], row["text"], row["count"], row["hidden"])
            for table in measure["tables"]
            for row in table["rows"]
        ]
    rows.append((*place, "受理到办结平均天数", "", "", "", found["mean_days"], found["mean_days"] is None))
    return Table(f"调解统计 {found['period']} {found['area_name']}", HEAD, rows)


def _measure(found: Published, period: Period, area: str, measure: str) -> dict[str, Any]:
    total = Cell(str(period), area, measure)
    return {
        "measure": measure, "title": TITLES[measure][0], "title_en": TITLES[measure][1],
        "count": found.shown(total), "hidden": total in found.hidden,
        "tables": list(_tables(found, total)),
    }  # fmt: skip


def _tables(found: Published, total: Cell) -> Iterator[dict[str, Any]]:
    for by in selectors.tables_of(total.measure):
        texts = selectors.TEXTS[by]
        rows = []
        for code in dict(selectors.CODES)[by]:
            cell = Cell(total.time, total.area, total.measure, by, code)
            if cell in found.counts:
                text = texts(code)
                rows.append(
                    {"code": code, "text": text.zh, "text_en": text.en, "count": found.shown(cell),
                     "hidden": cell in found.hidden}
                )  # fmt: skip
        if rows:
            yield {"by": by, "title": TITLES[by][0], "title_en": TITLES[by][1], "rows": rows}


def _mean(found: Published, period: Period, area: str, events: tuple[Event, ...]) -> float | None:
    """Only where the number of concluded cases may be seen, for a mean over fewer would tell about each."""
    if Cell(str(period), area, CONCLUDED, WHOLE, WHOLE) in found.hidden:
        return None
    mine = (
        event for event in events if period.month in (None, event.month) and area in (DISTRICT, event.street)
    )
    return mean_days(mine, LEAST)
