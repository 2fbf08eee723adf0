"""The rules of sessions and offers as plain Python."""

from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest
from icalendar import Calendar

from kernel.codes.roles import Role
from kernel.problems import Problem
from mediation.appointments import Appointment, calendar, words
from mediation.hours import Hours, not_before
from mediation.offer_rules import OFFER
from mediation.session_rules import SESSION, plan_refusal, without_consent
from mediation.visibility import Visibility, shown_to_role

MEDIATOR, CLERK = Role.MEDIATOR, Role.CENTRE_CLERK
READY = {"case_state": "accepted", "form": "joint", "wished": True}
TALKS = {"case_state": "accepted", "addressed": True, "passed_on": True}
THURSDAY = datetime(2026, 3, 5, 1, 30, tzinfo=UTC)
HOURS = Hours(time(8), time(20))


def refused(table: Any, state: str, event: str, role: Role = MEDIATOR, **facts: Any) -> str:
    with pytest.raises(Problem) as caught:
        table.apply(state, event, role=role, facts=facts)
    return caught.value.code


@pytest.mark.law("PM-19")
@pytest.mark.parametrize("state", ["planned", "invited"])
def test_a_session_begins_with_everybody_there(state: str) -> None:
    assert SESSION.apply(state, "start", role=MEDIATOR, facts=READY).target == "held"


@pytest.mark.law("PM-19")
def test_a_session_whose_mediator_is_missing_cannot_begin() -> None:
    assert refused(SESSION, "invited", "start", **READY, missing=["mediator"]) == "session_people_missing"


def test_the_clerk_cannot_begin_a_session() -> None:
    assert refused(SESSION, "invited", "start", CLERK, **READY) == "role_not_allowed"


def test_a_joint_session_waits_until_each_party_was_asked_alone() -> None:
    assert refused(SESSION, "invited", "start", **READY, not_asked=["party"]) == "alone_question_owed"
    alone = {**READY, "form": "separate", "not_asked": ["party"]}
    assert SESSION.apply("invited", "start", role=MEDIATOR, facts=alone).target == "held"


def test_a_yes_said_alone_leaves_separate_sessions() -> None:
    assert plan_refusal({**READY, "limited": True}) == "separate_sessions_only"
    assert plan_refusal({**READY, "limited": True, "form": "separate"}) is None


@pytest.mark.law("DV-23")
def test_on_the_protected_track_a_joint_session_needs_the_wish() -> None:
    assert plan_refusal({**READY, "protected": True, "wished": False}) == "joint_not_wished"


@pytest.mark.law("DV-23")
def test_on_the_protected_track_a_joint_session_with_the_wish() -> None:
    assert plan_refusal({**READY, "protected": True}) is None


@pytest.mark.law("PM-29b")
def test_one_objection_closes_the_doors() -> None:
    assert plan_refusal({**READY, "public": True, "not_public": ["party"]}) == "public_not_agreed"
    assert plan_refusal({**READY, "public": True, "protected": True}) == "public_not_agreed"


@pytest.mark.law("PM-29b", refused=False)
def test_a_public_session_that_every_party_wants() -> None:
    assert plan_refusal({**READY, "public": True, "not_public": []}) is None


@pytest.mark.parametrize("state", ["asking", "suspended", "refused", "withdrawn", "failed"])
def test_no_session_where_the_case_is_not_at_the_table(state: str) -> None:
    assert plan_refusal({**READY, "case_state": state}) == "case_not_at_table"


@pytest.mark.parametrize(
    ("state", "event"), [("planned", "postpone"), ("invited", "postpone"), ("planned", "cancel")]
)
def test_what_does_not_take_place_has_a_reason(state: str, event: str) -> None:
    assert refused(SESSION, state, event) == "reason_required"
    assert SESSION.apply(state, event, role=CLERK, facts={"reason": "停电"})


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_nothing_leads_out_of_a_session_that_is_over(state: str) -> None:
    assert SESSION.events(state) == []


