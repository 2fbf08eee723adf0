"""Changes of division codes entered ahead: looked at, kept, done on their day, once and in order."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import OperationalError

from accounts.models import Area, AreaChange
from audit import delivery
from audit.models import AuditEvent
from grids import jobs
from grids.models import Grid, GridShape, PlannedChange
from kernel import clock as now
from sync.models import Row
from tasks.models import Task
from tests.cast import District, Member, Worker
from tests.grids.test_area_changes import CHANGES, NEW, OLD, OTHER, changed

pytestmark = pytest.mark.django_db
PLANNED = "/api/v1/planned-area-changes"
STREET = "230103005000"


@pytest.fixture(autouse=True)
def monday(clock: Any) -> None:
    """All days count from the same one."""


def ahead(days: int) -> str:
    return (now.today() + timedelta(days=days)).isoformat()


def planned(who: Member, *rows: tuple[str, ...], days: int = 10, **more: Any) -> str:
    answer = changed(who, *rows, day=ahead(days), **more)
    assert answer.status_code == 200, answer.json()
    return str(answer.json()["planned"])


def later(clock: Any, days: int) -> None:
    clock.move(timedelta(days=days))
    jobs.due(now.now())


def again(who: Member) -> Member:
    """Signed in again: a session does not outlive the days in between."""
    return Member(who.user, who.membership)


def states() -> list[str]:
    return list(PlannedChange.objects.order_by("day", "created_at").values_list("state", flat=True))


@pytest.mark.law("GR-6")
def test_a_change_entered_ahead_changes_nothing_before_its_day(
    admin: Member, district: District, clock: Any
) -> None:
    answer = changed(admin, (OLD, NEW), day=ahead(10)).json()
    later(clock, 9)
    assert (answer["applied"], answer["grids"], answer["changes"][0]["new_code"]) == (False, 2, NEW)
    assert Area.objects.get(id=district.areas["A1"].id).code == OLD
    assert (AreaChange.objects.count(), states()) == (0, ["waiting"])


def test_on_its_day_it_is_done_and_phones_hear_of_it(admin: Member, district: District, clock: Any) -> None:
    planned(admin, (OLD, NEW, "新社区"))
    later(clock, 10)
    area = Area.objects.get(id=district.areas["A1"].id)
    assert (area.code, area.name, area.code_from, states()) == (NEW, "新社区", now.today(), ["done"])
    codes = Grid.objects.filter(community=area).values_list("code", flat=True)
    assert sorted(codes) == [f"{NEW}01", f"{NEW}02"]
    row = Row.objects.get(kind="area", id=area.id, deleted=False)
    assert NEW in str(row.payload)


def test_after_downtime_it_has_the_true_day_and_happens_once(
    admin: Member, district: District, clock: Any
) -> None:
    planned(admin, ("", STREET, "新街道"), (OLD, NEW))
    later(clock, 25)
    later(clock, 1)
    true = now.today() - timedelta(days=16)
    assert [*AreaChange.objects.values_list("day", "created_by")] == [(true, admin.user.id)]
    assert Area.objects.get(code=STREET).valid_from == true
    assert Area.objects.get(code=NEW).code_from == true


def test_a_merged_division_ends_on_the_day_that_was_said(
    admin: Member, district: District, clock: Any
) -> None:
    ends = now.today() + timedelta(days=10)
    GridShape.objects.filter(grid__community=district.areas["A2"]).update(valid_to=ends)
    planned(admin, (OTHER, OLD))
    later(clock, 12)
    assert Area.objects.get(id=district.areas["A2"].id).valid_to == ends


def test_two_tables_of_a_day_are_done_in_the_order_of_their_entry(
    admin: Member, district: District, clock: Any
) -> None:
    planned(admin, ("", STREET, "新街道"))
    clock.move(timedelta(minutes=1))
    planned(admin, (OLD, "230103005001"))
    later(clock, 10)
    assert states() == ["done", "done"]
    assert Area.objects.get(code="230103005001").parent.code == STREET  # type: ignore[union-attr]  # because it has one


def test_an_earlier_day_is_done_first_though_it_was_entered_later(admin: Member, clock: Any) -> None:
    planned(admin, (OLD, NEW, "乙"), days=9)
    clock.move(timedelta(minutes=1))
    planned(admin, (OLD, OLD, "甲"), days=5)
    later(clock, 20)
    assert states() == ["done", "done"]
    assert [*AreaChange.objects.order_by("day").values_list("new_name", flat=True)] == ["甲", "乙"]


def test_what_is_due_is_done_before_a_change_of_today(admin: Member, clock: Any) -> None:
    planned(admin, (OLD, NEW), days=1)
    clock.move(timedelta(days=2))
    assert changed(again(admin), (NEW, NEW, "新名")).json()["applied"] is True
    assert [*AreaChange.objects.order_by("day").values_list("kind", flat=True)] == ["recoded", "renamed"]


@pytest.mark.law("GR-6")
def test_it_is_looked_at_when_it_is_entered(admin: Member) -> None:
    answer = changed(admin, (OTHER, OLD), day=ahead(10)).json()
    assert answer["faults"] == [
        {"row": 0, "fault": f"尚有现行网格 {OTHER} has grids in force: publish their new boundaries first"}
    ]
    assert states() == []


def test_the_same_table_twice_is_refused_by_what_waits(admin: Member) -> None:
    planned(admin, (OLD, NEW))
    answer = changed(admin, (OLD, NEW), day=ahead(10)).json()
    assert answer["faults"] == [{"row": 1, "fault": f"旧代码未生效 {OLD} is not in force"}]
    assert changed(admin, (OLD, NEW), day=ahead(10), dry_run=True).status_code == 400


def test_a_dry_run_ahead_keeps_nothing(admin: Member) -> None:
    answer = changed(admin, (OLD, NEW), day=ahead(10), dry_run=True).json()
    assert (answer["planned"], answer["applied"], states()) == (None, False, [])


def test_a_day_too_far_ahead_is_refused(admin: Member, settings: Any) -> None:
    answer = changed(admin, (OLD, NEW), day=ahead(401)).json()
    assert (answer["code"], answer["most_days"]) == ("change_day_ahead", 400)


def test_only_so_many_wait_at_the_same_time(admin: Member, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GRIDGOV_AREA_PLANS_MAX", "1")
    planned(admin, (OLD, NEW))
    answer = changed(admin, (OTHER, OTHER, "新名"), day=ahead(10))
    assert (answer.status_code, answer.json()["code"]) == (409, "planned_changes_full")


def test_what_its_day_refuses_is_told_to_who_entered_it(admin: Member, clock: Any) -> None:
    pk = planned(admin, (OLD, NEW))
    changed(admin, (OLD, "230103001008"))
    later(clock, 10)
    delivery.drain()
    row = again(admin).client.get(f"{PLANNED}/{pk}").json()
    assert (row["state"], row["faults"]) == (
        "refused",
        [{"row": 1, "fault": f"旧代码未生效 {OLD} is not in force"}],
    )
    assert row["csv"].startswith("old,new,name")
    task = Task.objects.get(subject_kind="planned_change", subject_id=pk)
    assert (task.kind, task.assignee_id, task.role) == ("review", admin.user.id, "district_admin")


def test_one_that_is_refused_holds_up_no_later_one(admin: Member, clock: Any) -> None:
    planned(admin, (OLD, NEW), days=3)
    planned(admin, (OTHER, OTHER, "新名"), days=4)
    changed(admin, (OLD, "230103001008"))
    later(clock, 5)
    assert states() == ["refused", "done"]


def test_a_busy_database_refuses_nothing(admin: Member, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(**_: object) -> None:
        raise OperationalError

    planned(admin, (OLD, NEW))
    with monkeypatch.context() as patched:
        patched.setattr("grids.services.planned.tree_change", busy)
        later(clock, 10)
    assert states() == ["waiting"]
    jobs.due(now.now())
    assert states() == ["done"]


def test_it_is_withdrawn_before_its_day_with_a_reason(admin: Member, clock: Any) -> None:
    pk = planned(admin, (OLD, NEW))
    for _ in range(2):
        answer = admin.client.post(f"{PLANNED}/{pk}/withdraw", {"reason": "民政厅撤回"}, format="json")
        assert (answer.status_code, answer.json()["state"]) == (200, "withdrawn")
    later(clock, 10)
    assert Area.objects.filter(code=OLD).exists()
    event = AuditEvent.objects.get(event="planned_change.withdrawn")
    assert (event.reason, str(event.subject_id)) == ("民政厅撤回", pk)


def test_what_was_done_is_not_withdrawn(admin: Member, clock: Any) -> None:
    pk = planned(admin, (OLD, NEW), days=1)
    later(clock, 1)
    answer = again(admin).client.post(f"{PLANNED}/{pk}/withdraw", {"reason": "迟"}, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "transition_not_allowed")


def test_they_are_listed_in_the_order_in_which_they_take_effect(admin: Member) -> None:
    second, first = planned(admin, (OLD, NEW)), planned(admin, (OTHER, OTHER, "新名"), days=2)
    rows = admin.client.get(PLANNED, {"state": "waiting"}).json()["results"]
    assert [row["id"] for row in rows] == [first, second]
    assert "csv" not in rows[0]
    assert admin.client.get(CHANGES).json()["results"] == []


def test_another_district_s_do_not_exist(admin: Member, district: District) -> None:
    pk = planned(admin, (OLD, NEW))
    PlannedChange.objects.update(area=district.areas["city"])
    assert admin.client.get(f"{PLANNED}/{pk}").status_code == 404
    answer = admin.client.post(f"{PLANNED}/{pk}/withdraw", {"reason": "x"}, format="json")
    assert (answer.status_code, states()) == (404, ["waiting"])


def test_only_the_administrator_plans_and_withdraws(
    admin: Member, coordinator: Member, worker: Worker
) -> None:
    pk = planned(admin, (OLD, NEW))
    for who in (coordinator, worker):
        assert who.client.get(PLANNED).status_code == 403
        assert who.client.post(f"{PLANNED}/{pk}/withdraw", {"reason": "x"}, format="json").status_code == 403


def test_the_command_plans_too_and_nobody_is_told(
    district: District, tmp_path: Path, capsys: Any, clock: Any
) -> None:
    file = tmp_path / "changes.csv"
    file.write_text(f"old,new\n{OLD},{NEW}\n")
    call_command("areas_change", file, now.today() + timedelta(days=3))
    assert "waits for" in capsys.readouterr().out
    Area.objects.filter(code=OLD).update(code="230103001008")
    later(clock, 3)
    delivery.drain()
    assert (states(), Task.objects.count()) == (["refused"], 0)
