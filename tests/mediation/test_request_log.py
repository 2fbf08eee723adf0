"""The log that is printed for a party: readings of the matter and of everything at the table, less of what
the other party said alone."""

from typing import Any

import pytest

from disputes.models import DisputeScreening
from mediation.models import Case
from mediation.services.caucus import caucus_read
from privacy.selectors import subject_log
from privacy.services import read_logged
from tests.cast import District, Member
from tests.mediation.at_table import at_table, caucus, parties

pytestmark = pytest.mark.django_db
WHY = {"purpose": "handle", "reason": "准备下一次调解"}


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Case:
    return at_table(district, worker, clerk, mediator)


def readings(case: Case) -> list[list[str]]:
    return [row["fields"] for row in subject_log("dispute", case.dispute_id).rows if row["what"] == "read"]


@pytest.mark.law("PI-45/46/50")
def test_a_reading_at_the_table_is_one_of_the_matter(case: Case, mediator: Member) -> None:
    before = readings(case)
    about = {"subject_kind": "mediation_case", "subject_id": case.pk, "fields": ["parties.name"]}
    read_logged(actor=mediator.actor, **about, **WHY)
    assert readings(case) == [*before, ["parties.name"]]


@pytest.mark.law("PI-45/46/50")
def test_a_reading_of_what_a_phone_told_is_one_of_the_matter(case: Case, mediator: Member) -> None:
    before = readings(case)
    told = DisputeScreening.objects.get(dispute=case.dispute_id)
    about = {"subject_kind": "screening", "subject_id": told.screening_id, "fields": ["name"]}
    read_logged(actor=mediator.actor, **about, **WHY)
    assert readings(case) == [*before, ["name"]]


@pytest.mark.law("PM-15", refused="too")
def test_what_a_party_said_alone_is_not_told_to_the_other(case: Case, mediator: Member) -> None:
    before, note = readings(case), caucus(case, mediator, parties(case)[0])
    caucus_read(actor=mediator.actor, note_id=note.pk, **WHY)
    assert readings(case) == before
