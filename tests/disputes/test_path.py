"""From a phone's push over HTTP to the dispute and back to the phones, with real commits and the real
reactions."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from disputes import access
from disputes.models import Dispute, Screening
from kernel import clock
from kernel.ids import uuid7
from tests.cast import District, Member
from tests.disputes.made import BEATING, LI, THREAT, ZHANG, body


def sent(data: dict[str, Any], seq: int = 1) -> dict[str, Any]:
    one, made = str(uuid7()), clock.now() - timedelta(minutes=2)
    return {
        "id": one, "kind": "screening", "op": "create", "target": one, "device_at": made.isoformat(), "seq":
        seq, "data": data,
    }  # fmt: skip


def push(who: Member, *items: dict[str, Any]) -> list[dict[str, Any]]:
    envelope = {"batch_id": str(uuid7()), "schema": 1, "items": list(items)}
    answer = who.client.post("/api/v1/sync/push", envelope, format="json")
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]  # type: ignore[no-any-return]  # because JSON has no types


def held(who: Member) -> dict[str, dict[UUID, Any]]:
    """What a fresh phone holds after a full pull."""
    records: dict[str, dict[UUID, Any]] = {"screening": {}, "dispute": {}}
    cursor, more = None, True
    while more:
        asked = {"cursor": cursor, "limit": 1000, "schema": 1, "kinds": ["screening", "dispute"]}
        page = who.client.post("/api/v1/sync/pull", asked, format="json").json()
        for kind, rows in page["put"].items():
            records[kind] |= {UUID(row["id"]): row for row in rows}
        cursor, more = page["cursor"], page["has_more"]
    return records


def test_a_screening_comes_back_as_a_dispute_to_author_and_colleague(
    district: District, worker: Member, second_worker: Member, outsider: Member, drain: Callable[[], int]
) -> None:
    item = sent(body(district))
    assert [result["state"] for result in push(worker, item)] == ["accepted"]
    drain()
    dispute = Dispute.objects.get()
    for who in (worker, second_worker):
        assert set(held(who)["screening"]) == {UUID(item["id"])}
        assert held(who)["dispute"][dispute.id]["code"] == dispute.code
    assert held(outsider) == {"screening": {}, "dispute": {}}


@pytest.mark.law("DV-23")
def test_a_restricted_one_gets_its_receipt_and_is_gone(
    district: District, committed: None, worker: Member, second_worker: Member, drain: Callable[[], int]
) -> None:
    item = sent(body(district, signs=[BEATING]))
    assert push(worker, item)[0]["state"] == "accepted"
    drain()
    assert held(worker) == held(second_worker) == {"screening": {}, "dispute": {}}
    assert access.screenings_visible_to(worker.actor).get().id == UUID(item["id"])
    assert push(worker, item)[0]["state"] == "duplicate"


@pytest.mark.law("PM-25")
def test_a_threat_between_neighbours_is_at_the_street_within_the_same_delivery(
    district: District, committed: None, worker: Member, clerk: Member, drain: Callable[[], int]
) -> None:
    push(worker, sent(body(district, signs=[THREAT])))
    drain()
    (dispute,) = clerk.client.get("/api/v1/disputes").json()["results"]
    assert dispute["state"] == "registered"
    assert "life_or_limb" in dispute["level_reasons"]


def test_refused_records_stand_in_the_queue_of_who_answers_for_them(
    district: District, committed: None, worker: Member, coordinator: Member, director: Member
) -> None:
    plain = sent(body(district, outcome="watching"))
    hidden = sent(body(district, outcome="watching", signs=[BEATING]), 2)
    abroad = sent(body(district, "B1-1"), 3)
    assert [r["state"] for r in push(worker, plain, hidden, abroad)] == [
        "rejected",
        "rejected",
        "quarantined",
    ]
    mine = coordinator.client.get("/api/v1/refused-screenings").json()["results"]
    assert {row["id"] for row in mine} == {plain["id"]}
    (theirs,) = director.client.get("/api/v1/refused-screenings").json()["results"]
    assert (theirs["id"], theirs["field_errors"]) == (hidden["id"], {"watch_until": "required"})
    assert "brief" not in theirs


def test_no_number_of_a_person_stands_in_clear_in_any_table(
    district: District, committed: None, worker: Member, drain: Callable[[], int]
) -> None:
    push(
        worker,
        sent(body(district, signs=[THREAT], address="3 单元", brief=f"打电话{LI['phone']}骂人")),
        sent(body(district, outcome="watching"), 2),
    )
    drain()
    assert Screening.objects.count() == 1
    assert tables_with(ZHANG["id_number"], ZHANG["phone"], LI["phone"]) == []


def tables_with(*values: str) -> list[str]:
    """Names of tables in which one of the values can be read."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace"
        )
        names = [row[0] for row in cursor.fetchall()]
        found = []
        for name in names:
            cursor.execute(
                f'select exists (select from "{name}" t where t::text like any(%s))',  # noqa: S608  because the names come from the catalogue
                [[f"%{value}%" for value in values]],
            )
            found += [name] if cursor.fetchone()[0] else []
    return found
