"""The table over HTTP: the whole way, doubled acts, and who may not."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from icalendar import Calendar

from kernel import clock as kernel_clock
from mediation.models import Case, SessionNotice
from tasks.worklist import worklist
from tests.cast import District, Member
from tests.mediation.at_table import at_table, caucus, code_of, full_table, offered, parties, planned, post
from tests.mediation.test_queries import asked

pytestmark = pytest.mark.django_db
WHY = {"purpose": "handle", "reason": "准备调解"}


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member, mediator: Member) -> Case:
    return at_table(district, worker, clerk, mediator)


def plan(case: Case, **changed: Any) -> dict[str, Any]:
    begin = kernel_clock.now() + timedelta(days=1)
    times = {"starts_at": begin.isoformat(), "ends_at": (begin + timedelta(hours=1)).isoformat()}
    return {"case_id": str(case.pk), "form": "joint", "room": "调解室二", **times, **changed}


def test_a_session_from_plan_to_end(case: Case, clerk: Member, mediator: Member, clock: Any) -> None:
    made = post(clerk, "sessions", plan(case))
    assert made.status_code == 201, made.json()
    path = f"sessions/{made.json()['id']}"
    assert post(clerk, f"{path}/invite").json()["state"] == "invited"
    assert len(mediator.client.get(f"/api/v1/mediation/{path}").json()["to_ask"]) == 2
    for party in parties(case):
        asked = post(mediator, f"{path}/limits", {"party_id": str(party.pk), "limited": False})
        assert asked.status_code == 200, asked.json()
    assert asked.json()["to_ask"] == asked.json()["missing"] == []
    begun = post(mediator, f"{path}/start").json()
    assert (begun["state"], begun["choices"]) == ("held", [])
    there = {"party_id": str(parties(case)[0].pk), "came_as": "self"}
    assert post(mediator, f"{path}/attendance", there).json()["attendance"][0]["came_as"] == "self"
    clock.move(timedelta(minutes=5))
    assert post(mediator, f"{path}/finish").json()["ended_at"] is not None


@pytest.mark.law("PM-20")
def test_somebody_joins_by_every_partys_consent(case: Case, clerk: Member, mediator: Member) -> None:
    path = f"sessions/{planned(case, clerk).pk}"
    added = post(clerk, f"{path}/participants", {"kind": "expert", "name": "赵工"}).json()
    (expert,) = added["participants"]
    assert "赵工" not in str(added)
    assert len(expert["missing"]) == 2
    said = {"party_ids": expert["missing"], "answer": "given"}
    there = f"session-participants/{expert['id']}"
    assert post(clerk, f"{there}/consents", said).json()["missing"] == []
    assert post(clerk, f"{there}/reveal", WHY).json() == {"text": "赵工"}


def test_the_clerk_does_not_ask_alone_and_does_not_begin(case: Case, clerk: Member) -> None:
    path = f"sessions/{planned(case, clerk).pk}"
    question = {"party_id": str(parties(case)[0].pk), "limited": True}
    assert code_of(post(clerk, f"{path}/limits", question)) == (403, "role_not_allowed")
    assert code_of(post(clerk, f"{path}/start")) == (403, "role_not_allowed")


def test_what_is_missing_is_named_by_code(case: Case, director: Member, mediator: Member) -> None:
    path = f"sessions/{planned(case, director, party_id=parties(case)[0].pk).pk}"
    body = {"user_id": str(mediator.user.pk), "reason": "absence"}
    assert post(director, f"cases/{case.pk}/mediators/replace", body).status_code == 200
    answer = post(director, f"{path}/start").json()
    assert (answer["code"], answer["missing"]) == ("session_people_missing", ["mediator_missing"])


def test_a_notice_as_words_and_as_a_calendar_file(case: Case, clerk: Member) -> None:
    post(clerk, f"sessions/{planned(case, clerk).pk}/invite")
    notice = clerk.client.get("/api/v1/mediation/notices?waiting=true").json()["results"][0]
    answer = clerk.client.get(f"/api/v1/mediation/notices/{notice['id']}/appointment.ics")
    (event,) = Calendar.from_ical(answer.content).walk("VEVENT")
    assert str(event["DESCRIPTION"]) == case.dispute.code
    assert post(clerk, f"notices/{notice['id']}/tell", {"form": "phone"}).json()["told_at"] is not None
    assert SessionNotice.objects.filter(told_at=None).count() == 1


def test_an_offer_and_its_counter_offer(case: Case, clerk: Member) -> None:
    zhang, li = (str(party.pk) for party in parties(case))
    until = (kernel_clock.now() + timedelta(days=2)).isoformat()
    body = {
        "case_id": str(case.pk),
        "party_id": zhang,
        "to_ids": [li],
        "terms": "三千元",
        "expires_at": until,
    }
    offer = post(clerk, "offers", body).json()
    assert "三千元" not in str(offer)
    counter = {"party_id": li, "answer": "counter", "counter": {"terms": "两千元", "expires_at": until}}
    back = post(clerk, f"offers/{offer['id']}/answer", counter).json()
    assert (back["counters"], back["party"], back["state"]) == (offer["id"], li, "open")
    assert post(clerk, f"offers/{back['id']}/reveal", WHY).json() == {"text": "两千元"}
    assert (
        post(clerk, f"offers/{back['id']}/answer", {"party_id": zhang, "answer": "accept"}).json()["state"]
        == "accepted"
    )


@pytest.mark.parametrize("path", ["sessions", "notices", "notes", "documents", "offers"])
def test_the_other_street_finds_nothing(case: Case, clerk: Member, other_clerk: Member, path: str) -> None:
    offered(case, clerk)
    post(clerk, f"sessions/{planned(case, clerk).pk}/invite")
    assert other_clerk.client.get(f"/api/v1/mediation/{path}").json()["count"] == 0
    assert other_clerk.client.get(f"/api/v1/mediation/{path}/{uuid4()}").status_code == 404


def test_the_worklist_shows_the_day_at_the_table(case: Case, clerk: Member) -> None:
    soon = kernel_clock.now() + timedelta(hours=2)
    session = planned(case, clerk, starts_at=soon, ends_at=soon + timedelta(hours=1))
    post(clerk, f"sessions/{session.pk}/participants", {"kind": "family", "name": "张小"})
    post(clerk, f"sessions/{session.pk}/invite")
    offered(case, clerk, hours=3)
    found = {
        section["code"]: section["items"]
        for section in clerk.client.get("/api/v1/worklist").json()["sections"]
    }
    keys = ("sessions_today", "session_consents", "session_notices", "offers_today")
    assert [len(found.get(key, [])) for key in keys] == [1, 1, 2, 1]


def test_what_nobody_has_written_up_stays_and_nobody_is_invited_to_it(
    case: Case, clerk: Member, clock: Any
) -> None:
    session = planned(case, clerk, starts_at=(soon := kernel_clock.now() + timedelta(minutes=2)),
                      ends_at=soon + timedelta(hours=1))  # fmt: skip
    post(clerk, f"sessions/{session.pk}/invite")
    now = kernel_clock.now() + timedelta(days=1)
    found = {one.section.code: one.count for one in worklist(clerk.actor, now)}
    assert (found.get("sessions_left_open"), found.get("session_notices")) == (1, None)
    post(clerk, f"sessions/{session.pk}/postpone", {"reason": "当事人有事"})
    assert {one.section.code: one.count for one in worklist(clerk.actor, now)}["sessions_undated"] == 1


def test_a_talk_alone_over_http(case: Case, mediator: Member, clerk: Member) -> None:
    body = {"case_id": str(case.pk), "party_id": str(parties(case)[0].pk), "text": "最多三千"}
    note = post(mediator, "caucus-notes", body).json()
    assert "text" not in note
    assert post(mediator, f"caucus-notes/{note['id']}/reveal", WHY).json() == {"text": "最多三千"}
    keep = {"case_id": body["case_id"], "party_id": body["party_id"], "kind": "keep"}
    assert post(clerk, "caucus-notes/words", keep).status_code == 201


def test_a_talk_alone_is_refused_to_every_other_role(case: Case, mediator: Member, director: Member) -> None:
    note = caucus(case, mediator, parties(case)[0])
    for path in ("caucus-notes", f"caucus-notes/{note.pk}"):
        assert director.client.get(f"/api/v1/mediation/{path}").status_code == 403


def test_lists_of_the_table_ask_as_often_for_many_rows_as_for_one(
    case: Case, clerk: Member, mediator: Member
) -> None:
    paths = [f"mediation/{name}" for name in ("sessions", "notices", "notes", "documents", "offers")]
    full_table(case, clerk, mediator)
    few = {path: asked(clerk, path) for path in paths}
    for _ in range(3):
        full_table(case, clerk, mediator)
    assert {path: asked(clerk, path) for path in paths} == few
    assert max(few.values()) <= 13


def test_a_session_asks_as_often_for_many_participants_as_for_one(case: Case, clerk: Member) -> None:
    path = f"mediation/sessions/{planned(case, clerk).pk}"
    add = {"kind": "neighbour", "name": "王邻居"}
    post(clerk, f"{path.removeprefix('mediation/')}/participants", add)
    few = asked(clerk, path)
    for _ in range(3):
        post(clerk, f"{path.removeprefix('mediation/')}/participants", add)
    assert asked(clerk, path) == few
