"""Papers that go to court, procuratorate and police: owed with a decision, sent with day and proof."""

from datetime import timedelta
from typing import Any

import pytest

from corrections.decisions import DecisionKind
from corrections.jobs import due
from corrections.models import EndNotice, OwedSending
from corrections.sendings import OWED_FOR, SendTo, SentProof, send_due
from corrections.services import objection_answer, objection_make, subject_terminate
from corrections.services.sendings import Sent, sending_send
from kernel import clock as clocks
from kernel.problems import Problem
from privacy.models import Share
from tasks.models import Task
from tasks.worklist import worklist
from tests.cast import Member
from tests.corrections import decided
from tests.corrections.stage import Case

pytestmark = pytest.mark.usefixtures("db")
URL = "/api/v1/corrections/owed-sendings"
DAYS = 5


def sent(**changes: Any) -> Sent:
    values = {"sent_on": clocks.today(), "proof": SentProof.RECEIPT, "proof_no": "回证 3"}
    return Sent(**({"recipient": "测试区人民检察院"} | values | changes))


def owed(**fields: Any) -> list[tuple[str, str]]:
    return sorted(OwedSending.objects.filter(**fields).values_list("paper", "to"))


def sections(who: Member) -> set[str]:
    return {filled.section.code for filled in worklist(who.actor, clocks.now())}


@pytest.fixture
def admonition(case: Case, agency: Member) -> Any:
    return decided.decided(case.actor, agency.actor, case.subject)


@pytest.mark.law("CCM-32")
def test_the_procuratorate_s_copy_is_owed_with_the_decision(admonition: Any, agency: Member) -> None:
    row = OwedSending.objects.get(decision=admonition)
    assert (row.paper, row.to, row.law) == ("decision", "procuratorate", "CCM-32")
    assert row.due_on == clocks.today() + timedelta(days=DAYS)
    assert "sendings_due" in sections(agency)


@pytest.mark.law("CCL-46/48")
def test_a_proposal_goes_to_the_court_with_a_copy_to_the_procuratorate(case: Case, agency: Member) -> None:
    decided.decided(case.actor, agency.actor, case.subject, DecisionKind.REVOKE_SUSPENSION)
    assert owed(law="CCL-46/48") == [("proposal", "court"), ("proposal", "procuratorate")]


def test_a_draft_is_sent_to_nobody(case: Case, agency: Member) -> None:
    decided.heard(case.actor, case.subject)
    assert owed() == []


def test_each_kind_of_decision_goes_to_the_procuratorate() -> None:
    assert set(OWED_FOR) == set(DecisionKind)
    assert all(SendTo.PROCURATORATE in dict(organs) for organs in OWED_FOR.values())


@pytest.mark.law("CCM-32", "CCL-5")
def test_it_is_closed_with_the_day_and_the_proof_and_stands_in_the_share_log(
    admonition: Any, agency: Member
) -> None:
    row = OwedSending.objects.get(decision=admonition)
    done = sending_send(actor=agency.actor, sending_id=row.id, sent=sent())
    sending_send(actor=agency.actor, sending_id=row.id, sent=sent(proof_no="另一个"))
    assert (done.state, done.sent_on, done.proof, done.proof_no) == (
        "sent", clocks.today(), "receipt", "回证 3",
    )  # fmt: skip
    assert "sendings_due" not in sections(agency)
    assert list(Share.objects.values_list("basis", "recipient_kind")) == [("CCM-32", "procuratorate")]


@pytest.mark.law("CCM-32", refused=True)
@pytest.mark.parametrize("missing", ["recipient", "sent_on", "proof", "proof_no"])
def test_without_day_and_proof_it_stays_owed(admonition: Any, agency: Member, missing: str) -> None:
    row = OwedSending.objects.get(decision=admonition)
    body = {"recipient": "检察院", "sent_on": clocks.today().isoformat(), "proof": "post", "proof_no": "1"}
    del body[missing]
    answer = agency.client.post(f"{URL}/{row.id}/send", body, format="json")
    assert (answer.status_code, list(answer.json()["fields"])) == (400, [missing])
    assert OwedSending.objects.get().state == "owed"


