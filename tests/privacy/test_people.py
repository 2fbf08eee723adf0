"""What people may ask, are told and agree to; what went wrong; what was opened in an emergency."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction

from disputes.models import Dispute
from kernel import clock as time_source
from kernel.ids import uuid7
from privacy.codes import RecipientKind
from privacy.services import Given, read_logged, share_logged
from tests.cast import District, Member
from tests.disputes.made import BEATING, body, dispute_of, screened

pytestmark = pytest.mark.django_db
URL = "/api/v1/privacy"


@pytest.fixture
def dispute(clock: Any, district: District, worker: Member) -> Dispute:
    return dispute_of(screened(worker, body(district)))


def post(member: Member, path: str, **body: Any) -> Any:
    return member.client.post(f"{URL}/{path}", body, format="json")


def asked(member: Member, **changes: Any) -> Any:
    said = {"kind": "see", "paper_no": "申请 1 号", "kept_at": "档案柜 3", "received_on": "2026-03-02"}
    return post(member, "requests", **(said | changes))


@pytest.mark.law("PI-45/46/50")
def test_a_paper_is_answered_within_fifteen_working_days_of_its_date(clock: Any, clerk: Member) -> None:
    row = asked(clerk).json()
    assert (row["state"], row["due_on"]) == ("received", "2026-03-23")


@pytest.mark.law("PI-45/46/50")
def test_nothing_is_answered_before_a_person_checked_who_asks(dispute: Dispute, clerk: Member) -> None:
    pk = asked(clerk).json()["id"]
    early = post(clerk, f"requests/{pk}/answer", document_no="复 1 号")
    assert early.json()["code"] == "transition_not_allowed"
    post(clerk, f"requests/{pk}/identify", subject_kind="dispute", subject_id=str(dispute.pk))
    assert post(clerk, f"requests/{pk}/answer", document_no="复 1 号").json()["state"] == "answered"


@pytest.mark.law("PI-45/46/50")
def test_a_refusal_has_a_reason(clock: Any, clerk: Member) -> None:
    pk = asked(clerk).json()["id"]
    assert post(clerk, f"requests/{pk}/refuse").status_code == 400
    assert post(clerk, f"requests/{pk}/refuse", reason="涉及他人隐私").json()["state"] == "refused"


def test_it_is_refused_also_after_it_is_known_who_asks(dispute: Dispute, clerk: Member) -> None:
    pk = asked(clerk).json()["id"]
    known = post(clerk, f"requests/{pk}/identify", subject_kind="dispute", subject_id=str(dispute.pk))
    assert known.json()["state"] == "identified"
    assert post(clerk, f"requests/{pk}/refuse", reason="涉及他人隐私").json()["state"] == "refused"


def test_another_office_knows_of_no_request(clock: Any, clerk: Member, other_clerk: Member) -> None:
    pk = asked(clerk).json()["id"]
    assert other_clerk.client.get(f"{URL}/requests").json()["count"] == 0
    assert post(other_clerk, f"requests/{pk}/refuse", reason="x").status_code == 404


@pytest.mark.law("PI-45/46/50")
def test_the_log_of_a_record_can_be_printed_for_its_person(
    dispute: Dispute, clerk: Member, mediator: Member
) -> None:
    subject, pk = dispute.pk, asked(clerk).json()["id"]
    about = {"subject_kind": "dispute", "subject_id": subject, "fields": ["name"]}
    read_logged(actor=mediator.actor, **about, purpose="contact", reason="约时间")
    given = Given(
        **about, basis="CCL-5", purpose="转办", recipient_kind=RecipientKind.COURT, recipient="区法院"
    )
    with transaction.atomic():
        share_logged(actor=mediator.actor, given=given)
    assert clerk.client.get(f"{URL}/requests/{pk}/log").status_code == 404
    post(clerk, f"requests/{pk}/identify", subject_kind="dispute", subject_id=str(subject))
    rows = clerk.client.get(f"{URL}/requests/{pk}/log").json()["rows"]
    assert [(row["what"], row["recipient"]) for row in rows] == [("read", ""), ("shared", "区法院")]
    assert str(mediator.user.id) not in str(rows)


@pytest.mark.law("PI-17/18/35")
def test_a_notice_is_told_by_version_and_read_out_counts(
    dispute: Dispute, bureau_head: Member, clerk: Member
) -> None:
    said = {"code": "mediation", "version": 1, "words": "我们记录……", "valid_from": "2026-03-01"}
    pk = post(bureau_head, "notices", **said).json()["id"]
    assert post(bureau_head, "notices", **said).json()["code"] == "notice_version_taken"
    told = {"subject_kind": "dispute", "subject_id": str(dispute.pk), "on": "2026-03-02"}
    assert post(clerk, f"notices/{pk}/show", **told, way="read_out").status_code == 204
    assert post(clerk, f"notices/{pk}/show", **told, way="not_told").json()["code"] == "reason_required"


@pytest.mark.law("PI-57", refused="too")
def test_anybody_opens_an_incident_and_it_closes_only_when_the_authority_knows(
    clock: Any, worker: Member, admin: Member
) -> None:
    now = time_source.now().isoformat()
    row = post(worker, "incidents", what="手机丢失", noticed_at=now).json()
    assert row["state"] == "open"
    post(admin, f"incidents/{row['id']}/contain", remedy="已远程擦除")
    assert post(admin, f"incidents/{row['id']}/close").json()["code"] == "authority_not_told"
    told = {"whom": "authority", "told_at": now, "document_no": "报 1 号"}
    early = told | {"told_at": "2026-01-01T00:00:00Z"}
    assert post(admin, f"incidents/{row['id']}/tell", **early).json()["code"] == "invalid"
    post(admin, f"incidents/{row['id']}/tell", **told)
    assert post(admin, f"incidents/{row['id']}/close").json()["state"] == "closed"


def test_a_moment_before_every_calendar_is_no_moment(clock: Any, worker: Member) -> None:
    refused = post(worker, "incidents", what="手机丢失", noticed_at="0001-01-01T00:00:00")
    assert (refused.status_code, refused.json()["code"]) == (400, "invalid")


def test_an_incident_is_not_everybody_s_to_read(clock: Any, worker: Member, clerk: Member) -> None:
    post(worker, "incidents", what="误发名单", noticed_at=time_source.now().isoformat())
    assert clerk.client.get(f"{URL}/incidents").json()["count"] == 0


@pytest.mark.law("PI-51")
def test_what_was_opened_in_an_emergency_is_looked_at_by_another(
    clock: Any, officer: Member, agency_head: Member
) -> None:
    said = {"subject_kind": "subject", "subject_id": str(uuid7()), "reason": "人身危险"}
    row = post(officer, "broken-glass", **said).json()
    assert row["until"].startswith((time_source.now() + timedelta(hours=9)).strftime("%Y-%m-%dT%H:%M"))
    assert post(officer, f"broken-glass/{row['id']}/review", justified=True).status_code == 403
    wrong = post(agency_head, f"broken-glass/{row['id']}/review", justified=False)
    assert wrong.json()["code"] == "reason_required"
    done = post(agency_head, f"broken-glass/{row['id']}/review", justified=True).json()
    assert done["justified"] is True
    again = post(agency_head, f"broken-glass/{row['id']}/review", justified=False, remark="无必要")
    assert again.json()["code"] == "glass_reviewed"


@pytest.mark.law("PI-51", refused="too")
def test_only_what_may_stand_open_is_opened_in_an_emergency(officer: Member) -> None:
    said = {"subject_kind": "dispute", "subject_id": str(uuid7()), "reason": "人身危险"}
    assert post(officer, "broken-glass", **said).json()["code"] == "invalid"


@pytest.mark.law("PI-45/46/50", refused="too")
def test_a_desk_answers_for_its_own_records_alone(
    dispute: Dispute, clerk: Member, other_clerk: Member, officer: Member, bureau_head: Member
) -> None:
    about = {"subject_kind": "dispute", "subject_id": str(dispute.pk)}
    said = {"code": "mediation", "version": 1, "words": "我们记录……", "valid_from": "2026-03-01"}
    notice = post(bureau_head, "notices", **said).json()["id"]
    for who in (other_clerk, officer):
        pk = asked(who).json()["id"]
        assert post(who, f"requests/{pk}/identify", **about).status_code == 404
        assert (
            post(who, f"notices/{notice}/show", **about, way="read_out", on="2026-03-02").status_code == 404
        )
    pk = asked(clerk).json()["id"]
    assert post(clerk, f"requests/{pk}/identify", **(about | {"subject_kind": "person"})).status_code == 400
    assert post(clerk, f"requests/{pk}/identify", **about).status_code == 200


@pytest.mark.law("DV-23", "PI-45/46/50", refused="too")
def test_of_a_protected_matter_the_director_alone_answers(
    clock: Any, district: District, worker: Member, clerk: Member, director: Member
) -> None:
    dispute = dispute_of(screened(worker, body(district, signs=[BEATING])))
    about = {"subject_kind": "dispute", "subject_id": str(dispute.pk)}
    refused = post(clerk, f"requests/{asked(clerk).json()['id']}/identify", **about)
    taken = post(director, f"requests/{asked(director).json()['id']}/identify", **about)
    assert (refused.status_code, taken.status_code) == (404, 200)
