"""Screening rounds: begun, gone through by grid, closed with a report; and what was agreed on the spot."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from disputes.models import RoundVisit, Screening, ScreeningRound, Settlement
from disputes.services import round_visit
from kernel.problems import Problem
from tasks.models import Task
from tests.cast import District, Member
from tests.disputes.made import ZHANG, body, dispute_of, item, screened, submit
from tests.disputes.test_api import WHY, post, url
from tests.disputes.test_commands import command
from tests.disputes.test_path import push

pytestmark = pytest.mark.django_db
ROUNDS = "/api/v1/rounds"
DATES = {"starts_on": "2026-03-02", "ends_on": "2026-03-06"}


@pytest.fixture
def begun(clock: Any, district: District, worker: Member, clerk: Member) -> dict[str, Any]:
    said = {"name": "节前排查", "communities": [str(district.areas["A1"].id)], "categories": ["02"], **DATES}
    answer = post(clerk, ROUNDS, **said)
    assert answer.status_code == 201, answer.content
    found: dict[str, Any] = answer.json()
    return found


def progress(who: Member, begun: dict[str, Any]) -> dict[str, bool]:
    lines = who.client.get(f"{ROUNDS}/{begun['id']}/progress").json()
    return {line["grid"]: line["visited"] for line in lines}


@pytest.mark.law("EF-10")
def test_a_round_gives_each_grid_one_to_do(begun: dict[str, Any], worker: Member) -> None:
    task = Task.objects.get(subject_kind="screening_round")
    assert (task.assignee_id, task.kind, str(task.subject_id)) == (worker.user.id, "patrol", begun["id"])
    assert worker.client.get(ROUNDS).json()["count"] == 1


@pytest.mark.law("EF-10", "MN-19", refused=True)
def test_progress_counts_grids_and_not_what_is_found(
    begun: dict[str, Any], district: District, worker: Member, coordinator: Member
) -> None:
    grid = district.grids["A1-1"].id
    assert progress(coordinator, begun)[str(grid)] is False
    said = {"actor": worker.actor, "round_id": UUID(begun["id"]), "grid_id": grid}
    assert [round_visit(**said, visited_on=date(2026, 3, 2))[1] for _ in range(2)] == [False, True]
    assert progress(coordinator, begun)[str(grid)] is True


def test_a_record_made_for_the_round_counts_as_gone_through(
    begun: dict[str, Any], district: District, worker: Member, clerk: Member
) -> None:
    screened(worker, body(district, round_id=begun["id"]))
    assert progress(clerk, begun)[str(district.grids["A1-1"].id)] is True
    assert Screening.objects.get().round_id == UUID(begun["id"])


def test_a_record_names_a_round_of_its_day(begun: dict[str, Any], district: District, worker: Member) -> None:
    ScreeningRound.objects.update(starts_on=date(2026, 3, 5))
    (outcome,) = submit(worker, item(body(district, round_id=begun["id"])))
    assert outcome.field_errors == {"round_id": "no_such_round_that_day"}


@pytest.mark.law("EF-10")
def test_closing_reports_grids_and_no_small_counts(
    begun: dict[str, Any], district: District, worker: Member, clerk: Member
) -> None:
    screened(worker, body(district, round_id=begun["id"]))
    answer = clerk.client.post(f"{ROUNDS}/{begun['id']}/close").json()
    assert (answer["report"]["visited"], answer["report"]["records"]) == (1, {"02": None})
    assert district.grids["A1-1"].code not in answer["report"]["not_visited"]
    assert clerk.client.post(f"{ROUNDS}/{begun['id']}/close")["Idempotent-Replay"] == "true"


def test_closing_takes_away_the_to_dos_of_grids_that_nobody_went_through(
    begun: dict[str, Any], clerk: Member
) -> None:
    clerk.client.post(f"{ROUNDS}/{begun['id']}/close")
    assert Task.objects.get(subject_kind="screening_round").state == "cancelled"


def test_nobody_says_it_of_a_foreign_grid_or_another_day(
    begun: dict[str, Any], district: District, worker: Member, neighbour_worker: Member
) -> None:
    said = {"round_id": UUID(begun["id"]), "grid_id": district.grids["A1-1"].id}
    with pytest.raises(Problem, match="out_of_scope"):
        round_visit(actor=neighbour_worker.actor, visited_on=date(2026, 3, 2), **said)
    with pytest.raises(Problem, match="invalid"):
        round_visit(actor=worker.actor, visited_on=date(2026, 3, 3), **said)


def test_a_round_stays_in_the_own_area(district: District, clerk: Member, coordinator: Member) -> None:
    foreign = {"name": "x", "communities": [str(district.areas["B1"].id)], **DATES}
    for who in (clerk, coordinator):
        assert post(who, ROUNDS, **foreign).json()["code"] == "place_unknown"
    assert coordinator.client.get(ROUNDS).json()["count"] == 0


@pytest.mark.usefixtures("committed")
def test_a_worker_says_it_from_the_phone(begun: dict[str, Any], district: District, worker: Member) -> None:
    said = command(district.grids["A1-1"].id, "round_visited", round_id=begun["id"])
    said["data"]["kind"] = "grid"
    assert push(worker, said)[0]["state"] == "accepted"
    assert RoundVisit.objects.get().worker_id == worker.user.id
    assert Task.objects.get(subject_kind="screening_round").state == "done"


def test_a_record_for_the_round_does_its_to_do(
    begun: dict[str, Any], district: District, worker: Member
) -> None:
    screened(worker, body(district, round_id=begun["id"]))
    assert Task.objects.get(subject_kind="screening_round").state == "done"


def test_rounds_are_found_by_community_day_and_whether_they_run(
    begun: dict[str, Any], clerk: Member, district: District
) -> None:
    def count(query: str) -> int:
        return int(clerk.client.get(f"{ROUNDS}?{query}").json()["count"])

    here, there = district.areas["A1"].id, district.areas["A2"].id
    queries = (
        "open=true",
        "open=false",
        f"community={here}",
        f"community={there}",
        "on=2026-03-06",
        "on=2026-03-07",
    )
    assert [count(query) for query in queries] == [1, 0, 1, 0, 1, 0]


def test_the_same_id_for_another_round_is_a_clash(
    begun: dict[str, Any], district: District, clerk: Member
) -> None:
    said = {"communities": [str(district.areas["A1"].id)], "id": begun["id"], **DATES}
    codes = [post(clerk, ROUNDS, name=name, **said).status_code for name in ("节前排查", "另一次排查")]
    assert codes == [201, 409]


@pytest.mark.law("GR-12")
def test_settled_on_the_spot_keeps_what_was_agreed_and_by_whom(
    district: District, worker: Member, clerk: Member
) -> None:
    agreed = {"terms": "楼上一周内修管", "by_whom": "张三、李四"}
    record = screened(worker, body(district, outcome="settled_on_spot", settled=agreed))
    dispute = dispute_of(record)
    read = clerk.client.get(url(dispute, "settlement"), WHY).json()
    assert (dispute.state, read[0]["terms"], read[0]["by_whom"]) == (
        "settled",
        agreed["terms"],
        agreed["by_whom"],
    )


@pytest.mark.law("GR-12")
def test_only_what_was_settled_says_what_was_agreed(district: District, worker: Member) -> None:
    agreed = {"terms": "修管", "by_whom": "双方"}
    (outcome,) = submit(worker, item(body(district, settled=agreed, parties=[ZHANG])))
    assert outcome.field_errors == {"settled": "only_for_settled"}
    assert Settlement.objects.count() == 0
