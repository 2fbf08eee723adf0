"""The people at the table over HTTP, and what they find on their worklists."""

from datetime import date, timedelta
from typing import Any

import pytest

from mediation.models import Case, CaseParty, Mediator
from mediation.services import absence_record, case_suspend, mediator_change, mediators_name
from tests.cast import District, Member
from tests.mediation.made import asking, consented, in_state, seated

pytestmark = pytest.mark.django_db
CASES, REGISTER = "/api/v1/mediation/cases", "/api/v1/mediation/mediators"
DAY = date(2026, 3, 2)


@pytest.fixture
def case(clock: Any, district: District, worker: Member, clerk: Member) -> Case:
    return asking(district, worker, clerk)


def post(who: Member, path: str, body: Any = None) -> Any:
    return who.client.post(path, body or {}, format="json")


def sections(who: Member) -> dict[str, Any]:
    return {row["code"]: row for row in who.client.get("/api/v1/worklist").json()["sections"]}


def party(case: Case, number: int = 0) -> str:
    return str(CaseParty.objects.filter(case=case)[number].pk)


def test_the_case_shows_needs_notices_and_how_it_came(case: Case, clerk: Member) -> None:
    url = f"{CASES}/{case.pk}"
    assert post(clerk, f"{url}/needs", {"party_id": party(case), "needs": ["read_aloud"]}).status_code == 200
    body = {"party_id": party(case), "way": "handed", "form": "fingerprint", "witness": "孙大爷"}
    assert post(clerk, f"{url}/rights", body).json()["code"] == "read_aloud_required"
    body["read_aloud_by_id"] = str(clerk.user.pk)
    shown = post(clerk, f"{url}/rights", body).json()
    first = next(row for row in shown["parties"] if row["id"] == party(case))
    assert (shown["initiation"], first["needs"], first["notices"][0]["way"]) == (
        "application", ["read_aloud"], "handed",
    )  # fmt: skip
    assert "孙大爷" not in str(shown)


@pytest.mark.law("PM-30b")
def test_what_is_missing_is_told_for_any_day(
    clock: Any, district: District, worker: Member, clerk: Member, mediator: Member
) -> None:
    url = f"{CASES}/{seated(district, worker, clerk, mediator).pk}/missing"
    assert clerk.client.get(url).json() == []
    absence_record(
        actor=mediator.actor, mediator_id=Mediator.objects.get(user=mediator.user).pk,
        from_day=DAY + timedelta(days=1),
    )  # fmt: skip
    (gap,) = clerk.client.get(f"{url}?day=2026-03-03").json()
    assert (gap["code"], gap["text"]) == ("mediator_unavailable", "调解员当日不能参加")
    assert clerk.client.get(f"{url}?day=soon").status_code == 400


def test_participants_are_listed_without_names(case: Case, clerk: Member) -> None:
    body = {
        "kind": "agent", "party_id": party(case), "name": "周律师", "document": "授权委托书",
        "may_settle": False, "valid_from": "2026-03-02",
    }  # fmt: skip
    made = post(clerk, f"{CASES}/{case.pk}/participants", body)
    assert (made.status_code, "周律师" in str(made.json())) == (201, False)
    listed = clerk.client.get(f"{CASES}/{case.pk}/participants").json()
    assert [row["kind"] for row in listed] == ["agent"]
    asked = {"purpose": "convene", "reason": "安排调解"}
    names = post(clerk, f"{CASES}/{case.pk}/participants/names", asked).json()
    assert names[0]["name"] == "周律师"
    end = {"participant_id": listed[0]["id"], "reason": "撤销委托"}
    assert post(clerk, f"{CASES}/{case.pk}/participants/end", end).json()["ended_on"] == "2026-03-02"


