"""Files that do not come: the record is safe, somebody is told, once."""

from datetime import timedelta
from typing import Any

import pytest

from audit.models import AuditEvent
from sync.files.models import File
from tasks.models import Task
from tests.disputes import made
from tests.sync.files.sender import Photo, Sender, picture


def reminders() -> int:
    return AuditEvent.objects.filter(event="files.missing").count()


def test_a6_missing_files_are_asked_for_once(sender: Sender, clock: Any, run_jobs: Any) -> None:
    photos = [Photo(picture(n)) for n in range(3)]
    record = sender.declare(*photos)
    clock.move(timedelta(hours=23))
    run_jobs()
    assert (reminders(), sender.row(record)["files"][0]["overdue"]) == (0, False)
    for _ in range(3):
        clock.move(timedelta(hours=1))
        run_jobs()
    assert (reminders(), sender.row(record)["files"][0]["overdue"]) == (1, True)
    assert sender.send(*photos).status_code == 204
    assert sender.row(record)["files_waiting"] == 0


@pytest.mark.usefixtures("committed")
def test_a6_the_author_of_a_screening_gets_one_task(
    clock: Any, worker: Any, district: Any, run_jobs: Any, drain: Any
) -> None:
    phone = Sender(worker.client)
    item = phone.note(Photo(picture()), kind="screening", data=made.body(district))
    assert phone.push(item)[0] | {"rev": 1} == {
        "id": item["id"], "state": "accepted", "rev": 1, "files_waiting": 1,
    }  # fmt: skip
    clock.move(timedelta(hours=25))
    run_jobs()
    drain()
    tasks = Task.objects.filter(subject_kind="screening", subject_id=item["id"])
    assert [(task.kind, task.assignee_id) for task in tasks] == [("gather", worker.user.id)]


@pytest.mark.usefixtures("committed")
def test_staff_see_what_is_missing(worker: Any, coordinator: Any, district: Any) -> None:
    phone, photos = Sender(worker.client), [Photo(picture(n)) for n in range(2)]
    item = phone.note(*photos, kind="screening", data=made.body(district))
    phone.push(item)
    phone.send(photos[0])
    answer: Any = coordinator.client.get(f"/api/v1/screenings/{item['id']}")
    assert answer.json()["files"] == {"verified": 1, "waiting": 1, "refused": 0, "complete": False}
    listed = Sender(coordinator.client).listed(item["id"], "screening").json()
    assert {file["state"] for file in listed["files"]} == {"verified", "waiting"}


@pytest.mark.usefixtures("committed")
def test_pictures_of_a_protected_record_are_for_those_who_know_where(
    worker: Any, second_worker: Any, coordinator: Any, director: Any, district: Any
) -> None:
    phone, photo = Sender(worker.client), Photo(picture())
    data = made.body(district, signs=[made.BEATING], protected=True)
    item = phone.note(photo, kind="screening", data=data)
    phone.push(item)
    phone.send(photo)
    assert File.objects.get(id=photo.id).state == "verified"
    seen = {
        who: Sender(member.client).listed(item["id"], "screening").status_code
        for who, member in {
            "author": worker, "colleague": second_worker, "coordinator": coordinator, "director": director,
        }.items()
    }  # fmt: skip
    assert seen == {"author": 200, "colleague": 404, "coordinator": 404, "director": 200}


@pytest.mark.usefixtures("committed")
def test_an_amendment_adds_a_version_of_a_picture(worker: Any, coordinator: Any, district: Any) -> None:
    phone, blurred = Sender(worker.client), Photo(picture())
    data = made.body(district)
    item = phone.note(blurred, kind="screening", data=data)
    phone.push(item)
    phone.send(blurred)
    sharp = Photo(picture(9), replaces=blurred.id)
    about = {"kind": "screening", "op": "amend", "target": item["id"], "base_rev": 1}
    (result,) = phone.push(phone.note(sharp, data=data | {"brief": "补充"}, **about))
    assert (result["state"], result["files_waiting"]) == ("accepted", 1)
    phone.send(sharp)
    listed = Sender(coordinator.client).listed(item["id"], "screening").json()
    assert {file["id"]: file["superseded"] for file in listed["files"]} == {blurred.id: True, sharp.id: False}
    assert listed["counts"] == {"verified": 1, "waiting": 0, "refused": 0, "complete": True}
