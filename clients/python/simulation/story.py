"""What the simulated phones record: invented quarrels, from a seed, so that a run can be repeated.

300 screenings: most are ordinary; some carry a sign of life or limb, some of domestic violence, some lie
outside every grid, some in a grid far from the author's own, and some are bad in ways a broken app might be.
"""

import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from gridphone.coordinates import Point, as_gcj02, inside

SHARES = {"ordinary": 214, "danger": 22, "domestic": 16, "no_grid": 16, "far_grid": 12, "bad": 20}
TOLD = (
    ("02", "楼上漏水，双方对维修费用说法不一", "settled_on_spot"),
    ("02", "楼道堆放杂物，邻里争执", "watching"),
    ("15", "物业费减免没有兑现，业主拒绝缴费", "report_up"),
    ("12b", "预付卡退款被商家拖延", "watching"),
    ("04", "房屋租赁押金退还有争议", "report_up"),
    ("01", "兄弟之间赡养老人费用分担不一致", "settled_on_spot"),
    ("10a", "工地尾款两个月没有结清", "report_up"),
    ("06", "电动车刮碰，赔偿金额没有谈拢", "watching"),
    ("03", "阳台封闭影响隔壁采光", "settled_on_spot"),
    ("99", "广场活动声音过大，几户居民有意见", "watching"),
)
LIFE_OR_LIMB = (
    ("threat", "当面说“再敲墙就打断你的腿”"),
    ("weapon", "争执时手里拿着菜刀"),
    ("violence", "推搡中一人手臂擦伤"),
    ("arson_words", "说要把对方的车点了"),
)
AT_HOME = (
    ("domestic_violence", "邻居听到殴打声，看到脸上有淤青"),
    ("child_at_risk", "孩子夜里独自在楼道，说不敢回家"),
    ("stalking", "前男友连续三天在单元门口守候"),
)
ENOUGH = 0.2  # chance to be content with the best place found so far
WITH_PHONE = 0.5
THREE_PARTIES, ASKS = 0.04, 0.10  # cumulated shares of ordinary screenings
FIELD_VISIT = "3"
NOT_REACHED, OUT_OF_TOWN, POOR_FIX = 0.08, 0.16, 0.3  # cumulated shares of contacts
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文玉兰红梅宁晨曦佳欣雨桐子涵建国志远海燕"
FAMILY_NAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗"


@dataclass(frozen=True)
class Cell:
    """A grid as the phone pulled it: its rings in WGS-84, outer first."""

    code: str
    rings: list[list[list[float]]]

    def somewhere(self, dice: random.Random) -> Point:
        """A point inside, with room to the border where the shape allows it."""
        xs, ys = zip(*self.rings[0], strict=True)
        best = (0.0, xs[0], ys[0])
        for _ in range(200):
            lon, lat = dice.uniform(min(xs), max(xs)), dice.uniform(min(ys), max(ys))
            if inside(lon, lat, self.rings):
                room = min((lon - x) ** 2 + (lat - y) ** 2 for x, y in self.rings[0])
                best = max(best, (room, lon, lat))
                if best[0] > 0 and dice.random() < ENOUGH:
                    break
        return Point(best[1], best[2], accuracy_cm=dice.choice((300, 500, 800, 1500)))


def plan(phones: int, dice: random.Random) -> list[list[str]]:
    """For each phone the kinds of the screenings it will record, mixed."""
    kinds = [kind for kind, count in SHARES.items() for _ in range(count)]
    dice.shuffle(kinds)
    return [kinds[number::phones] for number in range(phones)]


