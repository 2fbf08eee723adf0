"""Permission to enter a place that an injunction closes (CCM-39)."""

from dataclasses import replace
from typing import Any

import pytest

from corrections import access
from corrections.entry import EntryTold, holds
from corrections.jobs import due
from corrections.models import EntryPermission, Limit
from corrections.reception_codes import LimitKind
from corrections.serializers.reception import LimitRow
from corrections.services import entries as acts
from corrections.services.receiving import Limited, limit_lift, limit_record
from kernel.problems import Problem
from tasks.worklist import worklist
from tests.cast import Member
from tests.corrections.leaves import day
from tests.corrections.stage import Case, days

pytestmark = pytest.mark.usefixtures("db")


def injunction(case: Case, agency: Member, kind: LimitKind = LimitKind.INJUNCTION) -> Limit:
    limit = Limited(kind, "不得进入测试商场", "禁 1", day(0), day(60))
    return limit_record(actor=agency.actor, subject_id=case.subject.id, limit=limit)


def asked(case: Case, agency: Member, **changes: Any) -> EntryPermission:
    known = Limit.objects.filter(subject=case.subject).first() or injunction(case, agency)
    wanted = acts.EntryAsked(known.id, "测试商场", "就医取药", day(1), day(3), day(0))
    return acts.entry_ask(actor=agency.actor, subject_id=case.subject.id, asked=replace(wanted, **changes))


def approved(case: Case, agency: Member) -> EntryPermission:
    row = asked(case, agency)
    return acts.entry_approve(actor=agency.actor, entry_id=row.id, decided_on=day(0), document_no="准 1")


@pytest.mark.law("CCM-39")
def test_an_approval_covers_its_days_and_no_other(case: Case, agency: Member, clock: Any) -> None:
    row = approved(case, agency)
    shown = []
    for _ in range(5):
        limit = access.limits_visible_to(agency.actor).get(id=row.limit_id)
        shown.append(LimitRow(limit, context={"now": clock.at}).data["entry_today"])
        clock.move(days(1))
    assert shown == [False, True, True, True, False]
    assert [holds(day(1), day(3), day(n)) for n in (0, 1, 3, 4)] == [False, True, True, False]


@pytest.mark.law("CCM-39")
def test_it_needs_an_injunction_that_holds_on_those_days(case: Case, agency: Member) -> None:
    contact = injunction(case, agency, LimitKind.CONTACT)
    for changes in ({"limit_id": contact.id}, {"limit_id": case.subject.id}):
        with pytest.raises(Problem, match="entry_needs_injunction"):
            asked(case, agency, **changes)
    beyond = injunction(case, agency)
    with pytest.raises(Problem, match="entry_needs_injunction"):
        asked(case, agency, limit_id=beyond.id, last_day=day(61))


@pytest.mark.law("CCM-39", "CCL-12")
def test_the_agency_alone_asks_reads_and_decides(case: Case, agency: Member, officer: Member) -> None:
    row = asked(case, agency)
    assert not access.entries_visible_to(officer.actor).exists()
    with pytest.raises(Problem, match="role_not_allowed"):
        acts.entry_approve(actor=officer.actor, entry_id=row.id, decided_on=day(0), document_no="准 1")
    assert officer.client.get(f"/api/v1/corrections/entries/{row.id}").status_code == 403


@pytest.mark.law("CCM-39")
def test_court_and_procuratorate_are_told(case: Case, agency: Member, clock: Any) -> None:
    row = approved(case, agency)
    for recipient in EntryTold:
        codes = {filled.section.code for filled in worklist(agency.actor, clock.at)}
        assert "entries_to_tell" in codes
        for _ in range(2):
            acts.entry_tell(
                actor=agency.actor, entry_id=row.id, recipient=recipient, told_on=day(0), document_no="告 1"
            )
    assert row.notices.count() == 2
    assert "entries_to_tell" not in {filled.section.code for filled in worklist(agency.actor, clock.at)}


@pytest.mark.law("CCM-39")
def test_nobody_is_told_of_what_was_not_approved(case: Case, agency: Member) -> None:
    row = asked(case, agency)
    told = {"recipient": EntryTold.COURT, "told_on": day(0), "document_no": "告 1"}
    with pytest.raises(Problem, match="transition_not_allowed"):
        acts.entry_tell(actor=agency.actor, entry_id=row.id, **told)


def test_a_refusal_has_its_reason_and_a_withdrawal_none(case: Case, agency: Member) -> None:
    row = asked(case, agency)
    with pytest.raises(Problem, match="reason_required"):
        acts.entry_refuse(actor=agency.actor, entry_id=row.id, decided_on=day(0), text="")
    refused = acts.entry_refuse(actor=agency.actor, entry_id=row.id, decided_on=day(0), text="另有药店")
    gone = acts.entry_withdraw(actor=agency.actor, entry_id=asked(case, agency).id)
    assert (refused.state, gone.state) == ("refused", "withdrawn")


@pytest.mark.law("CCL-44")
def test_it_lapses_with_the_injunction_and_with_the_term(case: Case, agency: Member, clock: Any) -> None:
    first = approved(case, agency)
    limit_lift(actor=agency.actor, limit_id=first.limit_id)
    second = asked(case, agency, limit_id=injunction(case, agency).id)
    clock.move(days(400))
    due(clock.at)
    states = dict(EntryPermission.objects.values_list("id", "state"))
    assert states == {first.id: "ended", second.id: "ended"}


def test_over_http_it_is_asked_for_approved_and_taken_back(case: Case, agency: Member) -> None:
    base, limit = "/api/v1/corrections/entries", injunction(case, agency)
    body = {
        "subject": str(case.subject.id), "limit": str(limit.id), "place": "测试商场", "reason": "取药",
        "first_day": str(day(0)), "last_day": str(day(1)), "applied_on": str(day(0)),
    }  # fmt: skip
    made = agency.client.post(base, body, format="json").json()
    url = f"{base}/{made['id']}"
    paper = {"decided_on": str(day(0)), "document_no": "准 2"}
    row = agency.client.post(f"{url}/approve", paper, format="json").json()
    assert (row["state"], row["holds"]) == ("approved", True)
    row = agency.client.post(f"{url}/revoke", {"text": "情况变化"}, format="json").json()
    assert (row["state"], row["holds"], [step["event"] for step in row["steps"]]) == (
        "revoked", False, ["approve", "revoke"],
    )  # fmt: skip
