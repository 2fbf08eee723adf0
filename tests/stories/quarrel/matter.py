"""What the chapters of the quarrel know of it: its dispute, its case, and who has part in it."""

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from tests.stories.stage import Desk, Stage
from tests.stories.telling import Teller

Body = dict[str, Any]
WANG, LI, ZHAO, CHILD = "王某甲", "李某乙", "赵某丙", "丁某"
"""The owner of the car, the owner of the e-bike, who keeps a stall in the way, who rode the e-bike."""


@dataclass(slots=True)
class Matter:
    """`parties` are those of the case by name; `naming` gave the clerk sight of it; `day` is the day on which
    the agreement was reached."""

    stage: Stage
    began: date
    dispute: str = ""
    code: str = ""
    case: str = ""
    naming: str = ""
    parties: dict[str, str] = field(default_factory=dict)
    guardian: str = ""
    mediators: list[str] = field(default_factory=list)
    secret: str = ""
    agreement: str = ""
    owed: list[Body] = field(default_factory=list)
    day: date = date.min

    @property
    def teller(self) -> Teller:
        return self.stage.teller

    @property
    def clerk(self) -> Desk:
        return self.stage.desk("centre_clerk")

    @property
    def director(self) -> Desk:
        return self.stage.desk("centre_director")

    @property
    def mediator(self) -> Desk:
        """Who mediates now: the last who was named."""
        return self.stage.colleague(self.mediators[-1])

    @property
    def child(self) -> str:
        return self.parties[CHILD]

    def of_case(self, act: str, **said: Any) -> Any:
        """An act of the clerk on the case."""
        return self.clerk.post(f"/mediation/cases/{self.case}/{act}", said)

    def seen(self) -> Body:
        """The case as the director sees it."""
        found: Body = self.director.get(f"/mediation/cases/{self.case}")
        return found

    def on(self, days: int) -> str:
        """So many days after the agreement, as a date."""
        return (self.day + timedelta(days=days)).isoformat()

    def to_day(self, days: int, hour: int = 10) -> None:
        """Go on to so many days after the agreement, and do what has come due by then."""
        stage = self.stage
        stage.later(days=(self.day + timedelta(days=days) - stage.now().date()).days, hour=hour)
