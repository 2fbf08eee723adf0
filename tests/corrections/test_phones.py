"""What phones hold of corrections: user scopes only, and nothing that says what a person is."""

from typing import Any
from uuid import UUID

import orjson
import pytest
from django.db import transaction

from corrections import access
from corrections.services import member_add, member_end, naming_end, worker_name
from corrections.services.searches import search_at_once
from kernel import clock
from sync.check import check
from sync.models import Inbox, Row
from sync.receipts import outcomes
from tasks.worklist import worklist
from tests.cast import District, Member, Worker
from tests.corrections.leaves import approved
from tests.corrections.stage import NAME, PHONE, Case, VisitPhone, absent, member, minor

pytestmark = pytest.mark.usefixtures("committed")
TELLING = ("矫正", "对象", "社区", "司法", "缓刑", "假释", "管制", "correct", "probation", "station")


def test_a_member_of_the_group_gets_the_due_visit(case: Case, worker_phone: VisitPhone) -> None:
    worker_phone.sync()
    (held, *_) = worker_phone.of("visit_due")
    assert (held["title"], held["name"], held["phone"]) == ("走访", NAME, PHONE)
    assert {row["id"] for row in worker_phone.of("visit_due")} == {str(row.id) for row in case.contacts}


def test_a_second_worker_of_the_same_grid_gets_nothing_at_all(
    case: Case, worker_phone: VisitPhone, second_phone: VisitPhone
) -> None:
    second_phone.sync()
    worker_phone.visit(due=str(case.first.id))
    worker_phone.sync()
    body = second_phone.page()
    assert {kind for kind, _ in second_phone.seen}.isdisjoint({"visit", "visit_due"})
    assert (body["put"], body["remove"], body.get("receipts", [])) == ({}, {}, [])
    assert outcomes(second_phone.actor, [UUID(worker_phone.pushed[0]["id"])]) == {}
    assert not Row.objects.filter(scope=f"user:{second_phone.actor.user_id}", kind__startswith="visit")


def test_corrections_stand_in_user_scopes_only(case: Case, worker_phone: VisitPhone) -> None:
    worker_phone.visit(due=str(case.first.id))
    scopes = Row.objects.filter(kind__startswith="visit").values_list("scope", flat=True)
    assert set(scopes) == {f"user:{actor.user_id}" for actor in (worker_phone.actor, case.actor)}


@pytest.mark.law("CCL-26", "MN-6", refused=True)
def test_nothing_on_the_phone_says_what_the_person_is(case: Case, worker_phone: VisitPhone) -> None:
    worker_phone.visit(due=str(case.first.id), note="见面，一切正常")
    worker_phone.sync()
    text = orjson.dumps([worker_phone.of("visit_due"), worker_phone.of("visit")]).decode()
    text = text.replace(NAME, "")
    assert not [word for word in TELLING if word in text.lower()]


def test_names_do_not_stand_in_clear_in_the_ready_rows(case: Case) -> None:
    payloads = "".join(Row.objects.filter(kind="visit_due").values_list("payload", flat=True))
    assert payloads
    assert NAME not in payloads
    assert PHONE not in payloads


def test_leaving_the_group_takes_everything_off_the_phone_at_the_next_pull(
    case: Case, worker_phone: VisitPhone
) -> None:
    worker_phone.visit(due=str(case.first.id))
    worker_phone.sync()
    gone = case.group.members.get(user=worker_phone.actor.user_id)
    member_end(actor=case.actor, member_id=gone.id)
    worker_phone.sync()
    assert worker_phone.of("visit_due") + worker_phone.of("visit") == []


def test_joining_the_group_brings_the_visits(
    case: Case, second_worker: Worker, second_phone: VisitPhone
) -> None:
    second_phone.sync()
    member_add(actor=case.actor, group_id=case.group.id, member=member(second_worker.user))
    second_phone.sync()
    assert len(second_phone.of("visit_due")) == len(case.contacts)


def test_being_named_gives_one_visit_and_no_more(
    case: Case, second_worker: Worker, second_phone: VisitPhone
) -> None:
    worker_name(actor=case.actor, contact_id=case.first.id, user_id=second_worker.user.id)
    second_phone.sync()
    assert [row["id"] for row in second_phone.of("visit_due")] == [str(case.first.id)]
    naming_end(actor=case.actor, contact_id=case.first.id, user_id=second_worker.user.id)
    second_phone.sync()
    assert second_phone.of("visit_due") == []


@pytest.mark.law("CCL-54")
def test_a_minors_name_is_masked_on_the_members_phone(
    stage: Any, district: District, officer: Member, worker: Worker, worker_phone: VisitPhone
) -> None:
    expert = member(worker.user, knows_minors=True)
    stage.case(district, officer.actor, expert, person=minor(name="欧阳小明"))
    worker_phone.sync()
    assert {row["name"] for row in worker_phone.of("visit_due")} == {"欧***"}


def test_the_phone_holds_exactly_what_access_says(
    case: Case, worker_phone: VisitPhone, second_phone: VisitPhone
) -> None:
    worker_phone.visit(due=str(case.first.id))
    for phone in (worker_phone, second_phone):
        phone.sync()
        held = {id_ for kind, id_ in phone.held if kind in {"visit", "visit_due"}}
        assert held == access.phone_contacts(phone.actor) | access.phone_visits(phone.actor)
    assert [found for found in check().differences if found.kind in {"visit", "visit_due"}] == []


def test_a_foreign_and_an_absent_visit_get_the_same_answer(case: Case, second_phone: VisitPhone) -> None:
    foreign = second_phone.visit(due=str(case.first.id)).outcome
    missing = second_phone.visit(due=absent()).outcome
    person = second_phone.visit(person=str(case.subject.id), form="3").outcome
    assert foreign == missing == person
    assert foreign.code == "visit_not_yours"


def test_what_is_rejected_stands_on_the_stations_worklist(
    case: Case, second_phone: VisitPhone, coordinator: Member, other_officer: Member
) -> None:
    second_phone.visit(due=str(case.first.id))
    at = clock.now()
    found = [entry for entry in worklist(case.actor, at) if entry.section.code == "visits_refused"]
    assert [item.marks for item in found[0].items] == [("visit_not_yours",)]
    assert "visits_refused" not in str([worklist(who.actor, at) for who in (coordinator, other_officer)])


def test_what_is_rejected_waits_at_the_station_and_never_at_the_community(
    case: Case, district: District, second_phone: VisitPhone
) -> None:
    second_phone.visit(due=str(case.first.id))
    second_phone.visit(due=absent())
    queues = set(Inbox.objects.filter(kind="visit").values_list("queue", flat=True))
    assert queues == {district.organisations["station A"].id}


@pytest.mark.law("CCL-26", "CCM-25")
def test_leave_search_and_limits_reach_no_phone_at_all(
    case: Case, agency: Member, worker_phone: VisitPhone
) -> None:
    with transaction.atomic():
        approved(case, agency, first=20, length=3)
        search_at_once(actor=agency.actor, subject_id=case.subject.id, text="多方联系未果")
    worker_phone.sync()
    held = [[list(key), record] for key, record in worker_phone.held.items()]
    assert held
    text = orjson.dumps(held, default=str).decode().replace(NAME, "")
    assert not [word for word in (*TELLING, "leave", "search", "lost") if word in text.lower()]
