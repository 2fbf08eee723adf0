"""The class of retention on a file's cover decides when it comes onto a list to be destroyed (PM-F5)."""

from datetime import date, timedelta
from typing import Any

import pytest

from disputes.models import Dispute
from mediation.models import Case
from mediation.papers.keeping import kept, retention_of
from mediation.papers.retention import Retention
from privacy import jobs, services
from privacy.models import Closing, DestructionList
from tests.cast import District, Member, Worker
from tests.disputes.made import body, dispute_of, screened
from tests.disputes.test_closing import archived, change
from tests.mediation.made import asking

pytestmark = pytest.mark.django_db
SHORT, LONG, PERMANENT, NO_FILE = 1000, 2000, 3000, 700
ENDED = date(2026, 3, 2)


@pytest.fixture(autouse=True)
def days(monkeypatch: pytest.MonkeyPatch) -> None:
    """Days of each class that tell them apart; category 08 is kept permanently, and ten parties long."""
    own = {"SHORT": SHORT, "LONG": LONG, "PERMANENT": PERMANENT}
    for name, count in own.items():
        monkeypatch.setenv(f"GRIDGOV_DOSSIER_{name}_DAYS", str(count))
    monkeypatch.setenv("GRIDGOV_DISPUTE_KEEP_DAYS", str(NO_FILE))
    monkeypatch.setenv("GRIDGOV_DISPUTE_RESTRICT_DAYS", "10")
    monkeypatch.setenv("GRIDGOV_DOSSIER_RETENTION_LONG", "03")
    monkeypatch.setenv("GRIDGOV_DOSSIER_RETENTION_PERMANENT", "08")


def until(case: Case, category: str) -> date | None:
    """The last day on which the dispute of this case is kept, once it is archived."""
    Case.objects.filter(pk=case.pk).update(category=category)
    change(case.dispute, "archived")
    services.closings_note("dispute")
    return Closing.objects.get(subject_id=case.dispute_id).retention_until


@pytest.mark.law("PM-F5")
@pytest.mark.parametrize(("category", "count"), [("02", SHORT), ("03", LONG), ("08", PERMANENT)])
def test_the_class_of_the_file_decides_the_day(at_table: Case, category: str, count: int) -> None:
    assert until(at_table, category) == ENDED + timedelta(days=count)


@pytest.mark.law("PM-F5")
def test_a_file_of_many_parties_is_kept_long(at_table: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDGOV_DOSSIER_RETENTION_LONG_PARTIES", "2")
    assert until(at_table, "02") == ENDED + timedelta(days=LONG)


@pytest.mark.law("PM-F5", refused=True)
def test_a_dispute_without_a_file_is_kept_by_its_own_days(
    clock: Any, district: District, worker: Worker
) -> None:
    dispute, _ = archived(worker, district)
    services.closings_note("dispute")
    assert kept([dispute.pk]) == {}
    assert Closing.objects.get().retention_until == ENDED + timedelta(days=NO_FILE)


@pytest.mark.law("PM-F5", refused=True)
def test_a_case_that_nobody_accepted_makes_no_file(
    cast: dict[str, Member], district: District, worker: Worker
) -> None:
    case = asking(district, worker, cast["clerk"])
    assert kept([case.dispute_id]) == {}


def test_what_was_merged_is_kept_as_long_as_the_one_it_lives_on_in(
    at_table: Case, district: District, worker: Worker
) -> None:
    absorbed = dispute_of(screened(worker, body(district, "A1-1", parties=[], brief="另一件事")))
    Dispute.objects.filter(pk=absorbed.pk).update(state="merged", merged_into=at_table.dispute_id)
    assert kept([absorbed.pk]) == {absorbed.pk: SHORT}


@pytest.mark.law("PI-19/47", "MN-18", refused=True)
def test_even_a_permanent_file_comes_onto_a_list_and_no_day_before(at_table: Case, clock: Any) -> None:
    assert until(at_table, "08") == ENDED + timedelta(days=PERMANENT)
    clock.move(timedelta(days=PERMANENT))
    jobs.nightly(clock.at)
    assert not DestructionList.objects.exists()
    clock.move(timedelta(days=1))
    jobs.nightly(clock.at)
    (entry,) = DestructionList.objects.get().entries.all()
    assert entry.closing.subject_id == at_table.dispute_id


def test_the_cover_prints_the_class_that_decides() -> None:
    assert [retention_of(category, 2) for category in ("02", "03", "08")] == list(Retention)
