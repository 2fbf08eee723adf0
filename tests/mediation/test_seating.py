"""What stands between a case and a session: the rule, and what is looked up for it."""

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from mediation.models import Case, Mediator, MediatorAbsence, Participant
from mediation.seating import MediatorSeat, OtherSeat, PartySeat, Seats, missing
from mediation.services import mediator_replace
from mediation.sitting import holds_on, missing_for_session
from tests.cast import District, Member
from tests.mediation.made import consented, seated

ONE, OTHER = PartySeat(uuid4()), PartySeat(uuid4())
MEDIATOR = MediatorSeat(uuid4())


def codes(*others: OtherSeat, parties: Any = (ONE, OTHER), mediators: Any = (MEDIATOR,)) -> list[str]:
    return [gap.code.value for gap in missing(Seats(parties, mediators, others))]


@pytest.mark.law("PM-19", "PM-30b")
def test_nothing_is_missing_when_everybody_sits() -> None:
    assert codes() == []


@pytest.mark.law("PM-19", "PM-AV")
@pytest.mark.parametrize(
    ("mediators", "expected"),
    [
        ([], ["mediator_missing"]),
        ([MediatorSeat(uuid4(), available=False)], ["mediator_unavailable"]),
        ([MediatorSeat(uuid4(), declared=False)], ["declaration_missing"]),
        ([MediatorSeat(uuid4(), untold=[ONE.id])], ["mediator_not_told"]),
    ],
)
def test_no_session_without_a_mediator_who_may_sit(mediators: Any, expected: list[str]) -> None:
    assert codes(mediators=mediators) == expected


@pytest.mark.law("PM-30b", "PM-17")
def test_no_session_before_a_party_was_told_its_rights_and_consented() -> None:
    parties = [PartySeat(uuid4(), told_rights=False), PartySeat(uuid4(), consented=False)]
    assert codes(parties=parties) == ["rights_notice_missing", "consent_missing"]


@pytest.mark.law("PI-31")
def test_who_needs_a_guardian_does_not_sit_alone() -> None:
    child = PartySeat(uuid4(), needs_guardian=True)
    guardian = OtherSeat(uuid4(), "guardian", child.id)
    lapsed = OtherSeat(uuid4(), "guardian", child.id, holds=False)
    other_child = OtherSeat(uuid4(), "guardian", ONE.id)
    assert codes(guardian, parties=[child]) == []
    assert codes(lapsed, parties=[child]) == codes(other_child, parties=[child]) == ["guardian_missing"]


def test_a_lapsed_mandate_is_missing_unless_another_one_holds() -> None:
    lapsed, fresh = OtherSeat(uuid4(), "agent", ONE.id, holds=False), OtherSeat(uuid4(), "agent", ONE.id)
    assert codes(lapsed) == ["mandate_missing"]
    assert codes(lapsed, fresh) == []


def test_what_ends_later_holds_until_then() -> None:
    row = Participant(valid_from=date(2026, 3, 2), valid_to=date(2026, 3, 9), ended_on=date(2026, 3, 5))
    days = [day for day in range(1, 11) if holds_on(row, date(2026, 3, day))]
    assert days == [2, 3, 4]


@pytest.mark.law("PM-20")
def test_an_interpreter_sits_only_with_everybodys_yes() -> None:
    deaf = PartySeat(uuid4(), needs=frozenset({"sign_language"}))
    agreed = OtherSeat(uuid4(), "sign_interpreter")
    assert codes(parties=[deaf]) == ["interpreter_missing"]
    assert codes(agreed, parties=[deaf]) == []
    unasked = OtherSeat(uuid4(), "sign_interpreter", unasked=[ONE.id])
    assert codes(unasked, parties=[deaf]) == ["interpreter_missing", "participant_consent_missing"]


@pytest.fixture
def seated_case(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Case:
    return seated(district, worker, clerk, mediator)


@pytest.mark.django_db
@pytest.mark.law("PM-30b", "PM-AV")
def test_a_case_becomes_ready_step_by_step(
    clock: Any, district: District, worker: Member, clerk: Member, mediator: Member
) -> None:
    case = consented(district, worker, clerk)
    gaps = [gap.code for gap in missing_for_session(case.pk, clock.at.date())]
    assert gaps == ["mediator_missing", "rights_notice_missing", "rights_notice_missing"]


@pytest.mark.django_db
@pytest.mark.law("PM-19", "PM-23")
def test_absence_and_replacement_show_at_once(
    clock: Any, seated_case: Case, mediator: Member, director: Member
) -> None:
    case, day = seated_case, clock.at.date()
    assert missing_for_session(case.pk, day) == []
    MediatorAbsence.objects.create(
        mediator_id=_entry(mediator), from_day=day + timedelta(days=1), recorded_at=clock.at,
        recorded_by=director.user,
    )  # fmt: skip
    ahead = missing_for_session(case.pk, day + timedelta(days=1))
    assert [gap.code for gap in ahead] == ["mediator_unavailable"]
    mediator_replace(actor=director.actor, case_id=case.pk, user_id=mediator.user.pk, reason="absence")
    assert [gap.code for gap in missing_for_session(case.pk, day)] == ["mediator_missing"]


def _entry(member: Member) -> Any:
    return Mediator.objects.get(user=member.user).pk
