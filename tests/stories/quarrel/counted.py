"""Statistics count the quarrel once, however many records, clocks and papers it had (PM-ST)."""

from collections import Counter
from datetime import date, timedelta

from tests.stories.quarrel.matter import Matter
from tests.stories.stage import Stage


def tally(stage: Stage, first: date) -> Counter[str]:
    """What is counted of the district since the year of `first`, before anything is hidden."""
    from accounts.models import Area  # noqa: PLC0415  because it needs Django
    from analysis.selectors import events_of  # noqa: PLC0415  because of the same
    from kernel.codes.law import AreaLevel  # noqa: PLC0415  because of the same

    streets = list(Area.objects.filter(level=AreaLevel.STREET).values_list("pk", flat=True))
    years = range(first.year, stage.now().year + 1)
    return Counter(event.measure for year in years for event in events_of(year, streets))


def play(matter: Matter, before: Counter[str]) -> None:
    stage, teller = matter.stage, matter.teller
    teller.chapter("Counted 统计")
    counted = tally(stage, matter.began) - before
    teller.same(
        dict(counted), {"accepted": 1, "concluded": 1}, "counted once: one case accepted, one concluded"
    )
    _assessed(matter)
    asked = f"{matter.day:%Y-%m}"
    measures = stage.desk("analyst").get(f"/statistics/mediation?period={asked}")["measures"]
    shown = {(row["count"], row["hidden"]) for row in measures}
    teller.same(shown, {(None, True)}, f"in the tables of {asked} it is hidden, as there are fewer than five")


def _assessed(matter: Matter) -> None:
    """Nothing is counted before an impact assessment is in force."""
    stage, today = matter.stage, matter.stage.now().date()
    path = f"/statistics/mediation?period={matter.day:%Y-%m}"
    if stage.desk("analyst").refused("GET", path) != "processing_off":
        return
    body = {
        "processing": "analysis", "document_no": "示例评估1号", "kept_at": "区司法局档案柜",
        "valid_from": today.isoformat(), "valid_to": (today + timedelta(days=365)).isoformat(),
    }  # fmt: skip
    stage.desk("bureau_head").post("/privacy/assessments", body)
    matter.teller.tell(
        "nothing is counted before an impact assessment is in force: the bureau's head enters it"
    )
