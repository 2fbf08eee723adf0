"""Who takes part in the year of three people in correction, and how its steps are called over HTTP."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tests.stories.stage import Body, Desk, Stage  # isort: skip  because it puts the project's folders on the path
from gridphone import Phone

from kernel import clock

COMMUNITY = "select id from accounts_area where starts_with(code, %s) and level = 'community' order by code"
USER = "select id from accounts_user where username = %s"
STREET, OFFICE = "230103001", "001"
WORKERS = ("grid_worker.001.1", "grid_worker.001.2")
STRIDE = 15  # days
NEARLY_18_DAYS = 18 * 365 - 90
WHY = {"purpose": "handle", "reason": "办理社区矫正事项"}


@dataclass
class Supervised:
    """Somebody of the story: the name as it is told, and the ids of record and order."""

    name: str
    born_on: date
    female: bool
    id: str = ""
    order: str = ""

    @property
    def number(self) -> str:
        """An ID number of a division that does not exist."""
        return f"990000{self.born_on:%Y%m%d}6011"


class Year:
    """The stage with its desks: the officers of one station and of the agency, whoever stands above and
    beside them, and two grid workers with phones."""

    def __init__(self, stage: Stage) -> None:
        self.stage, self.teller = stage, stage.teller
        self.first = stage.now().date()
        self.station, self.other_station = self._officers("station_officer." + OFFICE)
        self.agency, self.other_agency = self._officers("agency_officer")
        self.head, self.bureau = stage.desk("agency_head"), stage.desk("bureau_head")
        self.keeper, self.procurator = stage.desk("archive_keeper"), stage.desk("procurator")
        self.complaints = stage.desk("complaints_desk")
        self.walker, self.neighbour = (stage.phone(username) for username in WORKERS)
        self.rounds: Callable[[], None] | None = None
        self.absent: set[str] = set()
        nearly_18 = self.first - timedelta(days=NEARLY_18_DAYS)
        self.minor = Supervised("林小雨", nearly_18, female=False)
        self.patient = Supervised("周桂兰", date(1985, 4, 12), female=True)
        self.limited = Supervised("陈立军", date(1991, 7, 15), female=False)

    @property
    def people(self) -> tuple[Supervised, Supervised, Supervised]:
        return self.minor, self.patient, self.limited

    # -- days --------------------------------------------------------------------------------------

    def today(self) -> date:
        return self.stage.now().date()

    def day(self, number: int) -> str:
        """The n-th day from today, as bodies have it."""
        return (self.today() + timedelta(days=number)).isoformat()

    def go(self, day: date, hour: int = 9) -> None:
        """On to that day, never back, with the visits that are due on the way; what has come due by then is
        done, as the worker does each minute."""
        while self.rounds and (day - self.today()).days > STRIDE:
            self._move(self.today() + timedelta(days=STRIDE), 10)
            self.rounds()
        self._move(day, hour)

    def _move(self, day: date, hour: int) -> None:
        asked = datetime(day.year, day.month, day.day, hour, tzinfo=clock.TZ)
        if asked < self.stage.now():
            self.teller.broken("time goes on", asked)
        self.stage.to(asked, due=True)

    def on(self, days: int, hour: int = 9) -> None:
        """So many days on."""
        self.go(self.today() + timedelta(days=days), hour)

    # -- calls -------------------------------------------------------------------------------------

    def act(self, who: Desk, path: str, /, **body: Any) -> Any:
        """An act under `/corrections`; the record as it stands then."""
        return who.post(f"/corrections/{path}", body)

    def refused(self, who: Desk, path: str, code: str, text: str, /, **body: Any) -> None:
        """The act must be refused with this code."""
        self.teller.same(who.refused("POST", f"/corrections/{path}", body), code, f"{text} → {code}")

    def rows(self, who: Desk, path: str) -> list[Body]:
        """A list of `/corrections`, up to 200 rows of it."""
        joined = "&" if "?" in path else "?"
        return list(who.get(f"/corrections/{path}{joined}limit=200")["results"])

    def one(self, who: Desk, path: str) -> Body:
        return dict(who.get(f"/corrections/{path}"))

    def user(self, username: str) -> str:
        return str(self.stage.stand.ask(USER, username)[0][0])

    def community(self) -> str:
        """A community of the station's street."""
        return str(self.stage.stand.ask(COMMUNITY, STREET)[0][0])

    def _officers(self, label: str) -> tuple[Desk, Desk]:
        return self.stage.colleague(f"{label}.1"), self.stage.colleague(f"{label}.2")


def owner_of(phone: Phone) -> str:
    return str(phone.store.get("user")["id"])


def reading(name: str) -> Callable[[Body], Any]:
    """A row's value of that name, to sort by."""
    return lambda row: row[name]
