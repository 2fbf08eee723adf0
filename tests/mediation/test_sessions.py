"""Sessions: planned, told in the same words, begun with everybody, and ended by a refusal."""

from datetime import timedelta
from typing import Any

import pytest

from audit.models import AuditEvent
from disputes.models import DisputeParty
from disputes.services import wish_record
from kernel import clock as kernel_clock
from kernel.problems import Problem
from mediation.models import Case, Mediator, Session, SessionNotice, SessionTransition
from mediation.services import (
    Newcomer,
    absence_record,
    consent_record,
    mediator_replace,
    participant_add,
    party_refuse,
)
from mediation.services.notices import notice_file, notice_tell
from mediation.services.sessions import (
    session_cancel,
    session_finish,
    session_invite,
    session_plan,
    session_postpone,
    session_replan,
    session_start,
)
from mediation.services.table import (
    attendance_record,
    guest_add,
    guest_consent,
    guest_remove,
)
from tests.cast import District, Member
from tests.mediation.at_table import THURSDAY, asked_alone, at_table, parties, planned, protect

pytestmark = pytest.mark.django_db


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Case:
    return at_table(district, worker, clerk, mediator)


def refused(act: Any, **said: Any) -> str:
    with pytest.raises(Problem) as caught:
        act(**said)
    return caught.value.code


def test_a_session_is_planned_told_and_held(case: Case, clerk: Member, mediator: Member, clock: Any) -> None:
    session = planned(case, clerk)
    session_invite(actor=clerk.actor, session_id=session.pk)
    asked_alone(session, mediator)
    clock.to(THURSDAY)
    held = session_start(actor=mediator.actor, session_id=session.pk)
    assert (held.state, held.started_at) == ("held", THURSDAY)
    steps = SessionTransition.objects.filter(session=session).values_list("event", flat=True)
    assert list(steps) == ["invite", "start"]


def test_beginning_twice_leaves_one_row(case: Case, mediator: Member) -> None:
    session = planned(case, mediator, party_id=parties(case)[0].pk)
    for _ in range(2):
        session_start(actor=mediator.actor, session_id=session.pk)
    assert SessionTransition.objects.filter(session=session, event="start").count() == 1


def test_an_hour_is_to_come_and_ends_after_it_began(case: Case, clerk: Member) -> None:
    past = {"starts_at": kernel_clock.now() - timedelta(hours=1)}
    assert refused(lambda: planned(case, clerk, **past)) == "session_in_the_past"
    assert refused(lambda: planned(case, clerk, ends_at=THURSDAY)) == "invalid"


def test_a_separate_session_names_its_party_and_a_joint_one_none(case: Case, clerk: Member) -> None:
    assert refused(lambda: planned(case, clerk, form="joint", party_id=parties(case)[0].pk)) == "invalid"
    times = {"starts_at": THURSDAY, "ends_at": THURSDAY + timedelta(hours=1), "room": "一"}
    said = {"actor": clerk.actor, "case_id": case.pk, **times}
    assert refused(session_plan, form="separate", **said) == "invalid"


def test_a_session_waits_for_the_question_alone(case: Case, mediator: Member) -> None:
    session = planned(case, mediator)
    begin = {"actor": mediator.actor, "session_id": session.pk}
    assert refused(session_start, **begin) == "alone_question_owed"
    asked_alone(session, mediator)
    assert session_start(**begin).state == "held"


def test_a_yes_said_alone_stops_what_was_planned(case: Case, clerk: Member, mediator: Member) -> None:
    session = planned(case, clerk)
    asked_alone(session, mediator, 1)
    begin = {"actor": mediator.actor, "session_id": session.pk}
    assert refused(session_start, **begin) == "separate_sessions_only"
    assert refused(lambda: planned(case, clerk)) == "separate_sessions_only"
    alone = planned(case, clerk, party_id=parties(case)[0].pk)
    assert session_start(actor=mediator.actor, session_id=alone.pk).state == "held"


def test_the_last_answer_counts(case: Case, clerk: Member, mediator: Member) -> None:
    session = planned(case, clerk)
    asked_alone(session, mediator, 1)
    asked_alone(session, mediator)
    assert session_start(actor=mediator.actor, session_id=session.pk).state == "held"


