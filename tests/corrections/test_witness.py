"""By whom a person was met: a named worker, at the office, or an enrolled terminal; and no phone tells."""

from dataclasses import replace
from typing import Any

import msgspec
import pytest

from accounts.models import Device
from accounts.services import enrolment_code_create
from corrections.codes import AttemptWay, VisitOutcome, Witness
from corrections.models import Visit
from corrections.services import worker_name
from corrections.services.visits import visit_record
from corrections.witness import witness_of
from kernel import clock as clocks
from kernel.actor import Actor
from kernel.codes.law import ContactForm
from kernel.problems import Problem
from privacy.codes import Processing
from sync.items import PushItem, Signed
from tests.cast import Member, Worker, enrolled
from tests.corrections.stage import Case, item, met, newest, submit
from tests.privacy.made import switched_on

pytestmark = pytest.mark.usefixtures("db")


def test_who_met_the_person_follows_from_form_and_device() -> None:
    made = {form: witness_of(VisitOutcome.MET, form, terminal=False) for form in ContactForm}
    assert made == {
        ContactForm.COMMUNICATION: Witness.WORKER, ContactForm.INFORMATISED_CHECK: Witness.WORKER,
        ContactForm.FIELD_VISIT: Witness.WORKER, ContactForm.OFFICE_REPORT: Witness.OFFICE,
        ContactForm.WRITTEN_REPORT: None,
    }  # fmt: skip
    assert witness_of(VisitOutcome.MET, ContactForm.OFFICE_REPORT, terminal=True) == Witness.TERMINAL
    assert witness_of(VisitOutcome.NOT_REACHED, ContactForm.FIELD_VISIT, terminal=False) is None


def marked(visit: Visit) -> tuple[str, Any]:
    return visit.witness, visit.witnessed_by_id


@pytest.mark.law("CCL-26")
def test_a_worker_of_the_group_stands_as_the_witness_of_the_own_visit(case: Case, worker: Worker) -> None:
    submit(worker.actor, item(met(case.first.id)))
    assert marked(newest()) == ("worker", worker.user.id)


def test_an_attempt_has_no_witness(case: Case, worker: Worker) -> None:
    body = met(case.first.id, outcome=VisitOutcome.NOT_REACHED, way=AttemptWay.DOOR)
    submit(worker.actor, item(body))
    assert marked(newest()) == ("", None)


@pytest.mark.law("CCL-12")
def test_an_officer_enters_what_a_named_worker_saw(
    case: Case, officer: Member, second_worker: Worker
) -> None:
    worker_name(actor=officer.actor, contact_id=case.first.id, user_id=second_worker.user.id)
    body = met(case.first.id, witness=second_worker.user.id)
    visit_record(actor=officer.actor, contact_id=case.first.id, body=body, made_at=clocks.now())
    assert marked(newest()) == ("worker", second_worker.user.id)
    shown = officer.client.get(f"/api/v1/corrections/visits/{newest().id}").json()
    assert (shown["witness"], shown["witnessed_by"]) == ("worker", str(second_worker.user.id))


@pytest.mark.law("CCL-12")
def test_nobody_else_is_entered_as_the_witness(case: Case, officer: Member, neighbour_worker: Worker) -> None:
    url = f"/api/v1/corrections/contacts/{case.first.id}/visits"
    body = {
        "outcome": "met", "made_at": clocks.now().isoformat(), "no_location_reason": "no_fix",
        "witness": str(neighbour_worker.user.id),
    }  # fmt: skip
    answer = officer.client.post(url, body, format="json")
    assert (answer.status_code, answer.json()["code"]) == (409, "visit_witness_not_named")


def test_a_worker_names_no_other_witness(case: Case, worker: Worker, officer: Member) -> None:
    (outcome,) = submit(worker.actor, item(met(case.first.id, witness=officer.user.id)))
    assert outcome.code == "visit_witness_not_named"


@pytest.fixture
def terminal(officer: Member) -> Actor:
    """A terminal in the office of the station."""
    worker = enrolled(officer.user, officer.membership)
    assert worker.device is not None
    worker.device.terminal = True
    worker.device.save()
    return replace(worker.actor, terminal=True)


def signed(case: Case, how: Signed = Signed.ITEM) -> PushItem:
    return msgspec.structs.replace(item(met(case.first.id)), signed=how)


@pytest.mark.law("PI-55/56")
def test_a_terminal_witnesses_what_it_signed_at_once(case: Case, terminal: Actor) -> None:
    (outcome,) = submit(terminal, signed(case))
    assert outcome.code == "processing_off"
    switched_on(Processing.TERMINALS)
    (outcome,) = submit(terminal, signed(case, Signed.BATCH))
    assert outcome.code == "signature_required"
    (outcome,) = submit(terminal, signed(case))
    assert (outcome.state, newest().witness, newest().signed) == ("accepted", "terminal", "item")


@pytest.mark.law("CCL-26")
def test_a_terminal_is_told_nothing(case: Case, officer: Member, terminal: Actor) -> None:
    switched_on(Processing.TERMINALS)
    phone = Member(officer.user, officer.membership, Device.objects.get(id=terminal.device_id))
    for path in ("corrections/subjects", "worklist", "sync/pull", "auth/me"):
        assert phone.client.get(f"/api/v1/{path}").status_code == 403
    assert officer.client.get("/api/v1/corrections/subjects").status_code == 200


@pytest.mark.law("PI-55/56")
def test_a_terminal_is_enrolled_for_an_officer_while_it_is_assessed(
    admin: Member, officer: Member, worker: Worker
) -> None:
    with pytest.raises(Problem, match="processing_off"):
        enrolment_code_create(actor=admin.actor, membership_id=officer.membership.id, terminal=True)
    switched_on(Processing.TERMINALS)
    with pytest.raises(Problem, match="role_not_allowed"):
        enrolment_code_create(actor=admin.actor, membership_id=worker.membership.id, terminal=True)
    _text, row = enrolment_code_create(actor=admin.actor, membership_id=officer.membership.id, terminal=True)
    assert row.device.terminal