class Storyteller:
    """Makes the bodies of one phone's records."""

    def __init__(self, dice: random.Random, cells: list[Cell], far: list[Cell], crs: str) -> None:
        self._dice, self._cells, self._far, self._crs = dice, cells, far, crs

    def screening(self, kind: str, now: datetime) -> dict[str, Any]:
        dice = self._dice
        occurred = now - timedelta(minutes=dice.randint(10, 600))
        category, brief, outcome = dice.choice(TOLD)
        body: dict[str, Any] = {
            "category": category,
            "source": "7",
            "scale": "01",
            "brief": brief,
            "occurred_at": occurred.isoformat(timespec="seconds"),
            "point": self.point(self._place(kind), occurred),
            "parties": [self._party("applicant"), self._party("respondent")],
            "signs": [],
            "outcome": outcome,
            "done": "已当面了解情况",
        }
        change = getattr(self, f"_{kind}", None)
        if change:
            change(body, occurred)
        if body["outcome"] == "settled_on_spot":
            body["settled"] = {"terms": "双方当面说定，各退一步", "by_whom": "双方当事人，网格员在场"}
        if body["outcome"] == "watching":  # ends by itself: at most fourteen days
            body["watch_until"] = (now + timedelta(days=7)).date().isoformat()
        return body

    def contact(self, visit: dict[str, Any], now: datetime) -> dict[str, Any]:
        """A contact: mostly met at home; now and then nobody there, far away, a poor fix."""
        dice = self._dice
        body: dict[str, Any] = {"outcome": "met", "note": "已见面，情况正常"} | visit
        if visit["form"] != FIELD_VISIT:
            return body | {"no_location_reason": "told_by_phone"}
        where, chance = dice.choice(self._cells).somewhere(dice), dice.random()
        if chance < NOT_REACHED:
            body.update(outcome="not_reached", way="door", note="敲门无人应答")
        elif chance < OUT_OF_TOWN:
            where = Point(127.16 + dice.random() * 0.01, 44.92, accuracy_cm=800)  # 五常, another county
        elif chance < POOR_FIX:
            where = Point(where.lon, where.lat, accuracy_cm=15_000)
        return body | {"point": self.point(where, now)}

    def _ordinary(self, body: dict[str, Any], _occurred: datetime) -> None:
        chance = self._dice.random()
        if chance < THREE_PARTIES:
            body["parties"].append(self._party("party"))
        elif chance < ASKS:
            body["wants_mediation"] = True

    def _danger(self, body: dict[str, Any], occurred: datetime) -> None:
        code, what = self._dice.choice(LIFE_OR_LIMB)
        body.update(category="02", outcome="report_up", signs=[self._sign(code, what, occurred)])
        body["danger_now"] = {"called": "110", "called_at": occurred.isoformat(timespec="seconds")}

    def _domestic(self, body: dict[str, Any], occurred: datetime) -> None:
        code, what = self._dice.choice(AT_HOME)
        body.update(category="01", outcome="report_up", brief="家中争吵，情况需要保护处理")
        body["signs"] = [self._sign(code, what, occurred)]

    def _bad(self, body: dict[str, Any], _occurred: datetime) -> None:
        spoil = self._dice.choice(
            (_unknown_category, _no_place_no_reason, _endless_brief, _abroad, _invented_field)
        )
        spoil(body)

    def _sign(self, code: str, what: str, occurred: datetime) -> dict[str, Any]:
        return {"code": code, "what": what, "when": occurred.isoformat(timespec="seconds")}

    def _party(self, role: str) -> dict[str, Any]:
        dice = self._dice
        party: dict[str, Any] = {
            "name": dice.choice(FAMILY_NAMES) + "".join(dice.choices(GIVEN, k=2)),
            "role": role,
        }
        if dice.random() < WITH_PHONE:
            party["phone"] = f"139{dice.randint(0, 99_999_999):08d}"
        return party

    def _place(self, kind: str) -> Point:
        if kind == "no_grid":  # on the river, north of the district
            return Point(126.60 + self._dice.random() * 0.02, 45.86, accuracy_cm=800)
        return self._dice.choice(self._far if kind == "far_grid" else self._cells).somewhere(self._dice)

    def point(self, place: Point, at: datetime) -> dict[str, Any]:
        """The place as this phone's location service gives it: every second phone uses a Chinese map
        library.
        """
        shown = as_gcj02(place) if self._crs == "GCJ02" else place
        return shown.wire(at.isoformat(timespec="seconds"))


def _unknown_category(body: dict[str, Any]) -> None:
    body["category"] = "77"


def _no_place_no_reason(body: dict[str, Any]) -> None:
    body["point"] = None


def _endless_brief(body: dict[str, Any]) -> None:
    body["brief"] = "很长的说明" * 900


def _abroad(body: dict[str, Any]) -> None:
    body["point"] = Point(2.35, 48.85).wire(body["occurred_at"])


def _invented_field(body: dict[str, Any]) -> None:
    body["risk_score"] = 97
