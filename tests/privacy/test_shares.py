"""What leaves the district leaves a row: basis, purpose, recipient, fields, who and when."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from audit.models import AuditEvent
from kernel import clock
from kernel.ids import uuid7
from kernel.problems import Problem
from privacy.codes import RecipientKind
from privacy.models import Share
from privacy.services import Given, share_logged
from privacy.terms import share_kept_until
from tests.cast import Member

pytestmark = pytest.mark.django_db


def given(**changes: Any) -> Given:
    said: dict[str, Any] = {
        "subject_kind": "dispute", "subject_id": uuid7(), "basis": "CCL-5", "purpose": "转送处理",
        "recipient_kind": RecipientKind.DEPARTMENT, "recipient": "区住建局",
        "fields": ["disputes.Dispute.brief"],
    }  # fmt: skip
    return Given(**(said | changes))


def shared(member: Member, **changes: Any) -> Share:
    with transaction.atomic():
        return Share.objects.get(pk=share_logged(actor=member.actor, given=given(**changes)))


@pytest.mark.law("ND-12", "CCL-5")
def test_a_share_says_on_what_ground_what_went_to_whom(clerk: Member) -> None:
    row = shared(clerk)
    assert (row.basis, row.recipient, row.fields, row.sharer_id) == (
        "CCL-5", "区住建局", ["disputes.Dispute.brief"], clerk.user.id,
    )  # fmt: skip
    assert AuditEvent.objects.get(event="privacy.shared").subject_id == row.subject_id


@pytest.mark.law("CCL-5")
def test_a_basis_that_is_no_row_of_the_law_is_refused(clerk: Member) -> None:
    with pytest.raises(Problem, match="share_basis_unknown"):
        shared(clerk, basis="领导要求")


@pytest.mark.law("ND-12")
@pytest.mark.parametrize("change", [{"purpose": " "}, {"recipient": ""}, {"fields": []}])
def test_a_share_without_purpose_recipient_or_fields_is_refused(
    clerk: Member, change: dict[str, Any]
) -> None:
    with pytest.raises(Problem, match="share_incomplete"):
        shared(clerk, **change)


@pytest.mark.parametrize("act", ["update", "delete"])
def test_the_share_log_only_grows(clerk: Member, act: str) -> None:
    row = shared(clerk)
    with pytest.raises(ProgrammingError), transaction.atomic():
        Share.objects.filter(pk=row.pk).update(records=9) if act == "update" else row.delete()


@pytest.mark.law("ND-12")
@pytest.mark.parametrize(("days", "kept"), [(10, 1096), (4000, 4000)])
def test_it_is_kept_three_years_whatever_the_setting(days: int, kept: int) -> None:
    day = clock.today()
    assert share_kept_until(day, days=days) == day + timedelta(days=kept)


def test_a_share_outside_the_act_s_transaction_is_a_mistake(clerk: Member) -> None:
    assert shared(clerk).kept_until > clock.today() + timedelta(days=1000)


def seen_by(member: Member) -> int:
    answer = member.client.get("/api/v1/privacy/shares")
    return answer.json()["count"] if answer.status_code == 200 else -answer.status_code


def test_each_reads_what_the_own_office_gave(
    clerk: Member, director: Member, other_director: Member, auditor: Member, procurator: Member
) -> None:
    shared(clerk)
    assert [seen_by(m) for m in (director, other_director, auditor, procurator, clerk)] == [1, 0, 1, 0, -403]


def test_the_procurator_reads_what_supervision_gave(agency: Member, procurator: Member) -> None:
    shared(agency, basis="CCL-20")
    assert seen_by(procurator) == 1
