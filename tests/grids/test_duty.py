"""Who is in charge over many grids and over time: bulk moves, vacancies, calendar, hand-overs."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.models import User
from grids.models import Assignment, Handover
from grids.selectors import held_grids, vacancies_in
from kernel import clock
from tests.cast import SINCE, District, Member, Worker

pytestmark = pytest.mark.django_db

MOVES, HANDOVERS = "/api/v1/assignments/moves", "/api/v1/handovers"
VACANT, CALENDAR = "/api/v1/assignments/vacancies", "/api/v1/assignments/calendar"


def days(number: int) -> date:
    return clock.today() + timedelta(days=number)


def table(*rows: tuple[Any, ...], heading: str = "grid,worker,from,kind,note") -> str:
    return "\n".join([heading, *(",".join(map(str, row)) for row in rows)])


def moved(who: Member, *rows: tuple[Any, ...], **more: Any) -> Any:
    wish = {"csv": table(*rows), "reason": "年度调整", **more}
    return who.client.post(MOVES, wish, format="json")


def codes(found: Any) -> list[str]:
    return [one["code"] for one in found.json()]


def test_a_move_ends_the_old_primary_and_begins_the_new_one(
    coordinator: Member, worker: Worker, second_worker: Worker, district: District
) -> None:
    grid = district.grids["A1-1"]
    answer = moved(coordinator, (grid.code, "second_worker", days(0), "主"))
    assert answer.json()["applied"] is True
    (move,) = answer.json()["moves"]
    assert [end["worker"] for end in move["ends"]] == ["worker", "second_worker"]
    assert held_grids(worker.user.id, clock.now()) == set()
    kinds = Assignment.objects.filter(worker=second_worker.user, closed=False).values_list("kind", flat=True)
    assert list(kinds) == ["primary"]


def test_a_preview_says_what_would_happen_and_keeps_nothing(
    coordinator: Member, worker: Worker, district: District
) -> None:
    code = district.grids["A1-1"].code
    answer = moved(coordinator, (code, "", days(0), "主"), dry_run=True).json()
    assert (answer["applied"], [one["code"] for one in answer["vacant"]]) == (False, [code])
    assert held_grids(worker.user.id, clock.now()) == {district.grids["A1-1"].id}


def test_one_fault_and_nothing_is_moved(coordinator: Member, worker: Worker, district: District) -> None:
    good = (district.grids["A1-2"].code, "worker", days(1), "主")
    bad = (district.grids["A1-1"].code, "nobody", days(1), "主")
    foreign = (district.grids["A2-1"].code, "worker", days(1), "主")
    answer = moved(coordinator, good, bad, foreign)
    assert (answer.status_code, answer.json()["code"]) == (400, "moves_refused")
    assert answer.json()["faults"] == [
        {"row": 2, "fault": "没有该账号 nobody has the user name nobody"},
        {"row": 3, "fault": "辖区内没有该网格 no such grid in your area"},
    ]
    assert Assignment.objects.filter(grid=district.grids["A1-2"]).count() == 0


def test_who_is_no_grid_worker_is_named_by_row(
    coordinator: Member, clerk: Member, district: District
) -> None:
    answer = moved(coordinator, (district.grids["A1-2"].code, "clerk", days(1), "备"))
    assert answer.json()["faults"] == [{"row": 1, "fault": "届时不是网格员 clerk is no grid worker then"}]


def test_a_worker_moves_nobody(worker: Worker, district: District) -> None:
    answer = moved(worker, (district.grids["A1-2"].code, "worker", days(1), "主"))
    assert answer.json()["code"] == "role_not_allowed"


def test_two_primaries_of_one_grid_are_refused_by_the_database(worker: Worker, district: District) -> None:
    with pytest.raises(IntegrityError, match="assignment_one_primary"), transaction.atomic():
        Assignment.objects.create(
            grid=district.grids["A1-1"], worker=User.objects.create(username="x", created_at=clock.now()),
            kind="primary", valid_from=days(5), created_at=clock.now(),
        )  # fmt: skip


def test_grids_without_a_primary_are_listed_soonest_first(
    coordinator: Member, worker: Worker, district: District
) -> None:
    Assignment.objects.filter(worker=worker.user).update(valid_to=days(2))
    assert codes(coordinator.client.get(VACANT)) == [
        district.grids["A1-2"].code, district.grids["A1-1"].code,
    ]  # fmt: skip
    assert codes(coordinator.client.get(VACANT, {"days": 2})) == [district.grids["A1-2"].code]


def test_a_primary_who_is_no_worker_any_more_leaves_the_grid_vacant(
    worker: Worker, district: District
) -> None:
    area = district.areas["A1"].id
    before = {one.code for one in vacancies_in([area])}
    worker.membership.valid_to = days(1)
    worker.membership.save(update_fields=["valid_to"])
    (new,) = [one for one in vacancies_in([area]) if one.code not in before]
    assert (new.code, new.day, new.until) == (district.grids["A1-1"].code, days(1), None)


def test_a_gap_between_two_ends_with_the_next(worker: Worker, district: District) -> None:
    mine = Assignment.objects.get(worker=worker.user)
    Assignment.objects.filter(id=mine.id).update(valid_to=days(1))
    Assignment.objects.create(
        grid=mine.grid, worker=worker.user, kind="primary", valid_from=days(2), created_at=clock.now()
    )
    (gap,) = [one for one in vacancies_in([district.areas["A1"].id]) if one.grid_id == mine.grid_id]
    assert (gap.day, gap.until) == (days(1), days(2))


def test_the_worklist_of_the_coordinator_warns_of_vacant_grids(
    coordinator: Member, worker: Worker, district: District
) -> None:
    sections = coordinator.client.get("/api/v1/worklist").json()["sections"]
    (lines,) = [one["items"] for one in sections if one["code"] == "grids_vacant"]
    assert [line["subject_id"] for line in lines] == [str(district.grids["A1-2"].id)]
    assert "vacant" in lines[0]["marks"]


def test_a_calendar_holds_past_and_coming_assignments(
    coordinator: Member, worker: Worker, district: District
) -> None:
    moved(coordinator, (district.grids["A1-1"].code, "", days(0), "主"))
    moved(coordinator, (district.grids["A1-2"].code, "worker", days(7), "主"))
    asked = {"worker": str(worker.user.id), "since": days(-30).isoformat(), "until": days(30).isoformat()}
    spans = coordinator.client.get(CALENDAR, asked).json()
    assert [(span["valid_from"], span["closed"]) for span in spans] == [
        (SINCE.isoformat(), True), (days(7).isoformat(), False),
    ]  # fmt: skip


def test_a_worker_reads_the_own_calendar_and_no_other(worker: Worker, second_worker: Worker) -> None:
    own = worker.client.get(CALENDAR).json()
    other = worker.client.get(CALENDAR, {"worker": str(second_worker.user.id)}).json()
    assert (len(own), other) == (1, [])


@pytest.mark.parametrize(
    "query",
    [{"since": "x"}, {"until": "2020-01-01"}, {"until": "2036-01-01"}, {"worker": "1"}, {"more": "1"}],
)
def test_a_bad_calendar_question_is_refused(worker: Worker, query: dict[str, str]) -> None:
    assert worker.client.get(CALENDAR, query).status_code == 400


@pytest.fixture
def note(coordinator: Member, worker: Worker, second_worker: Worker, district: District) -> Handover:
    """The worker leaves A1-1 to the second one, with a word."""
    row = (
        district.grids["A1-1"].code,
        "second_worker",
        days(0),
        "主",
        "三单元独居老人，每周看望 13812345678",
    )
    assert moved(coordinator, row).status_code == 200
    return Handover.objects.get()


def test_a_note_comes_with_the_move_and_without_telephone_numbers(
    note: Handover, second_worker: Worker
) -> None:
    (read,) = second_worker.client.get(HANDOVERS, {"taken": "false"}).json()["results"]
    assert (read["id"], "138" in read["note"], "独居老人" in read["note"]) == (str(note.id), False, True)


def test_who_is_in_charge_takes_it_over_once(note: Handover, second_worker: Worker) -> None:
    answers = [second_worker.client.post(f"{HANDOVERS}/{note.id}/take") for _ in range(2)]
    assert {answer.json()["taken_by"] for answer in answers} == {str(second_worker.user.id)}
    assert second_worker.client.get(HANDOVERS, {"taken": "false"}).json()["results"] == []


def test_who_is_not_in_charge_takes_nothing(note: Handover, worker: Worker, outsider: Worker) -> None:
    for who in (worker, outsider):
        assert who.client.post(f"{HANDOVERS}/{note.id}/take").json()["code"] == "not_found"
    assert outsider.client.get(HANDOVERS).json()["results"] == []


def test_a_worker_writes_about_the_own_grid_only(worker: Worker, outsider: Worker) -> None:
    own = Assignment.objects.get(worker=worker.user)
    wish = {"assignment_id": str(own.id), "note": "钥匙在门卫"}
    assert outsider.client.post(HANDOVERS, wish, format="json").json()["code"] == "not_found"
    made = worker.client.post(HANDOVERS, wish, format="json")
    assert made.status_code == 201
    assert worker.client.post(f"{HANDOVERS}/{made.json()['id']}/take").json()["code"] == "own_handover"


def test_the_worklist_of_the_next_one_shows_it(note: Handover, second_worker: Worker) -> None:
    sections = second_worker.client.get("/api/v1/worklist").json()["sections"]
    (lines,) = [one["items"] for one in sections if one["code"] == "handovers_waiting"]
    assert [line["subject_id"] for line in lines] == [str(note.id)]
