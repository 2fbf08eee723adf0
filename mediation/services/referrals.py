"""Referrals 转介: what is open, the draft, the party's yes, and what the channel answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from audit import services as audit
from disputes.access import disputes_visible_to
from disputes.models import Dispute, DisputeParty
from disputes.selectors import may_reach
from edge.conf import setting
from edge.encryption import reveal, seal_value
from edge.repeats import made_before
from kernel import calendar, clock
from kernel.actor import Actor
from kernel.clock import day_end
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from mediation import access, channels, dispute_side
from mediation.channels import SOURCE, Channel, Matter
from mediation.models import Referral, ReferralTransition
from mediation.referral import REFERRAL, WITH_THE_CHANNEL, ReferralKind
from privacy.codes import RecipientKind
from privacy.services import Given, read_logged, share_logged, subject_keys_create

RECIPIENTS: Mapping[str, RecipientKind] = {
    Channel.REVIEW: RecipientKind.DEPARTMENT, Channel.ARBITRATION: RecipientKind.ARBITRATION,
    Channel.LABOUR_ARBITRATION: RecipientKind.ARBITRATION, Channel.NOTARY: RecipientKind.NOTARY,
    Channel.LEGAL_AID: RecipientKind.LEGAL_AID, Channel.COURT: RecipientKind.COURT,
    Channel.PETITION: RecipientKind.DEPARTMENT,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Wanted:
    """A referral as somebody drafts it. `details`: the channel's fields by code."""

    party_id: UUID
    channel: str
    kind: str
    recipient: str
    details: Mapping[str, str] = field(default_factory=dict)
    known_on: date | None = None
    act_of_organ: bool = False
    organ_mediated: bool = False
    review_first: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What comes with a step: the day on the paper (default: today), why, and what the channel wrote."""

    on: date | None = None
    reason: str = ""
    document_no: str = ""
    outcome: str = ""

    @property
    def day(self) -> date:
        return self.on or clock.today()


def matter_of(dispute: Dispute, *, act_of_organ: bool = False, organ_mediated: bool = False) -> Matter:
    """What the router looks at."""
    return Matter(
        dispute.category, dispute.protected, act_of_organ, organ_mediated, settled=dispute.state == "settled"
    )


@law("PM-3")
@transaction.atomic
def referral_draft(*, actor: Actor, dispute_id: UUID, wanted: Wanted, id: UUID | None = None) -> Referral:
    """Draft a referral of a party. Nothing goes out. Problems `not_found`, `channel_not_open`,
    `referral_fields_missing`."""
    dispute = _dispute(actor, dispute_id)
    if known := made_before(Referral, id, dispute_id=dispute.pk, made_by_id=actor.person):
        return known
    party = DisputeParty.objects.filter(dispute=dispute, pk=wanted.party_id).first()
    if party is None:
        raise Problem("not_found")
    _check_reach(dispute, party)
    matter = matter_of(dispute, act_of_organ=wanted.act_of_organ, organ_mediated=wanted.organ_mediated)
    why = channels.closed(matter, Channel(wanted.channel))
    if why is not None:
        raise Problem(
            "channel_not_open", channel=wanted.channel, source=why.law, reason=why.zh, reason_en=why.en
        )
    _check_fields(wanted)
    running = channels.clocks(matter, wanted.known_on, calendar.current())
    pk, key_id = id or uuid7(), party.key_id or subject_keys_create(1)[0]
    text = json.dumps(dict(wanted.details), ensure_ascii=False)
    row = Referral.objects.create(
        id=pk, dispute=dispute, party=party, street_id=dispute.street_id, channel=wanted.channel,
        kind=wanted.kind, recipient=wanted.recipient,
        details=seal_value(Referral, "details", pk, text, key_id),
        act_of_organ=wanted.act_of_organ, organ_mediated=wanted.organ_mediated, known_on=wanted.known_on,
        review_first=wanted.review_first, urgent=channels.urgent(running, clock.today()),
        made_by_id=actor.person, made_at=clock.now(),
    )  # fmt: skip
    _told(actor, row, "drafted", {"channel": row.channel, "kind": row.kind})
    return row


@law("DV-23")
def _check_reach(dispute: Dispute, party: DisputeParty) -> None:
    """A party is asked for its yes: on the protected track not the other side. Problem `wish_required`."""
    if not may_reach(dispute, party):
        raise Problem("wish_required")


def _check_fields(wanted: Wanted) -> None:
    if faults := channels.field_faults(Channel(wanted.channel), wanted.details):
        raise Problem("referral_fields_missing", fields=faults)


@law("PM-3")
@transaction.atomic
def referral_agree(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """The party whose matter it is says yes."""
    row = _locked(actor, referral_id)
    _check_reach(row.dispute, row.party)
    _move(actor, row, "agree", said, facts={"said_on": said.day}, agreed_on=said.day)
    return row


@law("CCL-5", "ND-12", "PI-55/56")
@transaction.atomic
def referral_send(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """It goes out, with a row in the share log that names the fields. The owner stays the same."""
    row = _locked(actor, referral_id)
    due = _answer_by(row, said.day)
    moved = _move(
        actor, row, "send", said, sent_on=said.day, answer_last_day=due.last_day,
        answer_due_at=day_end(due.moved_day),
    )  # fmt: skip
    if moved:
        share_logged(actor=actor, given=_given(row))
    return row


def _given(row: Referral) -> Given:
    return Given(
        "mediation_referral", row.pk, SOURCE[Channel(row.channel)], f"转介：{Channel(row.channel).zh}",
        RECIPIENTS[row.channel], row.recipient,
        ["mediation.Referral.details", *[f"{row.channel}.{code}" for code in details_of(row)]],
    )  # fmt: skip


@transaction.atomic
def referral_receive(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """The channel has it; its time to answer counts from this day."""
    return _received(actor, _locked(actor, referral_id), "receive", said)


@transaction.atomic
def referral_supply(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """What was missing has gone there."""
    return _received(actor, _locked(actor, referral_id), "supply", said)


def _received(actor: Actor, row: Referral, event: str, said: Said) -> Referral:
    due = _answer_by(row, said.day)
    _move(
        actor, row, event, said, received_on=row.received_on or said.day, answer_last_day=due.last_day,
        answer_due_at=day_end(due.moved_day), no_answer_at=None,
    )  # fmt: skip
    return row


@transaction.atomic
def referral_ask_more(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """The channel needs more; its clock stands still meanwhile."""
    row = _locked(actor, referral_id)
    _move(actor, row, "ask_more", said, facts={"reason": said.reason}, **_STOPPED)
    return row


@transaction.atomic
def referral_accept(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """The channel takes it. With a transfer the dispute has another owner from now on; a mediation that is
    open goes on, for none blocks the other (PM-3)."""
    row = _locked(actor, referral_id)
    stopped = {"accepted_on": said.day, "document_no": said.document_no, **_STOPPED}
    if not _move(actor, row, "accept", said, **stopped):
        return row
    if row.kind == ReferralKind.TRANSFER:
        dispute_side.to_referral(actor, row.dispute_id, said.reason)
    return row


@transaction.atomic
def referral_decline(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """The channel does not take it: the dispute stays where it is, nothing ends by that."""
    row = _locked(actor, referral_id)
    _move(
        actor, row, "decline", said, facts={"reason": said.reason}, document_no=said.document_no, **_STOPPED
    )
    return row


@law("EF-3")
@transaction.atomic
def referral_report_back(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """The channel says how it ended. A dispute that went there follows."""
    row = _locked(actor, referral_id)
    if not _move(actor, row, "report_back", said, facts={"outcome": said.outcome}, outcome=said.outcome):
        return row
    if row.kind == ReferralKind.TRANSFER:
        dispute_side.reported_back(actor, row.dispute_id, said.outcome, said.reason)
    return row


@transaction.atomic
def referral_close(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    row = _locked(actor, referral_id)
    _move(actor, row, "close", said)
    return row


@transaction.atomic
def referral_recall(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """Before the channel has taken it."""
    row = _locked(actor, referral_id)
    _move(actor, row, "recall", said, **_STOPPED)
    return row


@law("PM-3")
@transaction.atomic
def referral_go_alone(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """The party has gone there itself, which it may at any time; nothing else is blocked by it."""
    row = _locked(actor, referral_id)
    _move(actor, row, "go_alone", said, **_STOPPED)
    return row


@transaction.atomic
def referral_details(*, actor: Actor, referral_id: UUID, purpose: str, reason: str) -> dict[str, str]:
    """The fields of the paper, against one row in the read log."""
    row = access.visible_referrals(actor).filter(pk=referral_id).first()
    if row is None:
        raise Problem("not_found")
    read_logged(
        actor=actor, subject_kind="mediation_referral", subject_id=row.pk, fields=["details"],
        purpose=purpose, reason=reason,
    )  # fmt: skip
    return details_of(row)


def details_of(row: Referral) -> dict[str, str]:
    """The fields of the paper by code; empty once the party's key is gone."""
    text = reveal(row, "details")
    found: dict[str, str] = json.loads(text) if text else {}
    return found


