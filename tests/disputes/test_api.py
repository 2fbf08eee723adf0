"""The HTTP face: lists, details, staff's records, acts, particulars with a purpose."""

from typing import Any

import pytest

from disputes.models import Dispute, Screening
from disputes.services import mediators_name
from disputes.worklist import unread
from kernel import clock
from kernel.ids import uuid7
from privacy.models import ReadLog
from tests.cast import District, Member
from tests.disputes.made import BEATING, THREAT, body, dispute_of, screened

pytestmark = pytest.mark.django_db
WHY = {"purpose": "contact", "reason": "联系双方"}


def url(row: Screening | Dispute, *rest: str) -> str:
    kind = "screenings" if isinstance(row, Screening) else "disputes"
    return "/".join(["/api/v1", kind, str(row.id), *rest])


def post(who: Member, address: str, **data: Any) -> Any:
    return who.client.post(address, data, format="json")


def test_lists_page_and_filter(district: District, worker: Member, clerk: Member) -> None:
    screened(worker, body(district, parties=[]))
    screened(worker, body(district, category="15", parties=[]))
    answer = clerk.client.get("/api/v1/screenings", {"category": "15", "limit": 1}).json()
    assert (answer["count"], answer["results"][0]["category"]) == (1, "15")
    assert clerk.client.get("/api/v1/disputes").json()["count"] == 2


@pytest.mark.parametrize(
    "query", [{"colours": "R"}, {"state": "angry"}, {"limit": "0"}, {"ordering": "code"}]
)
def test_a_query_that_is_not_known_is_refused(clerk: Member, query: dict[str, str]) -> None:
    assert clerk.client.get("/api/v1/disputes", query).status_code == 400


def test_foreign_and_absent_answer_alike(district: District, worker: Member, other_clerk: Member) -> None:
    dispute = dispute_of(screened(worker, body(district)))
    foreign = other_clerk.client.get(url(dispute))
    absent = other_clerk.client.get(f"/api/v1/disputes/{uuid7()}")
    assert (foreign.status_code, foreign.json()["code"]) == (absent.status_code, absent.json()["code"])


def test_staff_enter_a_screening_by_the_same_service(district: District, clerk: Member) -> None:
    data = {"id": str(uuid7()), **body(district, source="1", wants_mediation=True)}
    first = post(clerk, "/api/v1/screenings", **data)
    assert (first.status_code, first.json()["grid"]) == (201, str(district.grids["A1-1"].id))
    assert post(clerk, "/api/v1/screenings", **data).json()["id"] == data["id"]
    assert Screening.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "status", "code"),
    [
        ({"grid": "B1-1"}, 403, "out_of_scope"),
        ({"outcome": "watching"}, 400, "invalid"),
        ({"ethnicity": "x"}, 400, "invalid"),
        ({"parties": [{"role": "party", "name": "张三", "religion": "x"}]}, 400, "invalid"),
        ({"occurred_at": "2026-01-01T00:00:00"}, 400, "invalid"),
        ({"point": {"lon_e7": 1, "lat_e7": 1, "crs": "WGS84"}}, 400, "invalid"),
    ],
)
def test_what_staff_may_not_enter(
    district: District, clerk: Member, change: dict[str, Any], status: int, code: str
) -> None:
    grid = change.pop("grid", "A1-1")
    answer = post(clerk, "/api/v1/screenings", id=str(uuid7()), **body(district, grid, **change))
    assert (answer.status_code, answer.json()["code"]) == (status, code), answer.json()


def test_a_worker_has_no_other_way_in_than_the_phone(district: District, worker: Member) -> None:
    assert post(worker, "/api/v1/screenings", id=str(uuid7()), **body(district)).status_code == 403


def test_a_list_names_no_person(district: District, worker: Member, clerk: Member) -> None:
    screening = screened(worker, body(district, signs=[THREAT]))
    text = (
        clerk.client.get(url(screening)).content.decode()
        + clerk.client.get("/api/v1/disputes").content.decode()
    )
    assert not any(value in text for value in ("张三", "13812345678", "同归于尽"))


def test_particulars_are_read_with_a_purpose_and_leave_a_row(
    district: District, worker: Member, clerk: Member
) -> None:
    screening = screened(worker, body(district, signs=[THREAT], address="3 单元 401"))
    assert clerk.client.get(url(screening, "particulars")).json()["code"] == "purpose_required"
    answer = clerk.client.get(url(screening, "particulars"), WHY).json()
    assert answer["parties"][0]["phone"] == "13812345678"
    assert (answer["address"], answer["signs"][0]["what"]) == ("3 单元 401", THREAT["what"])
    assert ReadLog.objects.get().subject_id == screening.id


