"""Electronic positioning 电子定位: refused without its proof, in force with it, lifted when that falls."""

from datetime import timedelta
from typing import Any

from tests.stories.supervision.year import WHY, Body, Year

DEVICE = "（演示）腕带 17"
HERE = {"lon_e7": 1266650000, "lat_e7": 457550000, "crs": "WGS84", "accuracy_cm": 500}


def play(year: Year) -> None:
    year.teller.chapter("Electronic positioning 电子定位")
    year.on(5)
    _unproved(year)
    order, finding = _applied(year)
    _assessed(year, order)
    _in_force(year, order)
    _points(year, order)
    _fell(year, order, finding)


def _application(year: Year, **more: Any) -> Body:
    return {"subject": year.limited.id, "ground": "EM1", "assessment": "其他措施不足"} | more


def _unproved(year: Year) -> None:
    year.refused(
        year.agency, "positioning-orders", "positioning_unproved",
        "for a breach of the injunction, without the record that proves it", **_application(year),
    )  # fmt: skip


def _applied(year: Year) -> tuple[str, str]:
    finding = year.act(
        year.agency, "findings", subject=year.limited.id, kind="injunction_breach", happened_on=year.day(-2),
        facts="在网吧被查获", evidence="网吧登记表",
    )["id"]  # fmt: skip
    order = year.act(year.agency, "positioning-orders", **_application(year, findings=[finding]))
    one = f"positioning-orders/{order['id']}"
    year.teller.tell("the agency finds and records the breach 认定, and applies with it")
    year.refused(
        year.agency, f"{one}/approve", "role_not_allowed", "it does not approve", ends_on=year.day(30)
    )
    return one, str(finding)


def _assessed(year: Year, one: str) -> None:
    year.refused(
        year.bureau, f"{one}/approve", "processing_off", "without an impact assessment nothing of it runs",
        ends_on=year.day(60),
    )  # fmt: skip
    paper = {
        "processing": "positioning", "document_no": "（演示）评估 1 号", "kept_at": "司法局档案室",
        "valid_from": year.day(0), "valid_to": year.day(300),
    }  # fmt: skip
    year.bureau.post("/privacy/assessments", paper)
    year.teller.tell("the bureau enters its assessment 影响评估")


def _in_force(year: Year, one: str) -> None:
    year.refused(
        year.bureau, f"{one}/approve", "positioning_term", "the bureau's head approves three months at most",
        ends_on=year.day(120),
    )  # fmt: skip
    year.act(year.bureau, f"{one}/approve", ends_on=year.day(60))
    year.refused(
        year.agency, f"{one}/fit", "transition_not_allowed", "nothing is fitted before he was told of it",
        device_no=DEVICE,
    )  # fmt: skip
    year.act(year.agency, f"{one}/tell", told_on=year.day(0))
    year.act(year.agency, f"{one}/fit", device_no=DEVICE)
    found = year.act(year.agency, f"{one}/start")
    year.teller.same(found["standing"], "in_force", "approved, told, fitted: in force")


def _points(year: Year, one: str) -> None:
    teller = year.teller
    before = year.stage.now() - timedelta(hours=1)
    year.stage.to(year.stage.now() + timedelta(hours=2))
    inside = year.stage.now() - timedelta(minutes=30)
    kept = year.act(year.agency, f"{one}/points", device_no=DEVICE, points=[_point(before), _point(inside)])
    teller.same(
        (kept["kept"], kept["refused"]),
        (1, 1),
        "a fix from before is refused and only counted; one in force is kept",
    )
    span = {"since": before.isoformat(), "until": year.stage.now().isoformat()}
    track = year.agency.post(f"/corrections/{one}/track", WHY | span)
    teller.same(len(track["points"]), 1, "the agency reads it for a purpose, against a row in the read log")
    code = year.station.refused("POST", f"/corrections/{one}/track", WHY | span)
    teller.same(code, "role_not_allowed", "the station never does")


def _point(at: Any) -> Body:
    return {"fix_at": at.isoformat(), **HERE}


def _fell(year: Year, one: str, finding: str) -> None:
    teller = year.teller
    year.on(9)
    year.act(year.agency, f"findings/{finding}/other-person", reason="登记的是同名的另一人")
    found = year.one(year.agency, one)
    teller.same(
        found["standing"], "to_be_reviewed", "it was somebody of the same name: the same day under review"
    )
    kept = year.act(year.agency, f"{one}/points", device_no=DEVICE, points=[_point(year.stage.now())])
    teller.same(kept["kept"], 0, "no point is kept any more")
    year.on(5)
    found = year.one(year.agency, one)
    teller.same(
        (found["state"], found["lift_reason"]),
        ("lifted", "ground_fell"),
        "nobody answered within three days: lifted by itself",
    )