_STOPPED: Mapping[str, Any] = {"answer_due_at": None}


def _answer_by(row: Referral, since: date) -> channels.Clock:
    return channels.answer_by(row.channel, since, calendar.current(), court_days=setting("COURT_ANSWER_DAYS"))


def _dispute(actor: Actor, dispute_id: UUID) -> Dispute:
    found = disputes_visible_to(actor).filter(pk=dispute_id).first()
    if found is None:
        raise Problem("not_found")
    return found


def _locked(actor: Actor, referral_id: UUID) -> Referral:
    row = access.visible_referrals(actor).select_for_update(of=("self",)).filter(pk=referral_id).first()
    if row is None:
        raise Problem("not_found")
    return row


def _move(
    actor: Actor, row: Referral, event: str, said: Said, *, facts: Mapping[str, Any] | None = None,
    **columns: Any,
) -> bool:  # fmt: skip
    """Apply `event` to a locked referral, with its row and `referral.<event>` in the audit. False: it was the
    last step before, and stands."""
    last = ReferralTransition.objects.filter(referral=row).order_by("-at", "-id").first()
    led_here = last is not None and (last.event, last.target) == (event, row.state)
    if led_here and event not in REFERRAL.events(row.state):
        return False
    if said.day > clock.today():
        raise Problem("date_in_future")
    step = REFERRAL.apply(row.state, event, role=actor.role.value if actor.role else None, facts=facts or {})
    changed = Referral.objects.filter(pk=row.pk, state=step.source).update(state=step.target, **columns)
    if changed != 1:
        raise Problem("conflict")
    ReferralTransition.objects.create(
        referral=row, event=event, source=step.source, target=step.target, actor_id=actor.user_id,
        role=actor.role.value if actor.role else "", reason=said.reason,
        stated_at=day_end(said.day) if said.on else None, at=clock.now(),
    )  # fmt: skip
    row.refresh_from_db()
    _told(actor, row, event, {"from": step.source, "to": step.target}, sorted(columns))
    return True


def _told(
    actor: Actor, row: Referral, event: str, detail: Mapping[str, str], fields: list[str] | None = None
) -> None:
    audit.record(
        actor=actor, event=f"referral.{event}", subject_kind="mediation_referral", subject_id=row.pk,
        fields=["state", *(fields or [])], detail={"dispute": str(row.dispute_id), **detail},
    )  # fmt: skip


def flag_unanswered(referral_id: UUID) -> bool:
    """The flag of a channel that has not answered in time, once, with the true time. An answer may still
    come; nothing ends by it."""
    with transaction.atomic():
        row = Referral.objects.select_for_update().filter(pk=referral_id, no_answer_at=None).first()
        if row is None or row.state not in WITH_THE_CHANNEL or not row.answer_due_at:
            return False
        if row.answer_due_at > clock.now():
            return False
        row.no_answer_at = row.answer_due_at
        row.save(update_fields=["no_answer_at"])
        return True
