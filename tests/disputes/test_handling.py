"""Triage, rerouting, asking for the level above, and what was agreed on the spot."""

from datetime import date
from typing import Any

import pytest

from disputes.models import Dispute, DisputeTransition, Settlement
from disputes.services import dispute_step, dispute_walk, party_refuse, protection_set
from disputes.triage import Known, suggest
from disputes.worklist import hand_up_asked
from kernel import clock as kernel_clock
from tests.cast import District, Member
from tests.disputes.made import WANG, body, dispute_of, screened
from tests.disputes.test_api import WHY, post, url

pytestmark = pytest.mark.django_db
LEVELS = {"simple": "community", "complex": "street", "hard": "district"}
AGREED = {"terms": "楼上一周内修管，赔 500 元", "by_whom": "张三、李四", "agreed_on": "2026-03-02"}


def known(**more: Any) -> Known:
    plain: dict[str, Any] = {
        "category": "02", "scale": "01", "level": "grid", "level_reasons": ("ordinary",), "parties": 2,
        "communities": 1, "hidden": False,
    }  # fmt: skip
    return Known(**plain | more)


@pytest.mark.law("EF-6")
@pytest.mark.parametrize(
    ("more", "complexity", "level"),
    [
        ({}, "simple", "grid"),
        ({"parties": 3}, "complex", "street"),
        ({"level_reasons": ("life_or_limb",)}, "complex", "street"),
        ({"scale": "02"}, "complex", "street"),
        ({"scale": "03"}, "hard", "district"),
        ({"category": "08", "scale": "02"}, "hard", "district"),
        ({"level": "district", "parties": 3}, "complex", "district"),
        ({"hidden": True}, "simple", "street"),
    ],
)
def test_complexity_and_level_are_suggested(more: dict[str, Any], complexity: str, level: str) -> None:
    found = suggest(known(**more), LEVELS)
    assert (found.complexity, found.level) == (complexity, level)
    assert found.reasons


@pytest.fixture
def quarrel(clock: Any, district: District, worker: Member, clerk: Member) -> Dispute:
    dispute = dispute_of(screened(worker, body(district)))
    return dispute_step(actor=clerk.actor, dispute_id=dispute.id, event="accept")[0]


def test_a_person_triages_as_suggested(quarrel: Dispute, clerk: Member) -> None:
    suggested = clerk.client.get(url(quarrel, "triage")).json()
    assert (suggested["complexity"], suggested["reasons"][0]["zh"]) == ("simple", "一般纠纷")
    answer = post(clerk, url(quarrel, "triage"), category="15", complexity="simple").json()
    assert (answer["state"], answer["category"], answer["complexity"]) == ("triaged", "15", "simple")


@pytest.mark.law("EF-6")
def test_who_departs_from_the_suggestion_says_why(quarrel: Dispute, clerk: Member) -> None:
    chosen = {"category": "02", "complexity": "hard", "level": "district"}
    assert post(clerk, url(quarrel, "triage"), **chosen).json()["code"] == "reason_required"
    answer = post(clerk, url(quarrel, "triage"), **chosen, reason="涉及三个部门").json()
    assert (answer["complexity"], answer["level"]) == ("hard", "district")
    events = list(DisputeTransition.objects.filter(dispute=quarrel).values_list("event", flat=True))
    assert events[-2:] == ["triage", "hand_up"]


def test_rerouting_moves_the_dispute_as_it_is(
    quarrel: Dispute, district: District, clerk: Member, coordinator: Member, neighbour_worker: Member
) -> None:
    dispute_walk(actor=clerk.actor, dispute_id=quarrel.id, event="hand_back", facts={"to_level": "grid"})
    to = {"community": str(district.areas["A2"].id), "reason": "属地不符"}
    assert post(clerk, url(quarrel, "reroute"), **to).json()["code"] == "place_required"
    to["grid"] = str(district.grids["A2-1"].id)
    answer = post(clerk, url(quarrel, "reroute"), **to).json()
    assert (answer["code"], answer["grid"]) == (quarrel.code, to["grid"])
    assert coordinator.client.get(url(quarrel)).status_code == 404
    assert neighbour_worker.client.get(url(quarrel)).status_code == 200