def test_the_trail_of_the_question_names_no_party_and_no_answer(case: Case, mediator: Member) -> None:
    session = planned(case, mediator)
    asked_alone(session, mediator, 0)
    told = AuditEvent.objects.filter(event="mediation.asked_alone").values_list("detail", flat=True)
    assert [set(detail) for detail in told] == [{"dispute", "case"}] * 2


@pytest.mark.law("PM-19")
def test_without_a_mediator_no_session_begins(case: Case, director: Member, mediator: Member) -> None:
    session = planned(case, director, party_id=parties(case)[0].pk)
    mediator_replace(actor=director.actor, case_id=case.pk, user_id=mediator.user.pk, reason="absence")
    assert refused(session_start, actor=director.actor, session_id=session.pk) == "session_people_missing"


@pytest.mark.law("PM-29b")
def test_a_public_session_only_if_every_party_wants_it(case: Case, clerk: Member) -> None:
    zhang, li = parties(case)
    said: dict[str, Any] = {"actor": clerk.actor, "case_id": case.pk, "steps": ["public"], "answer": "given"}
    consent_record(party_id=zhang.pk, **said)
    assert refused(lambda: planned(case, clerk, public=True)) == "public_not_agreed"
    consent_record(party_id=li.pk, **said)
    assert planned(case, clerk, public=True).public


# What the parties are told


def told(session: Session, kind: str) -> list[SessionNotice]:
    return list(SessionNotice.objects.filter(session=session, kind=kind))


def invited(case: Case, clerk: Member, **answers: Any) -> Session:
    return session_invite(actor=clerk.actor, session_id=planned(case, clerk, **answers).pk)


def test_every_party_is_invited_in_the_same_neutral_words(case: Case, clerk: Member) -> None:
    first, second = told(invited(case, clerk), "invitation")
    assert first.words == second.words
    assert case.dispute.code in first.words
    assert not any(word in first.words for word in ("张", "李", "调解会", "纠纷", "漏水"))


def test_a_postponement_tells_all_parties_with_the_same_words(case: Case, clerk: Member) -> None:
    session = invited(case, clerk)
    session_postpone(actor=clerk.actor, session_id=session.pk, reason="停电，另行约定")
    assert [notice.words for notice in told(session, "postponed")] == ["停电，另行约定"] * 2
    assert all(notice.dropped_at for notice in told(session, "invitation"))


def test_a_new_date_is_told_anew(case: Case, clerk: Member) -> None:
    session = invited(case, clerk)
    session_postpone(actor=clerk.actor, session_id=session.pk, reason="停电")
    friday = THURSDAY + timedelta(days=1)
    when = {"room": "调解室一", "starts_at": friday, "ends_at": friday + timedelta(hours=1)}
    again = session_replan(actor=clerk.actor, session_id=session.pk, **when)
    session_invite(actor=clerk.actor, session_id=session.pk)
    assert (again.state, again.revision) == ("planned", 1)
    assert [notice.revision for notice in told(session, "invitation")] == [0, 0, 1, 1]


def test_who_was_invited_is_told_that_it_is_off(case: Case, clerk: Member) -> None:
    session = invited(case, clerk)
    for _ in range(2):
        session_cancel(actor=clerk.actor, session_id=session.pk, reason="当事人另约")
    assert len(told(session, "cancelled")) == 2
    assert "当事人另约" not in told(session, "cancelled")[0].words


def test_nobody_is_told_outside_the_allowed_hours(case: Case, clerk: Member, clock: Any) -> None:
    clock.move(timedelta(hours=13))  # 22:00
    notice = told(invited(case, clerk), "invitation")[0]
    assert notice.not_before == kernel_clock.now() + timedelta(hours=10)
    said = {"actor": clerk.actor, "notice_id": notice.pk, "form": "phone"}
    assert refused(notice_tell, **said) == "notice_too_early"
    clock.move(timedelta(hours=10))
    assert notice_tell(**said).told_by_id == clerk.user.id


def test_told_twice_the_first_time_stands(case: Case, clerk: Member, clock: Any) -> None:
    notice = told(invited(case, clerk), "invitation")[0]
    said = {"actor": clerk.actor, "notice_id": notice.pk, "form": "phone"}
    first = notice_tell(**said).told_at
    clock.move(timedelta(hours=1))
    assert notice_tell(**said).told_at == first


