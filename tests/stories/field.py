"""What workers of the stories see and say on their phones."""

import random
from datetime import timedelta
from typing import Any

from tests.stories.stage import Stage  # isort: skip  because it puts the project's folders on the path
from gridphone import Phone
from simulation.crew import own_cells

Body = dict[str, Any]
NEIGHBOURS = (
    {"role": "applicant", "name": "王某甲", "phone": "13900000001"},
    {"role": "respondent", "name": "李某乙"},
)


def on_the_spot(stage: Stage, phone: Phone, brief: str, **answers: Any) -> Body:
    """The body of a screening an hour ago, in the middle of one of the worker's own grids."""
    at = (stage.now() - timedelta(hours=1)).isoformat(timespec="seconds")
    dice = random.Random(brief)
    place = own_cells(phone)[0].somewhere(dice)
    body: Body = {
        "category": "02", "source": "7", "scale": "01", "brief": brief, "occurred_at": at,
        "point": place.wire(at), "parties": [dict(party) for party in NEIGHBOURS], "signs": [],
        "done": "已当面了解情况",
    }  # fmt: skip
    return body | answers


def record(stage: Stage, phone: Phone, body: Body) -> str:
    """Record offline, then sync; the id, which must have been accepted."""
    one = phone.record("screening", body, at=stage.now())
    phone.sync()
    arrived(stage, phone, one)
    return one


def arrived(stage: Stage, phone: Phone, one: str) -> None:
    """What was recorded or asked has been accepted, and what follows is done."""
    receipt = phone.store.receipts()[one]
    if receipt["state"] != "accepted":
        stage.teller.broken("the server accepts it", receipt)
    stage.settle()
