"""告知其他途径: each party is told, with the day, how and by whom; a protected case's other side is not."""

from datetime import date, timedelta
from typing import Any

import pytest

from disputes.services import protection_set
from mediation.models import Case, CaseParty, WaysTold
from mediation.services import case_accept, case_fail, party_refuse, ways_tell
from mediation.services.dossiers import Asked, dossier_make
from tasks.models import Task
from tests.cast import District, Member
from tests.disputes.made import LI, ZHANG
from tests.mediation.at_table import code_of, parties, post
from tests.mediation.made import asking, consented, refused_with
from tests.mediation.test_dossier import text_of

pytestmark = pytest.mark.django_db
PEOPLE = (("11110001", "applicant"), ("11110002", "respondent"))
DAY = date(2026, 3, 2)
COPY = {"form": "pdf", "purpose": "handle", "reason": "交付副本"}


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member) -> Case:
    made = asking(district, worker, clerk, parties=[ZHANG, LI])
    return party_refuse(actor=clerk.actor, case_id=made.pk)


@pytest.fixture
def protected(case: Case, director: Member) -> tuple[Case, CaseParty, CaseParty]:
    """The case, she, and the other side."""
    her, him = parties(case)
    said = {"dispute_id": case.dispute_id, "reason": "她单独说了", "party_id": her.dispute_party_id}
    protection_set(actor=director.actor, **said)
    return Case.objects.get(pk=case.pk), her, him


def tell(who: Member, case: Case, *told: CaseParty, **more: Any) -> Any:
    named = {"party_ids": [str(party.pk) for party in told]} if told else {}
    body = {"form": "read_out", "ways": ["10", "08"], **named, **more}
    return post(who, f"cases/{case.pk}/ways", body)


def rows_of(answer: Any) -> list[Any]:
    return [party["ways"] for party in answer.json()["parties"]]


@pytest.mark.law("PM-26")
def test_each_party_is_told_and_the_task_ends_with_the_last(case: Case, clerk: Member, clock: Any) -> None:
    first, second = parties(case)
    clock.move(timedelta(days=1))
    answer = tell(clerk, case, first, told_on=DAY.isoformat())
    assert (answer.json()["ways_told_on"], Task.objects.get(kind="notify").state) == (None, "open")
    tell(clerk, case, second, form="by_hand")
    told = {row.party_id: (row.form, row.told_on, row.told_by_id) for row in WaysTold.objects.all()}
    assert told == {
        first.pk: ("read_out", DAY, clerk.user.pk),
        second.pk: ("by_hand", DAY + timedelta(days=1), clerk.user.pk),
    }
    assert Task.objects.get(kind="notify").state == "done"


@pytest.mark.law("PM-26")
def test_who_told_may_be_another_than_who_enters_it(case: Case, clerk: Member, mediator: Member) -> None:
    rows = rows_of(tell(clerk, case, told_by_id=str(mediator.user.pk)))
    assert [row["told_by"] for row in rows] == [str(mediator.user.pk)] * 2
    assert {row["recorded_by"] for row in rows} == {str(clerk.user.pk)}


@pytest.mark.law("PM-26", refused=True)
def test_nobody_is_told_for_another_case_or_by_a_stranger(
    case: Case, clerk: Member, district: District, worker: Member
) -> None:
    people = [{"role": role, "name": "某人", "phone": f"136{n}"} for n, role in PEOPLE]
    other = parties(asking(district, worker, clerk, parties=people))[0]
    assert code_of(tell(clerk, case, other)) == (400, "party_not_of_case")
    assert code_of(tell(clerk, case, told_by_id=str(other.pk)))[0] == 400
    assert not WaysTold.objects.exists()


@pytest.mark.law("PM-26")
def test_told_twice_the_first_row_stands(case: Case, clerk: Member) -> None:
    first = parties(case)[0]
    tell(clerk, case, first)
    again = tell(clerk, case, first, form="post")
    assert (again.status_code, again["Idempotent-Replay"]) == (200, "true")
    assert WaysTold.objects.get().form == "read_out"


@pytest.mark.law("PM-26")
def test_at_a_failure_one_party_may_be_told_otherwise(
    clock: Any, district: District, worker: Member, clerk: Member
) -> None:
    case = consented(district, worker, clerk)
    case_accept(actor=clerk.actor, case_id=case.pk)
    clock.move(timedelta(days=5))
    first, second = parties(case)
    tries = [DAY, DAY + timedelta(days=2)]
    apart = {"party_id": second.pk, "form": "not_deliverable", "told_on": None, "tried_on": tries}
    end = {"reason": "一方下落不明", "ways": ["10"], "form": "by_hand"}
    case_fail(actor=clerk.actor, case_id=case.pk, apart=[apart], **end)
    assert dict(WaysTold.objects.values_list("party_id", "form")) == {
        first.pk: "by_hand", second.pk: "not_deliverable",
    }  # fmt: skip


@pytest.mark.law("DV-23")
def test_the_other_side_of_a_protected_case_is_told_nothing(
    protected: tuple[Case, CaseParty, CaseParty], director: Member
) -> None:
    case, her, him = protected
    assert code_of(tell(director, case, him)) == (409, "wish_required")
    assert tell(director, case).json()["ways_told_on"] == DAY.isoformat()
    assert [row.party_id for row in WaysTold.objects.all()] == [her.pk]


@pytest.mark.law("DV-23")
def test_nobody_is_told_before_it_is_known_who_is_at_risk(case: Case, director: Member) -> None:
    protection_set(actor=director.actor, dispute_id=case.dispute_id, reason="有受伤的迹象")
    said = {"actor": director.actor, "case_id": case.pk, "form": "post"}
    assert refused_with(ways_tell, **said) == "wish_required"


@pytest.mark.law("PM-26")
def test_the_paper_says_to_whom_and_by_whom_and_ticks_the_ways(case: Case, clerk: Member) -> None:
    first, second = parties(case)
    tell(clerk, case, first)
    own = Asked("party", party_id=first.pk), Asked("party", party_id=second.pk)
    made = [dossier_make(actor=clerk.actor, case_id=case.pk, asked=asked, **COPY) for asked in own]
    texts = [text_of(copy.content) for copy in made]
    assert f"2026年3月2日当面宣读{clerk.user.name}" in texts[0]
    assert "■诉讼" in texts[0]
    assert "不予受理告知书" not in texts[1]


@pytest.mark.law("PM-26")
def test_the_timeline_shows_it_to_who_sees_the_case_and_to_nobody_else(
    case: Case, clerk: Member, worker: Member
) -> None:
    tell(clerk, case)
    url = f"/api/v1/disputes/{case.dispute_id}/timeline"
    seen = [who.client.get(url).content.decode() for who in (clerk, worker)]
    assert ["告知其他途径" in text for text in seen] == [True, False]
    assert ZHANG["name"] not in seen[0]