@pytest.mark.law("DV-23")
def test_a_protected_record_shows_no_whereabouts(
    district: District, worker: Member, coordinator: Member
) -> None:
    stalked = {"code": "stalking", "what": "尾随到某街12号"}
    screening = screened(worker, body(district, signs=[stalked], address="某街 12 号", brief="住某街 12 号"))
    answer = coordinator.client.get(url(screening)).json()
    assert [answer[field] for field in ("grid", "longitude", "brief", "community")] == [None, None, "", None]
    assert "brief" in answer["masked"]
    read = coordinator.client.get(url(screening, "particulars"), WHY)
    assert "12" not in read.content.decode()
    assert read.json()["parties"][0]["phone"] is None
    assert coordinator.client.get(url(dispute_of(screening))).json()["grid"] is None


@pytest.mark.law("DV-23")
@pytest.mark.parametrize("name", ["worker", "director", "mediator"])
def test_author_director_and_named_mediator_see_where(
    district: District, worker: Member, mediator: Member, name: str, request: pytest.FixtureRequest
) -> None:
    screening = screened(worker, body(district, signs=[BEATING], address="某街 12 号"))
    mediators_name(actor=mediator.actor, dispute_id=dispute_of(screening).id, user_ids=[mediator.user.id])
    who = request.getfixturevalue(name)
    read = who.client.get(url(screening, "particulars"), WHY).json()
    assert (read["address"], read["parties"][0]["phone"], read["masked"]) == ("某街 12 号", "13812345678", [])
    assert who.client.get(url(screening)).json()["longitude"] is not None


@pytest.mark.law("DV-23")
def test_a_filter_by_place_does_not_tell_a_hidden_place(
    district: District, worker: Member, coordinator: Member, director: Member
) -> None:
    screened(worker, body(district, signs=[{"code": "stalking", "what": "三天内尾随四次"}]))
    query = {"grid": str(district.grids["A1-1"].id)}
    for kind in ("screenings", "disputes"):
        assert coordinator.client.get(f"/api/v1/{kind}").json()["count"] == 1
        assert coordinator.client.get(f"/api/v1/{kind}", query).json()["count"] == 0
        assert director.client.get(f"/api/v1/{kind}", query).json()["count"] == 1


def test_steps_follow_the_table_and_a_doubled_one_is_answered_as_done(
    district: District, worker: Member, coordinator: Member
) -> None:
    dispute = dispute_of(screened(worker, body(district)))
    assert post(coordinator, url(dispute, "steps"), event="accept").json()["state"] == "accepted"
    again = post(coordinator, url(dispute, "steps"), event="accept")
    assert (again.status_code, again["Idempotent-Replay"]) == (200, "true")
    assert len(coordinator.client.get(url(dispute, "history")).json()) == 2
    wrong = post(coordinator, url(dispute, "steps"), event="archive")
    assert (wrong.status_code, wrong.json()["current"]) == (409, "accepted")


def test_a_level_goes_up_and_comes_back_with_a_reason(
    district: District, worker: Member, coordinator: Member, clerk: Member
) -> None:
    dispute = dispute_of(screened(worker, body(district)))
    up = post(coordinator, url(dispute, "steps"), event="hand_up", to_level="street", reason="社区调不下来")
    assert up.json()["level"] == "street"
    assert post(coordinator, url(dispute, "steps"), event="accept").json()["code"] == "level_not_yours"
    back = post(clerk, url(dispute, "steps"), event="hand_back", to_level="community", reason="可由社区办理")
    assert back.json()["level"] == "community"


@pytest.mark.law("C-13", "EF-7", refused="too")
def test_a_colour_is_set_by_a_person_for_seven_days_at_most(
    district: District, worker: Member, clerk: Member
) -> None:
    dispute = dispute_of(screened(worker, body(district)))
    long = post(clerk, url(dispute, "colour"), colour="R", reason="持刀威胁", days=8)
    assert (long.status_code, long.json()["code"]) == (400, "colour_term_too_long")
    assert post(clerk, url(dispute, "colour"), colour="R", reason="持刀威胁", days=7).json()["colour"] == "R"
    assert post(worker, url(dispute, "colour"), colour="R", reason="持刀威胁", days=1).status_code == 403


@pytest.mark.law("PM-17")
def test_an_attempt_needs_everybodys_consent(district: District, worker: Member, coordinator: Member) -> None:
    dispute = dispute_of(screened(worker, body(district)))
    said = {"tried_on": clock.today().isoformat(), "result": "not_agreed"}
    assert post(coordinator, url(dispute, "attempts"), **said, all_consented=True).status_code == 201
    refused = post(coordinator, url(dispute, "attempts"), **said, all_consented=False)
    assert refused.json()["code"] == "attempt_without_consent"


