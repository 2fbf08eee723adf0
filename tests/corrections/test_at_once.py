"""Two phones at the same visit at once, and the search for a known person through all that is stored."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, connections

from corrections.models import ActStep, ContactStep, Visit
from corrections.services import member_add
from corrections.services.leave import leave_ask
from sync.items import State
from tests.cast import Member, Worker
from tests.corrections.leaves import asked
from tests.corrections.stage import ID_NUMBER, NAME, PHONE, Case, VisitPhone, absent, member
from tests.disputes.test_at_once import TEN, ten_posts

LEAVES = "/api/v1/corrections/leaves"
pytestmark = pytest.mark.usefixtures("committed")


def test_two_phones_at_once_settle_a_contact_once(
    case: Case, second_worker: Worker, worker_phone: VisitPhone, second_phone: VisitPhone
) -> None:
    member_add(actor=case.actor, group_id=case.group.id, member=member(second_worker.user))
    due = str(case.first.id)

    def push(phone: VisitPhone) -> Any:
        try:
            return [phone.visit(due=due).state for _ in range(5)]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        states = [state for found in pool.map(push, (worker_phone, second_phone)) for state in found]
    assert states == [State.ACCEPTED] * 10
    assert (Visit.objects.count(), ContactStep.objects.filter(event="contact").count()) == (10, 1)


@pytest.mark.parametrize("act", ["submit", "verify", "approve"])
def test_w9_ten_parallel_acts_on_a_leave_are_one_step(case: Case, agency: Member, act: str) -> None:
    leave = leave_ask(actor=case.actor, subject_id=case.subject.id, asked=asked(length=10))
    for before in ("submit", "verify", "approve"):
        if before == act:
            break
        agency.client.post(f"{LEAVES}/{leave.id}/{before}", {}, format="json")
    assert ten_posts(agency, f"{LEAVES}/{leave.id}/{act}", {}) == ({200}, TEN - 1, 1)
    assert ActStep.objects.filter(row_id=leave.id, event=act).count() == 1


def test_a_known_person_is_nowhere_in_clear(
    case: Case, worker_phone: VisitPhone, second_phone: VisitPhone
) -> None:
    note = f"{NAME} {PHONE} {ID_NUMBER}"
    worker_phone.visit(due=str(case.first.id), note=note)
    second_phone.visit(due=str(case.first.id), note=note)
    second_phone.visit(due=absent(), note=note)
    second_phone.visit(due="not an id", note=note)
    worker_phone.sync()
    tables = {model._meta.db_table for model in apps.get_models()}
    assert {table for table in tables for value in (NAME, PHONE, ID_NUMBER) if _holds(table, value)} == set()


def _holds(table: str, value: str) -> bool:
    """Whether any row of the table holds the value, as text or as bytes."""
    with connection.cursor() as cursor:
        cursor.execute("select to_regclass(%s)", [table])
        table = cursor.fetchone()[0]
        if table is None:
            return False
        cursor.execute(
            f"select exists (select from {table} t where t::text like %s or t::text like %s)",  # noqa: S608  because the name is a model's
            [f"%{value}%", f"%{value.encode().hex()}%"],
        )
        return bool(cursor.fetchone()[0])
