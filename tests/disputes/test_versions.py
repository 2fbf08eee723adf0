"""A screening amended by its author: one record on phones, every version kept."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import transaction

from disputes.models import Dispute, DisputeScreening, Screening
from grids.models import Assignment
from kernel import clock
from kernel.ids import uuid7
from sync.models import Inbox
from sync.services import publish
from tests.cast import District, Member
from tests.disputes.made import BEATING, THREAT, body
from tests.disputes.test_commands import command, said
from tests.disputes.test_path import held, push, sent

pytestmark = pytest.mark.usefixtures("committed")


def amended(target: Any, base_rev: int, data: dict[str, Any], seq: int = 2) -> dict[str, Any]:
    return sent(data, seq) | {"op": "amend", "target": str(target), "base_rev": base_rev}


@pytest.fixture
def record(district: District, worker: Member, second_worker: Member, drain: Callable[[], int]) -> UUID:
    item = sent(body(district))
    push(worker, item)
    drain()
    return UUID(item["id"])


def test_phones_hold_one_record_with_the_latest_content(
    district: District, worker: Member, second_worker: Member, record: UUID
) -> None:
    (result,) = push(worker, amended(record, 1, body(district, brief="其实是三楼漏水")))
    assert (result["state"], result["rev"]) == ("accepted", 2)
    for who in (worker, second_worker):
        assert set(held(who)["screening"]) == {record}
        row = held(who)["screening"][record]
        assert (row["brief"], row["rev"]) == ("其实是三楼漏水", 2)


def test_what_was_sent_first_is_kept_as_it_was(district: District, worker: Member, record: UUID) -> None:
    given = amended(record, 1, body(district, brief="新的"))
    push(worker, given)
    first, second = Screening.objects.get(id=record), Screening.objects.get(id=given["id"])
    assert (first.brief, second.brief) == ("楼上漏水，两家多次争吵", "新的")
    assert (first.latest_id, second.version_of_id, second.supersedes_id) == (second.id, first.id, first.id)
    assert (
        DisputeScreening.objects.get(screening=second).dispute
        == DisputeScreening.objects.get(screening=first).dispute
    )


def test_what_the_server_learns_makes_no_conflict(district: District, worker: Member, record: UUID) -> None:
    assert held(worker)["screening"][record]["dispute_id"] is not None
    one, two = (amended(record, rev, body(district, brief=f"v{rev}"), seq=rev + 1) for rev in (1, 2))
    assert said(worker, two) == [("held", "waits_for_version")]
    assert said(worker, one) == [("accepted", "")]
    assert held(worker)["screening"][record]["brief"] == "v2"


@pytest.mark.law("DV-23")
@pytest.mark.parametrize("sign", [BEATING, {"code": "stalking", "what": "三天内尾随四次"}])
def test_a_protecting_sign_takes_it_off_colleagues_phones_at_once(
    district: District, worker: Member, second_worker: Member, record: UUID, sign: dict[str, Any]
) -> None:
    assert said(worker, amended(record, 1, body(district, signs=[sign]))) == [("accepted", "")]
    assert held(second_worker) == {"screening": {}, "dispute": {}}


@pytest.mark.law("DV-23")
def test_also_before_the_first_version_has_found_its_dispute(
    district: District, worker: Member, second_worker: Member, drain: Callable[[], int]
) -> None:
    item = sent(body(district))
    batch = [item, amended(item["id"], 1, body(district, signs=[BEATING]))]
    assert said(worker, *batch) == [("accepted", "")] * 2
    assert held(second_worker) == {"screening": {}, "dispute": {}}
    drain()
    assert held(second_worker) == held(worker) == {"screening": {}, "dispute": {}}
    assert Dispute.objects.get().restricted


def test_what_was_no_dispute_becomes_one(
    district: District, worker: Member, second_worker: Member, drain: Callable[[], int]
) -> None:
    item = sent(body(district, outcome="not_a_dispute"))
    push(worker, item)
    drain()
    assert said(worker, amended(item["id"], 1, body(district, signs=[THREAT]))) == [("accepted", "")]
    assert held(worker)["screening"][UUID(item["id"])]["dispute_id"] == str(Dispute.objects.get().id)


def test_it_stays_in_its_grid(district: District, worker: Member, record: UUID) -> None:
    assert said(worker, amended(record, 1, body(district, None))) == [("rejected", "amend_elsewhere")]


def test_nobody_amends_what_another_wrote(
    district: District, worker: Member, second_worker: Member, record: UUID
) -> None:
    assert said(second_worker, amended(record, 1, body(district, brief="x"))) == [
        ("held", "waits_for_record")
    ]
    assert held(worker)["screening"][record]["rev"] == 1


def test_a_rejected_screening_is_corrected_in_place(district: District, worker: Member) -> None:
    item = sent(body(district, outcome="watching"))
    assert said(worker, item) == [("rejected", "invalid")]
    assert held(worker)["screening"][UUID(item["id"])]["sync_state"] == "rejected"
    assert said(worker, amended(item["id"], 0, body(district))) == [("accepted", "")]
    row = held(worker)["screening"][UUID(item["id"])]
    assert ("sync_state" in row, row["outcome"]) == (False, "report_up")


def test_a_correction_waits_for_the_record_it_corrects(district: District, worker: Member) -> None:
    first = sent(body(district))
    second = sent(body(district, supersedes=first["id"]), seq=2)
    assert said(worker, second) == [("held", "waits_for_record")]
    assert said(worker, first) == [("accepted", "")]
    assert Screening.objects.get(id=second["id"]).supersedes_id == UUID(first["id"])


def reassigned(worker: Member, days: int) -> None:
    """The grids of a worker are another's since so many days ago."""
    ended = clock.today() - timedelta(days=days)
    held_grids = Assignment.objects.filter(worker=worker.user)
    with transaction.atomic():
        held_grids.update(valid_to=ended)
        publish("assignment", held_grids.values_list("id", flat=True))


def test_s6_what_was_done_while_the_grid_was_the_authors_is_taken(
    district: District, worker: Member, second_worker: Member, record: UUID, clock: Any
) -> None:
    dispute = Dispute.objects.get()
    given = command(dispute.id, "set_brief", dispute.rev, brief="漏水引起")
    clock.move(timedelta(days=1))
    reassigned(worker, 0)
    assert said(worker, given) == [("accepted", "")]
    assert held(second_worker)["dispute"][dispute.id]["brief"] == "漏水引起"


def test_s6_what_was_done_after_the_grid_was_lost_reaches_the_new_owners_coordinator(
    district: District, worker: Member, coordinator: Member, record: UUID, clock: Any
) -> None:
    edit = amended(record, 1, body(district, brief="晚了"))
    clock.move(timedelta(days=3))
    reassigned(worker, 2)
    late = edit | {"device_at": clock.at.isoformat(), "id": str(uuid7())}
    assert said(worker, late) == [("quarantined", "out_of_scope")]
    assert Inbox.objects.get(id=late["id"]).queue_id == coordinator.actor.organisation_id


def test_s6_a_point_in_anothers_grid_reaches_that_communitys_coordinator(
    district: District, worker: Member, other_coordinator: Member
) -> None:
    item = sent(body(district, "B1-1"))
    assert said(worker, item) == [("quarantined", "out_of_scope")]
    assert Inbox.objects.get(id=item["id"]).queue_id == other_coordinator.actor.organisation_id