@pytest.mark.law("PM-17")
def test_after_a_refusal_nothing_is_tried_until_a_party_applies(
    district: District, worker: Member, coordinator: Member
) -> None:
    dispute, day = dispute_of(screened(worker, body(district))), clock.today().isoformat()
    (party, _) = coordinator.client.get(url(dispute, "parties"), WHY).json()
    tried = {"tried_on": day, "result": "not_agreed", "all_consented": True}
    assert post(coordinator, url(dispute, "refusals"), party_id=party["id"]).json()["mediation_refused"]
    assert post(coordinator, url(dispute, "attempts"), **tried).json()["code"] == "mediation_refused"
    receipt = post(coordinator, url(dispute, "applications"), party_id=party["id"], asked_on=day)
    assert (receipt.status_code, receipt.json()["asked_on"]) == (201, day)
    assert post(coordinator, url(dispute, "attempts"), **tried).status_code == 201


@pytest.mark.law("DV-23")
def test_protection_is_lifted_by_the_director_after_hearing_alone(
    district: District, worker: Member, director: Member, coordinator: Member
) -> None:
    dispute = dispute_of(screened(worker, body(district, protected=True)))
    said = {"reason": "本人单独表示无须保护", "heard_alone_on": clock.today().isoformat()}
    assert post(coordinator, url(dispute, "protection/lift"), **said).status_code == 403
    alone = post(director, url(dispute, "protection/lift"), reason="本人表示无须保护")
    assert alone.json()["code"] == "heard_alone_required"
    assert post(director, url(dispute, "protection/lift"), **said).json()["protected"] is False


@pytest.mark.law("DV-23")
def test_no_contact_is_tried_on_the_protected_track(
    district: District, worker: Member, coordinator: Member
) -> None:
    dispute = dispute_of(screened(worker, body(district, protected=True)))
    said = {"tried_on": clock.today().isoformat(), "result": "unreachable", "all_consented": False}
    assert post(coordinator, url(dispute, "attempts"), **said).json()["code"] == "no_contact_while_protected"


@pytest.mark.law("DV-23", "LA-31")
def test_the_ways_out_are_explained_and_recorded(
    district: District, worker: Member, director: Member
) -> None:
    dispute = dispute_of(screened(worker, body(district, signs=[BEATING])))
    left = director.client.get(url(dispute)).json()["to_explain"]
    assert left == ["protection_order", "written_warning", "shelter", "legal_aid", "police_110"]
    answer = post(director, url(dispute, "ways"), ways=["protection_order", "legal_aid"])
    assert answer.json()["to_explain"] == ["written_warning", "shelter", "police_110"]


def test_the_safe_channel_is_for_director_and_named_mediator(
    district: District, worker: Member, director: Member, mediator: Member
) -> None:
    dispute = dispute_of(screened(worker, body(district, signs=[BEATING])))
    post(director, url(dispute, "safe-channel"), number="13600001111", hours="工作日白天")
    assert mediator.client.get(url(dispute, "safe-channel"), WHY).status_code == 404
    mediators_name(actor=director.actor, dispute_id=dispute.id, user_ids=[mediator.user.id])
    assert mediator.client.get(url(dispute, "safe-channel"), WHY).json()["number"] == "13600001111"
    assert worker.client.get(url(dispute, "safe-channel"), WHY).status_code == 403


def test_opening_a_danger_is_noted_once(district: District, worker: Member, clerk: Member) -> None:
    screening = screened(worker, body(district, signs=[THREAT], danger_now={"called": "110"}))
    assert [line.subject_id for line in unread(clerk.actor, clock.now())] == [screening.id]
    assert clerk.client.get(url(screening)).json()["danger_opened_at"]
    assert list(unread(clerk.actor, clock.now())) == []


def test_the_director_names_a_clerk_of_the_own_centre(
    district: District, director: Member, clerk: Member, other_clerk: Member
) -> None:
    said = {"street": str(district.areas["A"].id), "reason": "家暴案件专人"}
    made = post(director, "/api/v1/named-clerks", **said, user=str(clerk.user.id))
    assert made.status_code == 201
    assert post(director, "/api/v1/named-clerks", **said, user=str(other_clerk.user.id)).status_code == 404
    ended = post(director, f"/api/v1/named-clerks/{made.json()['id']}/end", reason="换人")
    assert ended.json()["valid_to"] == clock.today().isoformat()


@pytest.mark.law("DV-23")
def test_free_text_of_a_protected_dispute_is_kept_from_those_who_may_not_know_where(
    district: District, worker: Member, coordinator: Member, director: Member
) -> None:
    dispute = dispute_of(screened(worker, body(district)))
    post(coordinator, url(dispute, "steps"), event="hand_up", to_level="street", reason="她躲在某街12号")
    post(director, url(dispute, "protection"), reason="对方扬言找人")
    assert "12" not in coordinator.client.get(url(dispute, "history")).json()[1]["reason"]
    assert "12" in director.client.get(url(dispute, "history")).json()[1]["reason"]