@pytest.mark.law("PM-AV")
def test_available_or_not_and_nothing_more(case: Case, clerk: Member, mediator: Member) -> None:
    url = f"{CASES}/{case.pk}/mediators"
    relation = {"relation": "family", "name": "李四", "phone": "13987654321"}
    assert post(mediator, "/api/v1/mediation/relations", relation).status_code == 201
    assert clerk.client.get(f"{url}/free").json() == [{"user": str(mediator.user.pk), "available": False}]
    refused = post(clerk, url, {"user_ids": [str(mediator.user.pk)], "chosen_by": "parties"}).json()
    assert (refused["code"], refused["title"]) == ("mediator_not_available", "该调解员不能参加本案")
    assert "fields" not in refused


@pytest.mark.law("PM-19")
def test_declaration_replacement_and_telling_over_http(
    case: Case, clerk: Member, director: Member, mediator: Member
) -> None:
    mediators_name(actor=clerk.actor, case_id=case.pk, user_ids=[mediator.user.pk], chosen_by="parties")
    url = f"{CASES}/{case.pk}/mediators"
    assert post(mediator, f"{url}/declare", {"answer": "none"}).status_code == 200
    user = str(mediator.user.pk)
    told = {"user_id": user, "party_id": party(case), "answer": "accepted"}
    assert post(clerk, f"{url}/told", told).status_code == 200
    (row,) = clerk.client.get(f"{url}/all").json()
    assert (row["declared"], row["told"]) == (True, [party(case)])
    assert post(clerk, f"{url}/replace", {"user_id": user, "reason": "absence"}).status_code == 403
    assert post(director, f"{url}/replace", {"user_id": user, "reason": "absence"}).json()["mediators"] == []


def test_a_pause_over_http(clock: Any, district: District, worker: Member, clerk: Member) -> None:
    case = in_state(consented(district, worker, clerk), clerk, "accepted")
    url = f"{CASES}/{case.pk}"
    body = {"reason": "illness", "review_on": "2026-03-20", "asked_by": party(case)}
    paused = post(clerk, f"{url}/suspend", body).json()
    assert (paused["state"], any(row["running"] for row in paused["deadlines"])) == ("suspended", False)
    assert post(clerk, f"{url}/review", {"review_on": "2026-03-25"}).json()["review_on"] == "2026-03-25"
    assert post(clerk, f"{url}/resume").json()["state"] == "accepted"
    (pause,) = clerk.client.get(f"{url}/suspensions").json()
    assert (pause["reason"], pause["to_day"]) == ("illness", "2026-03-02")


@pytest.mark.law("PM-13/14")
def test_the_register_shows_load_and_absences_and_only_the_keeper_writes(
    case: Case, clerk: Member, keeper: Member, mediator: Member, other_clerk: Member
) -> None:
    mediators_name(actor=clerk.actor, case_id=case.pk, user_ids=[mediator.user.pk], chosen_by="parties")
    (row,) = keeper.client.get(REGISTER).json()["results"]
    assert (row["user"], row["load"], row["absences"]) == (str(mediator.user.pk), 1, [])
    url = f"{REGISTER}/{row['id']}"
    assert post(clerk, f"{url}/end", {"reason": "x"}).status_code == 403
    assert other_clerk.client.get(url).status_code == 404
    changed = keeper.client.patch(url, {"specialities": ["02"], "valid_to": "2026-12-31"}, format="json")
    assert (changed.json()["specialities"], changed.json()["certificate"]) == (["02"], "")
    assert keeper.client.get(f"{REGISTER}?speciality=02&valid=true").json()["count"] == 1
    away = post(keeper, f"{url}/absences", {"from_day": "2026-03-05"})
    end = {"absence_id": away.json()["id"], "to_day": "2026-03-09"}
    assert post(keeper, f"{url}/absences/end", end).json()["to_day"] == "2026-03-09"