@pytest.mark.law("PM-20")
def test_silence_is_no_consent_to_somebody_at_the_table() -> None:
    assert without_consent(["a", "b", "c"], {"a": "given", "b": "withdrawn"}) == ["b", "c"]
    assert without_consent(["a"], {"a": "given"}) == []


@pytest.mark.parametrize("event", ["accept", "decline", "counter"])
def test_an_offer_is_answered_in_time_by_one_to_whom_it_was_passed_on(event: str) -> None:
    assert OFFER.apply("open", event, role=CLERK, facts=TALKS)
    for fact, code in (("addressed", "offer_not_addressed"), ("passed_on", "offer_not_passed_on")):
        assert refused(OFFER, "open", event, **(TALKS | {fact: False})) == code
    assert refused(OFFER, "open", event, **TALKS, over=True) == "offer_expired"
    assert refused(OFFER, "open", event, **(TALKS | {"case_state": "withdrawn"})) == "case_not_at_table"


def test_an_offer_is_accepted_once_everybody_has() -> None:
    assert refused(OFFER, "open", "accept", **TALKS, waiting=True) == "offer_answers_missing"


def test_only_the_machine_lets_an_offer_expire() -> None:
    assert refused(OFFER, "open", "expire") == "role_not_allowed"
    assert OFFER.apply("open", "expire", role=None).target == "expired"


@pytest.mark.parametrize(
    ("said", "first"), [("07:59", "08:00"), ("08:00", "08:00"), ("19:59", "19:59"), ("20:00", "32:00")]
)
def test_people_are_called_upon_in_the_allowed_hours(said: str, first: str) -> None:
    midnight = datetime(2026, 3, 4, 16, tzinfo=UTC)

    def at(text: str) -> datetime:
        hours, minutes = text.split(":")
        return midnight + timedelta(hours=int(hours), minutes=int(minutes))

    assert not_before(at(said), HOURS) == at(first)


def test_hours_that_end_before_they_begin_are_refused() -> None:
    with pytest.raises(ValueError, match="before they begin"):
        Hours.between("20:00", "08:00")


def appointment(**changed: Any) -> Appointment:
    said = {"id": UUID(int=7), "code": "JF26-103001-00042-7", "room": "调解室二", "revision": 1}
    times = {"starts_at": THURSDAY, "ends_at": THURSDAY + timedelta(hours=2), "said_at": THURSDAY}
    return Appointment(**(said | times | changed))


def test_an_invitation_says_time_room_and_code() -> None:
    assert words("invitation", appointment()).startswith(
        "预约：2026年3月5日09:30，调解室二，编号 JF26-103001-00042-7"
    )


def test_a_calendar_file_has_no_more_than_that() -> None:
    (event,) = Calendar.from_ical(calendar([appointment()])).walk("VEVENT")
    told = {name: str(value) for name, value in event.items() if name not in {"DTSTART", "DTEND", "DTSTAMP"}}
    assert told == {
        "UID": f"{UUID(int=7)}@gridgov", "SEQUENCE": "1", "SUMMARY": "预约 appointment",
        "LOCATION": "调解室二", "DESCRIPTION": "JF26-103001-00042-7", "CLASS": "PRIVATE",
        "STATUS": "CONFIRMED",
    }  # fmt: skip


def test_a_calendar_takes_off_what_does_not_take_place() -> None:
    (event,) = Calendar.from_ical(calendar([appointment(off=True)])).walk("VEVENT")
    assert str(event["STATUS"]) == "CANCELLED"


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CENTRE_CLERK, Role.CENTRE_DIRECTOR, Role.MEDIATOR}))
def test_nobody_outside_the_centre_is_shown_anything(role: Role) -> None:
    assert shown_to_role(role) == ()


def test_what_is_for_the_mediators_is_for_them_alone() -> None:
    assert Visibility.MEDIATORS in shown_to_role(Role.MEDIATOR)
    assert Visibility.MEDIATORS not in shown_to_role(Role.CENTRE_DIRECTOR)
