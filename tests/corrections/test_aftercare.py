"""安置帮教衔接 (CCM-53): voluntary, with the person there, and nothing about the correction goes out."""

from datetime import timedelta
from typing import Any

import pytest

from corrections.aftercare import AftercareField, AftercareNeed
from corrections.ends import CertificateWay, EndReason, NoticeTo
from corrections.jobs import due
from corrections.models import Aftercare, Ending, Subject
from corrections.services import checklist, ending_certify, ending_close, ending_notice, subject_terminate
from corrections.services.aftercare import (
    aftercare_accept,
    aftercare_decline,
    aftercare_hand_over,
    aftercare_inform,
    aftercare_read,
    aftercare_receive,
    aftercare_withdraw,
)
from kernel import clock as clocks
from kernel.problems import Problem
from privacy.models import Share
from tasks.worklist import worklist
from tests.cast import Member
from tests.corrections.stage import Case

pytestmark = pytest.mark.usefixtures("db")
BASE = "/api/v1/corrections/aftercares"


def informed(case: Case, who: Member, **changes: Any) -> Aftercare:
    return aftercare_inform(
        actor=who.actor, subject_id=case.subject.id, informed_on=clocks.today(), **changes
    )


def accepted(case: Case, who: Member) -> Aftercare:
    row = informed(case, who)
    needs = [AftercareNeed.WORK, AftercareNeed.WORK]
    return aftercare_accept(
        actor=who.actor, aftercare_id=row.id, on=clocks.today(), needs=needs, wishes="想学电工"
    )


def passed_on(row: Aftercare, who: Member, **changes: Any) -> Aftercare:
    values = {
        "recipient": "测试安置帮教办公室", "on": clocks.today(), "document_no": "衔 1 号", "took_part": True,
        "given": [AftercareField.NAME, AftercareField.PHONE],
    } | changes  # fmt: skip
    return aftercare_hand_over(actor=who.actor, aftercare_id=row.id, **values)


def ended(case: Case, clock: Any) -> Ending:
    Subject.objects.filter(id=case.subject.id).update(ends_on=clocks.today())
    clock.to(clocks.day_end(clocks.today()) + timedelta(minutes=1))
    due(clocks.now())
    return Ending.objects.get()


@pytest.mark.law("CCM-53")
def test_what_the_person_wants_is_handed_over_with_the_person_there(case: Case, officer: Member) -> None:
    row = accepted(case, officer)
    assert row.needs == ["work"]
    assert passed_on(row, officer).state == "handed_over"
    share = Share.objects.get()
    assert (share.basis, share.fields) == (
        "CCM-53",
        ["corrections.Subject.name", "corrections.Subject.phone"],
    )
    assert aftercare_receive(actor=officer.actor, aftercare_id=row.id, on=clocks.today()).state == "received"


@pytest.mark.law("CCM-53")
def test_without_the_person_nothing_is_handed_over(case: Case, officer: Member) -> None:
    row = accepted(case, officer)
    with pytest.raises(Problem, match="aftercare_needs_person"):
        passed_on(row, officer, took_part=False)
    assert not Share.objects.exists()


@pytest.mark.law("CCM-53")
def test_a_no_ends_it_and_is_on_no_worklist(case: Case, officer: Member) -> None:
    row = informed(case, officer)
    aftercare_decline(actor=officer.actor, aftercare_id=row.id, on=clocks.today())
    with pytest.raises(Problem, match="transition_not_allowed"):
        passed_on(row, officer)
    assert not checklist(case.subject)["aftercare"]
    codes = {filled.section.code for filled in worklist(officer.actor, clocks.now())}
    assert not {code for code in codes if code.startswith("aftercare")}


@pytest.mark.law("CCM-53")
def test_the_person_may_come_back_to_it_and_take_it_back(case: Case, officer: Member) -> None:
    row = informed(case, officer)
    aftercare_decline(actor=officer.actor, aftercare_id=row.id, on=clocks.today())
    again = aftercare_accept(
        actor=officer.actor, aftercare_id=row.id, on=clocks.today(), needs=[AftercareNeed.HOUSING]
    )
    assert again.state == "accepted"
    assert (
        aftercare_withdraw(actor=officer.actor, aftercare_id=row.id, on=clocks.today()).state == "withdrawn"
    )
    with pytest.raises(Problem, match="transition_not_allowed"):
        passed_on(row, officer)