def test_a_mediator_sees_only_what_it_named_itself(clock: Any, district: District, mediator: Member) -> None:
    url = "/api/v1/mediation/relations"
    assert post(mediator, url, {"relation": "family"}).status_code == 400
    made = post(mediator, url, {"relation": "family", "id_number": "230103198001011231"}).json()
    listed = mediator.client.get(url).json()["results"]
    assert [set(row) for row in listed] == [{"id", "relation", "declared_at", "ended_at"}]
    assert post(mediator, f"{url}/{made['id']}/end").status_code == 204


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("rights", {"way": "shouted"}),
        ("needs", {"needs": ["money"]}),
        ("reach-attempts", {"way": "phone", "result": "no_answer", "tried_at": "0001-01-01T00:00:00+14:00"}),
        ("suspend", {"reason": "holiday", "review_on": "2026-04-01"}),
        ("review", {"review_on": "9999-99-99"}),
        ("participants", {"kind": "agent", "name": "周", "valid_from": "x"}),
        ("mediators/replace", {"user_id": "x", "reason": "party"}),
    ],
)
def test_a_bad_body_is_refused(case: Case, clerk: Member, path: str, body: dict[str, Any]) -> None:
    whole = {"party_id": party(case)} | body if path in {"rights", "needs", "reach-attempts"} else body
    assert post(clerk, f"{CASES}/{case.pk}/{path}", whole).status_code == 400


def test_lists_can_be_asked_for_what_waits(case: Case, clerk: Member) -> None:
    asked = [f"{CASES}?without_notice=true", f"{CASES}?initiation=court", f"{CASES}?without_notice=false"]
    assert [clerk.client.get(url).json()["count"] for url in asked] == [1, 0, 0]


# Worklists


def test_the_worklist_tells_missing_notices_and_reviews(
    clock: Any, district: District, worker: Member, clerk: Member, director: Member
) -> None:
    case = in_state(consented(district, worker, clerk), clerk, "accepted")
    assert sections(clerk)["mediation_notices"]["count"] == 1
    case_suspend(actor=clerk.actor, case_id=case.pk, reason="illness", review_on=date(2026, 3, 12))
    assert "mediation_review" not in sections(clerk)
    clock.move(timedelta(days=10))
    assert sections(director)["mediation_review"]["items"][0]["subject_id"] == str(case.pk)


@pytest.mark.law("PM-19", "PM-AV")
def test_director_mediator_and_keeper_find_their_own(
    case: Case, clerk: Member, director: Member, mediator: Member, keeper: Member
) -> None:
    mediators_name(actor=clerk.actor, case_id=case.pk, user_ids=[mediator.user.pk], chosen_by="parties")
    assert sections(mediator)["mediator_undeclared"]["count"] == 1
    assert "mediator_absent" not in sections(director)
    entry = Mediator.objects.get(user=mediator.user).pk
    absence_record(actor=director.actor, mediator_id=entry, from_day=DAY)
    mediator_change(actor=keeper.actor, mediator_id=entry, valid_to=DAY + timedelta(days=20))
    assert sections(director)["mediator_absent"]["count"] == 1
    assert sections(keeper)["mediator_register"]["items"][0]["subject_id"] == str(entry)


@pytest.mark.law("PM-19")
def test_a_case_without_a_mediator_waits_for_the_director_and_is_found_by_who_sits(
    district: District, worker: Member, clerk: Member, director: Member, mediator: Member
) -> None:
    case = in_state(consented(district, worker, clerk), clerk, "accepted")
    assert sections(director)["mediator_absent"]["count"] == 1
    mediators_name(actor=clerk.actor, case_id=case.pk, user_ids=[mediator.user.pk], chosen_by="parties")
    assert "mediator_absent" not in sections(director)
    asked = (f"mediator={mediator.user.pk}", f"mediator={director.user.pk}", "open=true", "open=false")
    counts = [clerk.client.get(f"/api/v1/mediation/cases?{query}").json()["count"] for query in asked]
    assert counts == [1, 0, 1, 0]
