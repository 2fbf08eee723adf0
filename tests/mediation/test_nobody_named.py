"""A case that was accepted before anybody was named to mediate it (PM-19)."""

from datetime import timedelta
from typing import Any

import pytest

from kernel.ids import uuid7
from mediation.models import Agreement, Case, CaseMediator
from mediation.services import mediator_replace
from tests.cast import District, Member
from tests.mediation.agreed import TERMS
from tests.mediation.at_table import code_of, post
from tests.mediation.made import consented

pytestmark = pytest.mark.django_db


@pytest.fixture(params=[{}, {"mediator_ids": []}])
def case(request: Any, clock: Any, district: District, worker: Member, clerk: Member) -> Case:
    case = consented(district, worker, clerk)
    answer = post(clerk, f"cases/{case.pk}/accept", request.param)
    assert (answer.status_code, answer.json()["state"]) == (200, "accepted")
    return case


def agree(who: Member, case: Case, **said: Any) -> Any:
    return post(who, f"cases/{case.pk}/agree", {"id": str(uuid7()), "form": "oral", "terms": TERMS, **said})


def name(clerk: Member, case: Case, who: Member) -> None:
    said = {"user_ids": [str(who.user.pk)], "chosen_by": "parties"}
    assert post(clerk, f"cases/{case.pk}/mediators", said).status_code == 200


def test_it_stands_on_the_directors_list_until_somebody_is_named(
    case: Case, clerk: Member, director: Member, mediator: Member
) -> None:
    def waiting() -> list[str]:
        sections = director.client.get("/api/v1/worklist").json()["sections"]
        return [
            row["subject_id"] for one in sections if one["code"] == "mediator_absent" for row in one["items"]
        ]

    assert waiting() == [str(case.pk)]
    name(clerk, case, mediator)
    assert waiting() == []


@pytest.mark.law("PM-19", refused="too")
def test_no_agreement_is_reached_where_nobody_mediates(
    case: Case, clerk: Member, director: Member, mediator: Member
) -> None:
    assert code_of(agree(director, case)) == (409, "mediator_required")
    assert not Agreement.objects.exists()
    name(clerk, case, mediator)
    assert agree(director, case).status_code == 200


def test_who_mediated_on_that_day_did_also_when_it_is_entered_later(
    case: Case, clerk: Member, director: Member, mediator: Member, clock: Any
) -> None:
    name(clerk, case, mediator)
    clock.move(timedelta(days=2))
    mediator_replace(actor=director.actor, case_id=case.pk, user_id=mediator.user.pk, reason="absence")
    clock.move(timedelta(days=1))
    assert CaseMediator.objects.filter(replaced_at=None).count() == 0
    assert code_of(agree(director, case)) == (409, "mediator_required")
    assert agree(director, case, reached_on="2026-03-03").status_code == 200