@pytest.mark.law("PI-13/14")
def test_what_was_kept_on_the_wish_alone_goes_with_it(case: Case, officer: Member) -> None:
    row = accepted(case, officer)
    aftercare_withdraw(actor=officer.actor, aftercare_id=row.id, on=clocks.today())
    row.refresh_from_db()
    assert (row.wishes, row.needs) == (None, [])


@pytest.mark.law("CCM-55")
def test_a_minor_is_told_with_the_guardian(minor_case: Case, officer: Member) -> None:
    with pytest.raises(Problem, match="guardian_part_missing"):
        informed(minor_case, officer)
    assert informed(minor_case, officer, guardian_present=True).state == "informed"


@pytest.mark.law("CCM-53", "CCL-44")
def test_after_the_release_the_agency_passes_it_on_before_the_end_is_closed(
    case: Case, officer: Member, agency: Member, clock: Any
) -> None:
    row = accepted(case, officer)
    ending = ended(case, clock)
    assert officer.client.get(f"{BASE}/{row.id}").status_code == 404
    ending_certify(actor=agency.actor, ending_id=ending.id, certificate_no="测解 1 号")
    for to in NoticeTo:
        ending_notice(
            actor=agency.actor, ending_id=ending.id, to=to, sent_on=clocks.today(), document_no="通 1"
        )
    with pytest.raises(Problem, match="aftercare_open"):
        ending_close(actor=agency.actor, ending_id=ending.id)
    passed_on(row, agency)
    assert ending_close(actor=agency.actor, ending_id=ending.id).state == "closed"
    assert agency.client.get(BASE).json()["count"] == 0


def test_after_another_end_none_is_offered(case: Case, agency: Member) -> None:
    subject_terminate(
        actor=agency.actor, subject_id=case.subject.id, reason=EndReason.DEATH, document_no="死 1",
        on=clocks.today(),
    )  # fmt: skip
    with pytest.raises(Problem, match="aftercare_after_release"):
        informed(case, agency)


@pytest.mark.law("CCL-61")
def test_wishes_are_read_with_purpose(case: Case, officer: Member) -> None:
    row = accepted(case, officer)
    assert "电工" not in officer.client.get(BASE).content.decode()
    clear = aftercare_read(actor=officer.actor, aftercare_id=row.id, purpose="handle", reason="衔接")
    assert clear == {"wishes": "想学电工"}
    with pytest.raises(Problem, match="purpose_required"):
        aftercare_read(actor=officer.actor, aftercare_id=row.id, purpose="handle", reason="")


@pytest.mark.law("CCL-44")
def test_a_certificate_has_its_number_its_date_and_how_it_came(
    case: Case, agency: Member, clock: Any
) -> None:
    ending = ended(case, clock)
    early = {"certificate_no": "测解 1 号", "issued_on": str(ending.ended_on - timedelta(days=1))}
    url = f"/api/v1/corrections/endings/{ending.id}/certify"
    assert agency.client.post(url, early, format="json").status_code == 400
    body = {"certificate_no": "测解 1 号", "issued_on": str(ending.ended_on), "way": "not_collected"}
    answer = agency.client.post(url, body, format="json").json()
    assert (answer["certified_on"], answer["certificate_way"]) == (
        str(ending.ended_on), CertificateWay.NOT_COLLECTED,
    )  # fmt: skip


def test_the_api_takes_it_from_the_telling_to_the_receipt(case: Case, officer: Member) -> None:
    today = str(clocks.today())
    row = officer.client.post(
        BASE, {"subject": str(case.subject.id), "informed_on": today}, format="json"
    ).json()
    url = f"{BASE}/{row['id']}"
    officer.client.post(f"{url}/accept", {"on": today, "needs": ["housing"]}, format="json")
    body = {"recipient": "办公室", "on": today, "document_no": "1", "given": ["name"], "took_part": True}
    assert officer.client.post(f"{url}/hand-over", body, format="json").json()["state"] == "handed_over"
    assert officer.client.post(f"{url}/receive", {"on": today}, format="json").json()["state"] == "received"
    assert (
        officer.client.post(f"{url}/hand-over", body | {"given": ["offence"]}, format="json").status_code
        == 400
    )