# The protected track


def wish(case: Case, director: Member, kind: str, wanted: bool = True) -> None:
    wish_record(
        actor=director.actor, dispute_id=case.dispute_id, kind=kind, wanted=wanted,
        said_alone_on=kernel_clock.today(), words="愿意", reason="已单独确认，有人陪同",
    )  # fmt: skip


@pytest.mark.law("MN-13")
@pytest.mark.law("DV-23")
def test_a_protected_case_never_sits_together_without_the_wish(
    case: Case, director: Member, mediator: Member
) -> None:
    session = planned(case, director)
    asked_alone(session, mediator)
    protect(case, director)
    assert refused(lambda: planned(case, director)) == "joint_not_wished"
    assert refused(session_invite, actor=director.actor, session_id=session.pk) == "joint_not_wished"
    assert refused(session_start, actor=director.actor, session_id=session.pk) == "joint_not_wished"


@pytest.mark.law("DV-23")
def test_with_wish_and_reason_of_the_director_it_may(case: Case, director: Member) -> None:
    protect(case, director)
    wish(case, director, "joint")
    assert session_invite(actor=director.actor, session_id=planned(case, director).pk).state == "invited"


@pytest.mark.law("DV-23")
def test_the_other_side_is_not_called_without_the_wish(case: Case, director: Member) -> None:
    DisputeParty.objects.filter(pk=parties(case)[0].dispute_party_id).update(role="person_at_risk")
    protect(case, director)
    her, him = parties(case)
    hers, his = (planned(case, director, party_id=party.pk) for party in (her, him))
    assert session_invite(actor=director.actor, session_id=hers.pk).state == "invited"
    assert refused(session_invite, actor=director.actor, session_id=his.pk) == "wish_required"
    assert told(his, "invitation") == []
    assert refused(session_start, actor=director.actor, session_id=his.pk) == "wish_required"


@pytest.mark.law("DV-23")
def test_a_wish_taken_back_silences_what_was_to_be_told(case: Case, director: Member, clock: Any) -> None:
    protect(case, director)
    wish(case, director, "contact")
    session = planned(case, director, party_id=parties(case)[1].pk)
    session_invite(actor=director.actor, session_id=session.pk)
    clock.move(timedelta(minutes=5))
    wish(case, director, "contact", wanted=False)
    said = {"actor": director.actor, "notice_id": told(session, "invitation")[0].pk}
    assert refused(notice_tell, form="phone", **said) == "wish_required"
    assert refused(notice_file, **said) == "wish_required"
    session_postpone(actor=director.actor, session_id=session.pk, reason="另约")
    assert told(session, "postponed") == []


# The end of a case


@pytest.mark.law("PM-17", "PM-23")
def test_a_refusal_takes_every_session_off_and_tells_nobody(case: Case, clerk: Member) -> None:
    session = invited(case, clerk)
    party_refuse(actor=clerk.actor, case_id=case.pk, party_id=parties(case)[0].pk)
    session.refresh_from_db()
    assert session.state == "cancelled"
    assert not SessionNotice.objects.filter(dropped_at=None).exists()
    said = {"actor": clerk.actor, "notice_id": told(session, "invitation")[0].pk, "form": "phone"}
    assert refused(notice_tell, **said) == "session_not_open"
    assert refused(lambda: planned(case, clerk)) == "case_not_at_table"


# Who is there


def held(case: Case, mediator: Member) -> Session:
    session = planned(case, mediator)
    asked_alone(session, mediator)
    return session_start(actor=mediator.actor, session_id=session.pk)


@pytest.mark.law("PM-20")
def test_somebody_else_sits_down_only_with_every_partys_consent(case: Case, mediator: Member) -> None:
    session = held(case, mediator)
    expert = guest_add(actor=mediator.actor, session_id=session.pk, kind="expert", name="赵工")
    there = {
        "actor": mediator.actor,
        "session_id": session.pk,
        "participant_id": expert.pk,
        "came_as": "self",
    }
    zhang, li = (party.pk for party in parties(case))
    consent = {"actor": mediator.actor, "participant_id": expert.pk, "answer": "given"}
    guest_consent(party_ids=[zhang], **consent)
    assert refused(attendance_record, **there) == "participant_not_agreed"
    guest_consent(party_ids=[li], **consent)
    attendance_record(**there)
    guest_consent(party_ids=[li], **(consent | {"answer": "withdrawn"}))
    assert refused(attendance_record, **there) == "participant_not_agreed"