def test_a_day_to_come_is_no_proof(admonition: Any, agency: Member) -> None:
    ahead = sent(sent_on=clocks.today() + timedelta(days=1))
    with pytest.raises(Problem, match="invalid"):
        sending_send(actor=agency.actor, sending_id=OwedSending.objects.get().id, sent=ahead)


@pytest.mark.law("CCL-9/10", refused=True)
def test_a_station_sees_it_and_sends_nothing(admonition: Any, officer: Member) -> None:
    row = OwedSending.objects.get()
    assert officer.client.get(f"{URL}/{row.id}").json()["state"] == "owed"
    assert not {"sendings_due", "sendings_late"} & sections(officer)
    assert officer.client.post(f"{URL}/{row.id}/send", {}, format="json").status_code == 403


def test_after_its_day_it_is_overdue_on_list_and_worklist(
    admonition: Any, agency: Member, clock: Any
) -> None:
    row = OwedSending.objects.get()
    clock.to(clocks.day_end(row.due_on) - timedelta(minutes=1))
    assert agency.client.get(f"{URL}/{row.id}").json()["overdue"] is False
    clock.to(clocks.day_end(row.due_on))
    assert agency.client.get(f"{URL}/{row.id}").json()["overdue"] is True
    assert {"sendings_late"} == {code for code in sections(agency) if code.startswith("sendings")}


def fell(row: Any, head: Member, case: Case) -> None:
    objection = objection_make(actor=case.actor, decision_id=row.id, text="不服", made_on=clocks.today())
    objection_answer(
        actor=head.actor, objection_id=objection.id, event="annul", text="撤销", answered_on=clocks.today()
    )


@pytest.mark.law("CCM-32")
def test_what_had_not_gone_out_is_dropped_when_the_decision_falls(
    admonition: Any, agency_head: Member, case: Case
) -> None:
    fell(admonition, agency_head, case)
    assert (owed(state="dropped"), owed(state="owed")) == ([("decision", "procuratorate")], [])


@pytest.mark.law("CCM-32")
def test_who_had_it_is_told_that_it_fell(
    admonition: Any, agency: Member, agency_head: Member, case: Case
) -> None:
    sending_send(actor=agency.actor, sending_id=OwedSending.objects.get().id, sent=sent())
    fell(admonition, agency_head, case)
    assert owed(state="owed") == [("fall", "procuratorate")]


def test_what_is_owed_goes_on_when_the_term_has_ended(
    admonition: Any, agency: Member, case: Case, clock: Any
) -> None:
    case.subject.refresh_from_db()
    clock.to(clocks.day_end(case.subject.ends_on) + timedelta(hours=1))
    due(clocks.now())
    row = OwedSending.objects.get()
    assert "sendings_late" in sections(agency)
    assert sending_send(actor=agency.actor, sending_id=row.id, sent=sent()).state == "sent"


@pytest.mark.law("CCL-51")
def test_the_three_notices_of_an_end_have_a_day_and_a_number(case: Case, agency: Member) -> None:
    reason = "death"
    ending = subject_terminate(
        actor=agency.actor, subject_id=case.subject.id, reason=reason, document_no="死亡 1", on=clocks.today()
    )
    day = send_due(clocks.today(), DAYS)
    tasks = Task.objects.filter(subject_kind="end_notice")
    assert set(tasks.values_list("due_at", flat=True)) == {clocks.day_end(day)}
    url = f"/api/v1/corrections/endings/{ending.id}/notices"
    body = {"to": "police", "sent_on": clocks.today().isoformat()}
    assert agency.client.post(url, body, format="json").status_code == 400
    assert agency.client.post(url, body | {"document_no": "通 9"}, format="json").status_code == 200
    assert EndNotice.objects.get(to="police").document_no == "通 9"