def test_a_coordinator_reroutes_within_the_street(
    quarrel: Dispute, district: District, clerk: Member, coordinator: Member
) -> None:
    dispute_walk(actor=clerk.actor, dispute_id=quarrel.id, event="reroute", reason="x", facts={
        "to_community": str(district.areas["A1"].id), "to_grid": None, "street_id": quarrel.street_id,
    })  # fmt: skip
    far = {"community": str(district.areas["B1"].id), "reason": "属地不符"}
    assert post(coordinator, url(quarrel, "reroute"), **far).json()["code"] == "place_unknown"
    assert post(clerk, url(quarrel, "reroute"), **far).status_code == 200


def test_who_asks_for_the_level_above_gets_an_answer_from_there(
    quarrel: Dispute, coordinator: Member, clerk: Member
) -> None:
    asked = {"event": "ask_hand_up", "to_level": "street", "reason": "双方情绪激动"}
    assert post(coordinator, url(quarrel, "steps"), **asked).json()["hand_up_asked"] == "street"
    assert [line.subject_id for line in hand_up_asked(clerk.actor, kernel_clock.now())] == [quarrel.id]
    keep = {"event": "keep_level", "reason": "先由社区再谈一次"}
    assert post(coordinator, url(quarrel, "steps"), **keep).json()["code"] == "hand_up_asked_by_you"
    assert post(clerk, url(quarrel, "steps"), **keep).json()["hand_up_asked"] == ""
    assert post(clerk, url(quarrel, "steps"), event="keep_level", reason="再次").status_code == 200
    post(coordinator, url(quarrel, "steps"), **asked)
    answer = post(clerk, url(quarrel, "steps"), event="hand_up", to_level="street").json()
    assert (answer["level"], answer["hand_up_asked"]) == ("street", "")


def test_nobody_answers_what_was_not_asked(quarrel: Dispute, clerk: Member) -> None:
    answer = post(clerk, url(quarrel, "steps"), event="keep_level", reason="不必")
    assert (answer.status_code, answer.json()["code"]) == (409, "hand_up_not_asked")


@pytest.mark.law("GR-12")
def test_settled_on_the_spot_with_what_was_agreed_and_by_whom(quarrel: Dispute, coordinator: Member) -> None:
    answer = post(coordinator, url(quarrel, "settlement"), **AGREED).json()
    assert answer["state"] == "settled"
    read = coordinator.client.get(url(quarrel, "settlement"), WHY).json()
    assert (read[0]["terms"], read[0]["by_whom"]) == (AGREED["terms"], AGREED["by_whom"])
    assert Settlement.objects.get().agreed_on == date(2026, 3, 2)


@pytest.mark.law("GR-12")
def test_a_worker_settles_nothing_above_the_grid(quarrel: Dispute, worker: Member) -> None:
    answer = post(worker, url(quarrel, "settlement"), **AGREED)
    assert (answer.status_code, answer.json()["code"]) == (403, "level_not_yours")
    quarrel.refresh_from_db()
    assert (quarrel.state, Settlement.objects.count()) == ("accepted", 0)


@pytest.mark.law("PM-17")
def test_nothing_is_settled_by_us_after_a_refusal(quarrel: Dispute, coordinator: Member) -> None:
    party = coordinator.client.get(url(quarrel, "parties"), WHY).json()[0]["id"]
    party_refuse(actor=coordinator.actor, dispute_id=quarrel.id, party_id=party)
    assert post(coordinator, url(quarrel, "settlement"), **AGREED).json()["code"] == "mediation_refused"


@pytest.mark.law("DV-23")
def test_nobody_brings_two_sides_together_on_the_protected_track(quarrel: Dispute, director: Member) -> None:
    protection_set(actor=director.actor, dispute_id=quarrel.id, reason="一方害怕")
    answer = post(director, url(quarrel, "settlement"), **AGREED).json()
    assert answer["code"] == "no_contact_while_protected"


@pytest.mark.parametrize("change", [{"agreed_on": "2026-03-03"}, {"terms": " "}, {"by_whom": ""}])
def test_what_was_agreed_is_said_and_not_in_the_future(
    quarrel: Dispute, clerk: Member, change: dict[str, str]
) -> None:
    assert post(clerk, url(quarrel, "settlement"), **AGREED | change).status_code == 400


def test_two_records_of_one_person_are_one_party(district: District, worker: Member, clerk: Member) -> None:
    one = dispute_of(screened(worker, body(district)))
    other = dispute_of(screened(worker, body(district, None, parties=[WANG])))
    post(clerk, url(other, "merge"), into=str(one.id), reason="同一纠纷")
    assert clerk.client.get(url(one)).json()["aliases"] == [other.code]
    assert post(clerk, url(other, "colour"), colour="Y", reason="x", days=3).json()["into"] == str(one.id)
