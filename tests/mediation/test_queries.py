"""Lists ask the database as often for many rows as for one."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tasks.worklist import sections
from tests.cast import District, Member
from tests.disputes.made import THREAT, body
from tests.escalation.made import evaluated
from tests.mediation.made import asking

pytestmark = pytest.mark.django_db
PATHS = ("mediation/intake", "mediation/cases", "escalation/firings", "escalation/clocks", "worklist")


SESSION = "-- All that decides whether a request of this session is heard"


def asked(who: Member, path: str) -> int:
    """How many statements one call takes, beside the session's own, which is remembered for seconds."""
    _ = who.client
    with CaptureQueriesContext(connection) as queries:
        assert who.client.get(f"/api/v1/{path}").status_code == 200
    return sum(not query["sql"].startswith(SESSION) for query in queries)


def more(district: District, worker: Member, clerk: Member, number: int) -> None:
    for index in range(number):
        people: list[dict[str, Any]] = [
            {"role": role, "name": "某", "phone": f"13{place}{number}{index:07d}"}
            for place, role in enumerate(("applicant", "respondent"))
        ]
        evaluated(worker, body(district, signs=[THREAT], parties=people))
        asking(district, worker, clerk, parties=people)


def test_no_list_asks_once_per_row(clock: Any, district: District, worker: Member, clerk: Member) -> None:
    more(district, worker, clerk, 1)
    few = {path: asked(clerk, path) for path in PATHS}
    more(district, worker, clerk, 4)
    many = {path: asked(clerk, path) for path in PATHS}
    assert many == few
    # Each section of the worklist asks for the reach of its reader by itself.
    assert few.pop("worklist") <= 4 * len(sections())
    # A firing's list looks once into each kind of thing that a firing can make.
    assert few.pop("escalation/firings") <= 10
    assert max(few.values()) <= 8
