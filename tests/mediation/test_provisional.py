"""Deadlines that rest on a year without known holidays are computed again once that year is loaded."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import pytest

from audit.models import AuditEvent
from escalation import jobs as escalation_jobs
from escalation.models import LevelClock
from kernel import calendar
from kernel.calendar import WorkCalendar
from kernel.clock import TZ
from mediation import jobs
from mediation.models import Case
from tests.cast import District, Member
from tests.disputes.made import body
from tests.escalation.made import evaluated
from tests.mediation.made import asking

pytestmark = pytest.mark.django_db
NEW_YEAR = [date(2027, 1, 1), date(2027, 1, 4)]


@pytest.fixture
def load(clock: Any, monkeypatch: pytest.MonkeyPatch) -> Callable[[WorkCalendar], None]:
    """Wednesday 2026-12-30, with 2026 as the last known year, and a way to load another calendar."""

    def load(known: WorkCalendar) -> None:
        monkeypatch.setattr(calendar._Current, "loader", staticmethod(lambda: known))

    load(WorkCalendar(years=[2026]))
    clock.to(datetime(2026, 12, 30, 9, tzinfo=TZ))
    return load


NEXT_YEAR = WorkCalendar(off=NEW_YEAR, years=[2026, 2027])
Load = Callable[[WorkCalendar], None]


@pytest.mark.law("PM-T6")
def test_the_time_to_accept_is_computed_again(
    clock: Any, district: District, worker: Member, clerk: Member, load: Load
) -> None:
    case = asking(district, worker, clerk)
    assert (case.provisional, case.acceptance_last_day) == (True, date(2027, 1, 4))
    assert jobs.due(clock.at) == 0
    load(NEXT_YEAR)
    assert (jobs.due(clock.at), jobs.due(clock.at)) == (1, 0)
    case = Case.objects.get(pk=case.pk)
    assert (case.provisional, case.acceptance_last_day) == (False, date(2027, 1, 6))
    assert AuditEvent.objects.filter(event="mediation.clock_recomputed").count() == 1


@pytest.mark.law("EF-4")
def test_a_level_clock_is_computed_again(clock: Any, district: District, worker: Member, load: Load) -> None:
    evaluated(worker, body(district))
    assert LevelClock.objects.values_list("last_day", "provisional").get() == (date(2027, 1, 1), True)
    load(NEXT_YEAR)
    escalation_jobs.due(clock.at)
    assert LevelClock.objects.values_list("last_day", "provisional").get() == (date(2027, 1, 5), False)
    assert AuditEvent.objects.filter(event="escalation.clock_recomputed").count() == 1
