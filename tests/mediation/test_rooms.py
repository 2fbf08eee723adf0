"""A room is held by one session at a time; a mediator in two places is a warning that a person answers."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from edge.problem_handler import as_problem
from kernel import clock as kernel_clock
from kernel.ids import uuid7
from mediation.models import Case, CaseMediator, Session
from mediation.services import mediators_name
from mediation.services.sessions import session_cancel, session_finish, session_postpone, session_start
from mediation.session_rules import overlap_refusal, room_key
from tests.cast import District, Member
from tests.disputes.made import WANG, ZHANG
from tests.disputes.test_at_once import ten_posts
from tests.mediation.at_table import asked_alone, at_table, code_of, parties, planned, post, protect
from tests.mediation.test_table_api import plan

SESSIONS = "/api/v1/mediation/sessions"
WHY = {"reason": "一方生病"}


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Case:
    return at_table(district, worker, clerk, mediator)


@pytest.fixture
def other(case: Case, district: District, worker: Member, clerk: Member, mediator: Member) -> Case:
    """Another quarrel with the same mediator."""
    del case
    return at_table(district, worker, clerk, mediator, parties=[ZHANG, WANG])


@pytest.mark.parametrize("room", ["调解室二", " 调解室 二", "调解室二　"])
def test_a_room_is_the_same_however_it_is_written(room: str) -> None:
    assert room_key(room) == room_key("调解室二")
    assert room_key("\uff22201") == room_key("b 201")


@pytest.mark.parametrize(
    ("despite", "same_case", "free", "refusal"),
    [
        ("", True, True, "session_mediator_busy"), ("shuttle", True, False, None),
        ("shuttle", False, True, "session_mediator_busy"), ("colleague", False, True, None),
        ("colleague", True, False, "session_mediator_busy"), ("ends_early", False, False, None),
        ("replaced", False, False, None), ("replaced", True, False, "session_mediator_busy"),
    ],
)  # fmt: skip
def test_why_it_is_meant_has_to_be_possible(
    despite: str, same_case: bool, free: bool, refusal: str | None
) -> None:
    assert overlap_refusal(despite, same_case=same_case, somebody_free=free) == refusal


@pytest.mark.django_db
def test_a_room_that_is_taken_says_by_what(case: Case, other: Case, clerk: Member) -> None:
    first = post(clerk, "sessions", plan(case)).json()
    answer = post(clerk, "sessions", plan(other, room="调解室 二", despite="ends_early"))
    assert code_of(answer) == (409, "session_room_taken")
    (clash,) = answer.json()["overlaps"]
    assert (clash["session"], clash["dispute_code"]) == (first["id"], first["dispute_code"])


@pytest.mark.django_db
@pytest.mark.law("DV-23", refused=True)
def test_a_protected_matter_takes_its_room_without_being_named(
    case: Case, other: Case, clerk: Member, director: Member
) -> None:
    protect(case, director)
    said = plan(case, form="separate", party_id=str(parties(case)[0].pk))
    assert post(director, "sessions", said).status_code == 201
    (clash,) = post(clerk, "sessions", plan(other)).json()["overlaps"]
    assert (clash["session"], clash["dispute_code"], clash["room"]) == (None, None, "调解室二")


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["cancel", "postpone"])
def test_what_is_called_off_frees_room_and_mediator(case: Case, other: Case, clerk: Member, end: str) -> None:
    pk = post(clerk, "sessions", plan(case)).json()["id"]
    assert post(clerk, f"sessions/{pk}/{end}", WHY).status_code == 200
    assert post(clerk, "sessions", plan(other)).status_code == 201


@pytest.mark.django_db
def test_the_next_one_begins_when_the_one_before_ends(case: Case, other: Case, clerk: Member) -> None:
    first = planned(case, clerk)
    times = {"starts_at": first.ends_at, "ends_at": first.ends_at + timedelta(hours=1)}
    assert planned(other, clerk, **times).place_id == first.place_id


@pytest.mark.django_db
def test_a_session_that_is_over_holds_no_room(
    case: Case, other: Case, mediator: Member, clerk: Member
) -> None:
    first = planned(case, mediator)
    asked_alone(first, mediator)
    session_start(actor=mediator.actor, session_id=first.pk)
    times = {"starts_at": first.starts_at, "ends_at": first.ends_at}
    said = {name: at.isoformat() for name, at in times.items()}
    assert code_of(post(clerk, "sessions", plan(other, **said)))[1] == "session_room_taken"
    session_finish(actor=mediator.actor, session_id=first.pk)
    assert post(clerk, "sessions", plan(other, **said)).status_code == 201


@pytest.mark.django_db
def test_a_mediator_in_two_places_is_a_warning_that_is_answered(
    case: Case, other: Case, clerk: Member, mediator: Member
) -> None:
    post(clerk, "sessions", plan(case))
    answer = post(clerk, "sessions", plan(other, room="一"))
    assert code_of(answer) == (409, "session_mediator_busy")
    assert answer.json()["mediators"] == [str(mediator.user.pk)]
    assert code_of(post(clerk, "sessions", plan(other, room="一", despite="shuttle")))[0] == 409
    answer = post(clerk, "sessions", plan(other, room="一", despite="replaced"))
    assert (answer.status_code, answer.json()["despite"]) == (201, "replaced")


@pytest.mark.django_db
def test_a_reason_where_nothing_clashes_is_none(case: Case, clerk: Member) -> None:
    assert post(clerk, "sessions", plan(case, despite="shuttle")).json()["despite"] == ""
    assert code_of(post(clerk, "sessions", plan(case, room="一", despite="hurry"))) == (400, "invalid")


@pytest.mark.django_db
def test_one_case_sits_in_two_rooms_only_when_the_mediator_goes_between(case: Case, clerk: Member) -> None:
    zhang, li = (str(party.pk) for party in parties(case))
    alone = plan(case, form="separate", party_id=zhang)
    assert post(clerk, "sessions", alone).status_code == 201
    again = alone | {"room": "一", "despite": "shuttle"}
    assert code_of(post(clerk, "sessions", again))[1] == "session_mediator_busy"
    beside = alone | {"party_id": li, "room": "一"}
    assert code_of(post(clerk, "sessions", beside))[1] == "session_mediator_busy"
    assert post(clerk, "sessions", beside | {"despite": "shuttle"}).status_code == 201


@pytest.mark.django_db
def test_a_new_date_looks_at_rooms_and_mediators_too(case: Case, other: Case, clerk: Member) -> None:
    first, second = planned(case, clerk), planned(other, clerk)
    session_postpone(actor=clerk.actor, session_id=second.pk, reason="一方生病")
    said = {
        "room": first.room,
        "starts_at": first.starts_at.isoformat(),
        "ends_at": first.ends_at.isoformat(),
    }
    path = f"sessions/{second.pk}/replan"
    assert code_of(post(clerk, path, said))[1] == "session_room_taken"
    assert code_of(post(clerk, path, said | {"room": "一"}))[1] == "session_mediator_busy"
    answers = [post(clerk, path, said | {"room": "一", "despite": "ends_early"}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[1]["Idempotent-Replay"] == "true"


@pytest.mark.django_db
def test_a_room_of_another_centre_is_another_room(case: Case, other: Case, clerk: Member) -> None:
    first = planned(case, clerk)
    CaseMediator.objects.filter(case=other).update(replaced_at=kernel_clock.now(), replace_reason="absence")
    Session.objects.filter(pk=first.pk).update(place_id=other.committee_id)
    times = {"starts_at": first.starts_at, "ends_at": first.ends_at}
    assert planned(other, clerk, **times).room == first.room


@pytest.mark.django_db
def test_the_database_holds_the_last_line(case: Case, clerk: Member) -> None:
    first = planned(case, clerk)
    first.pk = uuid7()
    with pytest.raises(IntegrityError) as caught:
        first.save(force_insert=True)
    assert as_problem(caught.value).code == "session_room_taken"


@pytest.mark.django_db
def test_who_is_named_later_and_sits_elsewhere_then_stands_on_the_list(
    case: Case, other: Case, clerk: Member, mediator: Member
) -> None:
    CaseMediator.objects.filter(case=other).update(replaced_at=kernel_clock.now(), replace_reason="absence")
    first = planned(case, clerk)
    times = {"starts_at": first.starts_at, "ends_at": first.ends_at}
    second = planned(other, clerk, room="一", **times)
    assert clashes(clerk) == set()
    mediators_name(actor=clerk.actor, case_id=other.pk, user_ids=[mediator.user.pk], chosen_by="parties")
    assert clashes(clerk) == {str(first.pk), str(second.pk)}
    session_cancel(actor=clerk.actor, session_id=second.pk, reason="改期")
    assert clashes(clerk) == set()


def clashes(who: Member) -> set[str]:
    sections = who.client.get("/api/v1/worklist").json()["sections"]
    return {
        item["subject_id"] for one in sections if one["code"] == "sessions_clash" for item in one["items"]
    }


@pytest.mark.usefixtures("committed")
def test_w9_ten_plans_of_one_room_at_once_are_one(case: Case, clerk: Member) -> None:
    statuses, replays, _ = ten_posts(clerk, SESSIONS, plan(case))
    assert (statuses, replays, Session.objects.count()) == ({201, 409}, 0, 1)
