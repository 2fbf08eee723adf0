"""What a party says to its mediator alone: locked at replacement, destroyed at archiving."""

from typing import Any

import pytest

from audit.models import AuditEvent
from disputes.models import Dispute
from kernel import clock as kernel_clock
from kernel.codes.roles import Role
from kernel.problems import Problem
from mediation import jobs
from mediation.models import Case, CaucusNote
from mediation.services import mediators_name, party_refuse
from mediation.services.caucus import caucus_read, caucus_text, caucus_word, caucus_write
from mediation.table_access import visible_caucus
from tests.cast import District, Member, join, registered
from tests.mediation.at_table import asked_alone, at_table, caucus, parties, planned, replaced

pytestmark = pytest.mark.django_db
WHY = {"purpose": "handle", "reason": "准备下一次调解"}


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Case:
    return at_table(district, worker, clerk, mediator)


@pytest.fixture
def successor(district: District) -> Member:
    member = Member(*join(district, "successor", Role.MEDIATOR, "centre A"))
    registered(district, member)
    return member


def read(who: Member, note: CaucusNote) -> str | None:
    return caucus_text(caucus_read(actor=who.actor, note_id=note.pk, **WHY))


def refused(act: Any, **said: Any) -> str:
    with pytest.raises(Problem) as caught:
        act(**said)
    return caught.value.code


@pytest.mark.law("PM-15")
def test_the_mediator_who_heard_it_reads_it(case: Case, mediator: Member) -> None:
    assert read(mediator, caucus(case, mediator, parties(case)[0])) == "我最多能让到三千"


@pytest.mark.law("PM-15")
@pytest.mark.parametrize("name", ["clerk", "director", "other_mediator", "worker", "coordinator"])
def test_nobody_else_finds_it(case: Case, mediator: Member, request: Any, name: str) -> None:
    note, who = caucus(case, mediator, parties(case)[0]), request.getfixturevalue(name)
    assert not visible_caucus(who.actor).exists()
    assert refused(caucus_read, actor=who.actor, note_id=note.pk, **WHY) == "not_found"


def test_only_a_mediator_of_the_case_writes_one(case: Case, clerk: Member, director: Member) -> None:
    said = {"case_id": case.pk, "party_id": parties(case)[0].pk, "text": "x"}
    assert refused(caucus_write, actor=clerk.actor, **said) == "role_not_allowed"
    assert refused(caucus_write, actor=director.actor, **said) == "role_not_allowed"


@pytest.mark.law("PM-15")
def test_at_replacement_the_notes_are_locked_for_both(
    case: Case, director: Member, mediator: Member, successor: Member
) -> None:
    note = caucus(case, mediator, parties(case)[0])
    replaced(case, director, mediator, successor)
    assert refused(caucus_read, actor=mediator.actor, note_id=note.pk, **WHY) == "not_found"
    assert refused(caucus_read, actor=successor.actor, note_id=note.pk, **WHY) == "caucus_locked"
    assert not visible_caucus(successor.actor).exists()


@pytest.mark.law("PM-15")
def test_for_who_sits_beside_their_mediator_there_are_none(
    case: Case, clerk: Member, mediator: Member, successor: Member
) -> None:
    note = caucus(case, mediator, parties(case)[0])
    mediators_name(actor=clerk.actor, case_id=case.pk, user_ids=[successor.user.pk], chosen_by="parties")
    assert refused(caucus_read, actor=successor.actor, note_id=note.pk, **WHY) == "not_found"


@pytest.mark.law("PM-15")
def test_the_new_mediator_reads_them_when_that_party_agrees(
    case: Case, director: Member, mediator: Member, successor: Member
) -> None:
    zhang, li = parties(case)
    hers, his = caucus(case, mediator, zhang), caucus(case, mediator, li, "我没有钱")
    replaced(case, director, mediator, successor)
    caucus_word(
        actor=successor.actor, case_id=case.pk, party_id=zhang.pk, kind="hand_over", form="written",
        mediator_id=successor.user.id,
    )  # fmt: skip
    assert read(successor, hers) == "我最多能让到三千"
    assert refused(caucus_read, actor=successor.actor, note_id=his.pk, **WHY) == "caucus_locked"


def test_notes_are_handed_over_to_a_mediator_of_the_case(
    case: Case, clerk: Member, successor: Member
) -> None:
    said = {"actor": clerk.actor, "case_id": case.pk, "party_id": parties(case)[0].pk, "kind": "hand_over"}
    assert refused(caucus_word, mediator_id=successor.user.id, **said) == "mediator_unknown"
    assert refused(caucus_word, **said) == "invalid"


def test_the_question_alone_still_counts_after_a_replacement(
    case: Case, clerk: Member, director: Member, mediator: Member, successor: Member
) -> None:
    asked_alone(planned(case, mediator), mediator, 0)
    replaced(case, director, mediator, successor)
    assert refused(lambda: planned(case, clerk)) == "separate_sessions_only"


# Archiving


def archived(case: Case, clerk: Member) -> None:
    party_refuse(actor=clerk.actor, case_id=case.pk, party_id=parties(case)[0].pk)
    Dispute.objects.filter(pk=case.dispute_id).update(state="archived")
    jobs.due(kernel_clock.now())


@pytest.mark.law("PM-15")
def test_they_are_destroyed_at_archiving_and_the_trail_keeps_how_many(
    case: Case, clerk: Member, mediator: Member
) -> None:
    asked_alone(planned(case, mediator), mediator)
    caucus(case, mediator, parties(case)[0])
    archived(case, clerk)
    rows = CaucusNote.objects.values_list("text", "answer", "destroyed_at")
    assert list(rows) == [(None, None, kernel_clock.now())] * 3
    told = AuditEvent.objects.get(event="mediation.caucus_destroyed")
    assert told.detail["count"] == 3
    jobs.due(kernel_clock.now())
    assert AuditEvent.objects.filter(event="mediation.caucus_destroyed").count() == 1


@pytest.mark.law("PM-15")
def test_who_asked_to_keep_them_keeps_them(case: Case, clerk: Member, mediator: Member) -> None:
    zhang, li = parties(case)
    hers, his = caucus(case, mediator, zhang), caucus(case, mediator, li)
    caucus_word(actor=clerk.actor, case_id=case.pk, party_id=zhang.pk, kind="keep")
    archived(case, clerk)
    assert read(mediator, hers) == "我最多能让到三千"
    assert read(mediator, his) is None


def test_a_later_word_lets_them_go(case: Case, clerk: Member, mediator: Member, clock: Any) -> None:
    note = caucus(case, mediator, parties(case)[0])
    for kind in ("keep", "destroy"):
        caucus_word(actor=clerk.actor, case_id=case.pk, party_id=parties(case)[0].pk, kind=kind)
    archived(case, clerk)
    note.refresh_from_db()
    assert note.destroyed_at == kernel_clock.now()


def test_a_district_may_keep_them(case: Case, clerk: Member, mediator: Member, monkeypatch: Any) -> None:
    monkeypatch.setenv("GRIDGOV_CAUCUS_DESTROY", "false")
    caucus(case, mediator, parties(case)[0])
    archived(case, clerk)
    assert not CaucusNote.objects.exclude(destroyed_at=None).exists()


def test_nothing_is_destroyed_while_the_dispute_is_not_archived(
    case: Case, clerk: Member, mediator: Member
) -> None:
    caucus(case, mediator, parties(case)[0])
    party_refuse(actor=clerk.actor, case_id=case.pk, party_id=parties(case)[0].pk)
    jobs.due(kernel_clock.now())
    assert not CaucusNote.objects.exclude(destroyed_at=None).exists()
