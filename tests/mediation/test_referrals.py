"""Referrals over HTTP: the party's yes, what goes out, what comes back."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest

from audit.models import AuditEvent
from disputes.models import Dispute, DisputeParty
from kernel.clock import Frozen
from mediation import jobs
from mediation.agreed import is_settled
from mediation.channels import Channel
from mediation.models import Referral
from mediation.services.referral_moves import Said
from mediation.services.referrals import referral_supply
from privacy.models import ReadLog, Share
from tests.cast import District, Member
from tests.disputes.made import BEATING, body, dispute_of, screened
from tests.mediation.agreed import accepted, signed

pytestmark = pytest.mark.django_db
WHERE = "/api/v1/mediation/referrals"
DETAILS = {"against": "李四", "claims": "赔偿损失", "facts": "楼上漏水，装修受损"}


@pytest.fixture
def quarrel(clock: Frozen, district: District, worker: Member) -> Dispute:
    del clock
    found: Dispute = dispute_of(screened(worker, body(district)))
    return found


def draft(clerk: Member, dispute: Dispute, channel: str = "court", **more: Any) -> Any:
    party = DisputeParty.objects.filter(dispute=dispute).order_by("id")[0]
    said = {
        "dispute": str(dispute.pk), "party_id": str(party.pk), "channel": channel, "kind": "transfer",
        "recipient": "南岗区人民法院", "details": DETAILS,
    }  # fmt: skip
    return clerk.client.post(WHERE, said | more, format="json")


def act(clerk: Member, pk: str, name: str, **said: Any) -> Any:
    return clerk.client.post(f"{WHERE}/{pk}/{name}", said, format="json")


def walked(clerk: Member, dispute: Dispute, *names: str, **more: Any) -> str:
    """A referral after these acts; its id."""
    pk = str(draft(clerk, dispute, **more).json()["id"])
    for name in names:
        said = {"reason": "材料不齐"} if name in {"decline", "ask-more"} else {}
        answer = act(clerk, pk, name, **said)
        assert answer.status_code == 200, answer.json()
    return pk


def state(dispute: Dispute) -> str:
    dispute.refresh_from_db()
    return str(dispute.state)


@pytest.mark.law("PM-3")
def test_nothing_goes_out_before_the_party_says_yes(quarrel: Dispute, clerk: Member) -> None:
    pk = walked(clerk, quarrel)
    assert act(clerk, pk, "send").json()["code"] == "transition_not_allowed"
    assert not Share.objects.exists()


@pytest.mark.law("CCL-5", "ND-12")
def test_what_goes_out_stands_in_the_share_log(quarrel: Dispute, clerk: Member) -> None:
    walked(clerk, quarrel, "agree", "send")
    share = Share.objects.get()
    assert (share.recipient_kind, share.recipient, share.basis) == ("court", "南岗区人民法院", "CT-125")
    assert share.fields == ["court.against", "court.claims", "court.facts", "mediation.Referral.details"]


@pytest.mark.law("EF-3")
def test_the_owner_changes_when_the_channel_accepts_not_when_it_is_sent(
    quarrel: Dispute, clerk: Member
) -> None:
    pk = walked(clerk, quarrel, "agree", "send", "receive")
    assert state(quarrel) == "registered"
    act(clerk, pk, "accept", document_no="（2026）民初1号")
    assert state(quarrel) == "with_referral"


def test_a_share_leaves_the_owner(quarrel: Dispute, clerk: Member) -> None:
    walked(clerk, quarrel, "agree", "send", "accept", kind="share")
    assert state(quarrel) == "registered"


def test_what_the_channel_reports_ends_the_dispute(quarrel: Dispute, clerk: Member) -> None:
    pk = walked(clerk, quarrel, "agree", "send", "accept")
    act(clerk, pk, "report-back", outcome="settled")
    assert state(quarrel) == "settled"
    assert act(clerk, pk, "close").json()["state"] == "closed"


@pytest.mark.law("EF-3", refused=True)
def test_a_refusal_of_the_channel_ends_nothing(quarrel: Dispute, clerk: Member) -> None:
    pk = walked(clerk, quarrel, "agree", "send", "decline")
    assert state(quarrel) == "registered"
    assert act(clerk, pk, "close").status_code == 200


def test_a_channel_says_why_it_declines(quarrel: Dispute, clerk: Member) -> None:
    pk = walked(clerk, quarrel, "agree", "send")
    assert act(clerk, pk, "decline").json()["code"] == "reason_required"


def test_what_needs_more_is_supplied_and_its_time_begins_anew(
    quarrel: Dispute, clerk: Member, clock: Frozen
) -> None:
    pk = walked(clerk, quarrel, "agree", "send", "receive", "ask-more")
    assert Referral.objects.get().answer_due_at is None
    clock.move(timedelta(days=10))
    due = referral_supply(actor=clerk.actor, referral_id=UUID(pk), said=Said()).answer_due_at
    assert due is not None
    assert due > clock.at


def test_a_silent_channel_is_flagged_once_with_the_true_time(
    quarrel: Dispute, clerk: Member, clock: Frozen
) -> None:
    walked(clerk, quarrel, "agree", "send")
    due = Referral.objects.get().answer_due_at
    clock.move(timedelta(days=30))
    assert [jobs.due(clock.at), jobs.due(clock.at)] == [1, 0]
    assert Referral.objects.get().no_answer_at == due


@pytest.mark.law("PM-3")
@pytest.mark.parametrize("name", ["recall", "go-alone"])
def test_before_acceptance_it_is_taken_back_or_the_party_goes_alone(
    quarrel: Dispute, clerk: Member, name: str
) -> None:
    pk = walked(clerk, quarrel, "agree", "send", name)
    assert act(clerk, pk, "accept").json()["code"] == "transition_not_allowed"
    assert state(quarrel) == "registered"


@pytest.mark.law("AB-3")
def test_a_closed_channel_is_refused_with_its_reason(quarrel: Dispute, clerk: Member) -> None:
    answer = draft(clerk, quarrel, "labour_arbitration").json()
    assert (answer["code"], answer["source"]) == ("channel_not_open", "LB-27")


def test_fields_of_the_channel_are_asked_for(quarrel: Dispute, clerk: Member) -> None:
    answer = draft(clerk, quarrel, details={"facts": "漏水", "income": "一千"}).json()
    assert answer["code"] == "referral_fields_missing"
    assert sorted(answer["fields"]) == ["against", "claims", "income"]


def test_the_fields_are_read_against_a_row(quarrel: Dispute, clerk: Member) -> None:
    pk = walked(clerk, quarrel)
    assert act(clerk, pk, "details").status_code == 400
    read = {"purpose": "handle", "reason": "核对材料"}
    assert act(clerk, pk, "details", **read).json() == DETAILS
    assert ReadLog.objects.filter(subject_id=pk, fields=["details"]).count() == 1


def test_values_stand_in_no_audit_row(quarrel: Dispute, clerk: Member) -> None:
    pk = walked(clerk, quarrel, "agree", "send")
    rows = AuditEvent.objects.filter(subject_id=pk, event__startswith="referral.")
    assert rows.count() == 4
    assert "漏水" not in "".join(str(row.detail) for row in rows)


def test_others_have_no_referrals(
    quarrel: Dispute, clerk: Member, worker: Member, mediator: Member, other_clerk: Member
) -> None:
    pk = walked(clerk, quarrel)
    seen = [who.client.get(f"{WHERE}/{pk}").status_code for who in (clerk, other_clerk, worker, mediator)]
    assert seen == [200, 404, 403, 403]


@pytest.mark.law("DV-23/28")
def test_protected_parties_are_told_of_the_protection_order(
    district: District, worker: Member, director: Member, clerk: Member
) -> None:
    dispute = dispute_of(screened(worker, body(district, signs=[BEATING])))
    url = f"/api/v1/mediation/channels?dispute={dispute.pk}"
    assert "DV-23/28" in {route["law"] for route in director.client.get(url).json()["routes"]}
    assert clerk.client.get(url).status_code == 404


@pytest.mark.law("LA-44")
def test_a_clock_that_ends_soon_makes_legal_aid_urgent(
    quarrel: Dispute, clerk: Member, clock: Frozen
) -> None:
    known = (clock.at - timedelta(days=58)).date().isoformat()
    url = f"/api/v1/mediation/channels?dispute={quarrel.pk}&act_of_organ=true&known_on={known}"
    assert clerk.client.get(url).json()["urgent"]
    assert not clerk.client.get(f"/api/v1/mediation/channels?dispute={quarrel.pk}").json()["urgent"]


@pytest.mark.parametrize("channel", Channel.values())
def test_each_channel_has_a_page_to_print(clerk: Member, channel: str) -> None:
    answer = clerk.client.get(f"/api/v1/mediation/channels/{channel}/page")
    assert answer["Content-Type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF")


@pytest.mark.law("NO-31", "NO-37", refused="too")
def test_a_notary_is_open_once_they_have_settled_and_stays_so(
    cast: dict[str, Member], district: District, worker: Member
) -> None:
    case = accepted(district, worker, cast["clerk"], cast["mediator"])
    assert not is_settled(case.dispute)
    signed(case, cast)
    dispute = Dispute.objects.get(pk=case.dispute_id)
    assert (dispute.state, is_settled(dispute)) == ("feedback", True)
    given = {"matter": "还款协议公证", "place": "住所地"}
    assert draft(cast["clerk"], dispute, "notary", details=given).status_code == 201