def test_somebody_taken_off_the_list_is_not_there(case: Case, mediator: Member) -> None:
    session = held(case, mediator)
    expert = guest_add(actor=mediator.actor, session_id=session.pk, kind="expert", name="赵工")
    guest_remove(actor=mediator.actor, participant_id=expert.pk)
    there = {
        "actor": mediator.actor,
        "session_id": session.pk,
        "participant_id": expert.pk,
        "came_as": "self",
    }
    assert refused(attendance_record, **there) == "not_found"


def test_attendance_is_of_a_held_session_and_of_its_party(case: Case, mediator: Member) -> None:
    zhang, li = (party.pk for party in parties(case))
    session = planned(case, mediator, party_id=zhang)
    said = {"actor": mediator.actor, "session_id": session.pk, "came_as": "self"}
    assert refused(attendance_record, party_id=zhang, **said) == "transition_not_allowed"
    session_start(actor=mediator.actor, session_id=session.pk)
    assert refused(attendance_record, party_id=li, **said) == "party_not_of_case"
    attendance_record(party_id=zhang, **said)
    assert session.attendance.get().came_as == "self"


def test_the_hour_of_the_end_is_after_the_beginning(case: Case, mediator: Member, clock: Any) -> None:
    session = held(case, mediator)
    early = {"actor": mediator.actor, "session_id": session.pk}
    assert refused(session_finish, ended_at=kernel_clock.now() - timedelta(hours=1), **early) == "invalid"
    clock.move(timedelta(hours=1))
    assert session_finish(**early).ended_at == kernel_clock.now()


def _agent(case: Case, clerk: Member, **dates: Any) -> Any:
    who = Newcomer(
        kind="agent", name="周律师", document="授权委托书", may_settle=True, party_id=parties(case)[0].pk,
        valid_from=dates.pop("valid_from", kernel_clock.today()), **dates,
    )  # fmt: skip
    return participant_add(actor=clerk.actor, case_id=case.pk, who=who)


@pytest.mark.law("PM-20")
def test_who_came_for_a_party_is_named(case: Case, clerk: Member, mediator: Member) -> None:
    session, agent = held(case, mediator), _agent(case, clerk)
    said = {
        "actor": mediator.actor, "session_id": session.pk, "party_id": parties(case)[0].pk,
        "came_as": "agent",
    }  # fmt: skip
    assert refused(lambda: attendance_record(**said)) == "invalid"
    attendance_record(**said, person_id=agent.pk)
    assert session.attendance.get().person == agent


@pytest.mark.law("PM-20")
def test_nobody_comes_for_the_other_side_or_by_a_paper_of_another_day(
    case: Case, clerk: Member, mediator: Member
) -> None:
    session, today = held(case, mediator), kernel_clock.today()
    said = {"actor": mediator.actor, "session_id": session.pk, "came_as": "agent"}
    late = _agent(case, clerk, valid_from=today + timedelta(days=30))
    own, other = (party.pk for party in parties(case))
    for party, person in ((own, late), (other, _agent(case, clerk))):
        code = refused(attendance_record, **said, party_id=party, person_id=person.pk)
        assert code == "mandate_missing"


def test_a_session_entered_later_is_measured_by_its_own_day(
    case: Case, clerk: Member, mediator: Member, clock: Any
) -> None:
    """The mediator was there on the day, and is away when somebody enters the paper."""
    session = planned(case, clerk)
    asked_alone(session, mediator)
    clock.move(timedelta(days=10))
    entry = Mediator.objects.get(user=mediator.user)
    absence_record(actor=mediator.actor, mediator_id=entry.pk, from_day=kernel_clock.today())
    began = session.starts_at + timedelta(minutes=5)
    assert refused(lambda: session_start(actor=mediator.actor, session_id=session.pk)) == (
        "session_people_missing"
    )
    there = session_start(actor=mediator.actor, session_id=session.pk, started_at=began)
    assert (there.state, there.started_at) == ("held", began)
