"""Referrals 转介: what is open, the draft, the party's yes, and what the channel answers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction

from disputes.access import disputes_visible_to
from disputes.models import Dispute, DisputeParty
from edge.conf import setting
from edge.encryption import seal_value
from edge.repeats import made_before
from edge.rows import existing
from kernel import calendar, clock
from kernel.actor import Actor
from kernel.clock import day_end
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from mediation import access, channels, dispute_side
from mediation.agreed import is_settled
from mediation.channels import TABLE, Channel, Matter
from mediation.models import Referral
from mediation.referral import WITH_THE_CHANNEL, ReferralKind
from mediation.services.referral_moves import (
    Said,
    details_of,
    last_word,
    locked_referral,
    referral_move,
    referral_told,
    require_reach,
)
from privacy.codes import RecipientKind
from privacy.services import Given, read_logged, share_logged, subject_keys_create


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


def matter_of(dispute: Dispute, *, act_of_organ: bool = False, organ_mediated: bool = False) -> Matter:
    """What the router looks at."""
    settled = is_settled(dispute)
    return Matter(dispute.category, dispute.protected, act_of_organ, organ_mediated, settled=settled)


@law("PM-3")
@transaction.atomic
def referral_draft(*, actor: Actor, dispute_id: UUID, wanted: Wanted, id: UUID | None = None) -> Referral:
    """拟转介: draft a referral of a party. Nothing goes out. Problems `not_found`, `channel_not_open`,
    `referral_fields_missing`."""
    dispute = _dispute(actor, dispute_id)
    if known := made_before(
        Referral,
        id,
        dispute_id=dispute.pk,
        made_by_id=actor.person,
        party_id=wanted.party_id,
        channel=wanted.channel,
        kind=wanted.kind,
        recipient=wanted.recipient,
    ):
        return known
    party = existing(DisputeParty.objects.filter(dispute=dispute, pk=wanted.party_id))
    require_reach(dispute, party)
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
        review_first=wanted.review_first, limit_on=min((one.last_day for one in running), default=None),
        made_by_id=actor.person, made_at=clock.now(),
    )  # fmt: skip
    referral_told(actor, row, "drafted", {"channel": row.channel, "kind": row.kind}, ["state"])
    return row


def is_urgent(row: Referral) -> bool:
    """Whether a term of the party ends in less than seven days, as of today (LA-44)."""
    return row.limit_on is not None and channels.soon(row.limit_on, clock.today())


def _check_fields(wanted: Wanted) -> None:
    if faults := channels.field_faults(Channel(wanted.channel), wanted.details):
        raise Problem("referral_fields_missing", fields=faults)


@law("CCL-5", "ND-12", "PI-55/56")
@transaction.atomic
def referral_send(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """送出: it goes out, with a row in the share log that names the fields. The owner stays the same."""
    row = locked_referral(actor, referral_id)
    due = _answer_by(row, said.day)
    moved = referral_move(
        actor, row, "send", said, sent_on=said.day, answer_last_day=due.last_day,
        answer_due_at=day_end(due.moved_day),
    )  # fmt: skip
    if moved:
        _share(actor, row)
    return row


def _share(actor: Actor, row: Referral) -> None:
    """One row in the share log: what the party lets go, field by field."""
    channel, word = Channel(row.channel), last_word(row)
    law_id, to = TABLE[channel].law, RecipientKind(TABLE[channel].to)
    fields = [f"{row.channel}.{code}" for code in (word.fields if word else ())]
    papers = [f"file.{part}" for part in (word.papers if word else ())]
    share_logged(
        actor=actor,
        given=Given(
            "mediation_referral", row.pk, law_id, f"转介：{channel.zh}", to, row.recipient,
            ["mediation.Referral.details", *fields, *papers],
        ),
    )  # fmt: skip


@transaction.atomic
def referral_receive(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """对方已收到: the channel has it; its time to answer counts from this day."""
    row = locked_referral(actor, referral_id)
    _received(actor, row, "receive", said)
    return row


@law("CCL-5", "ND-12")
@transaction.atomic
def referral_supply(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """补正: what was missing has gone there, which is a share of its own."""
    row = locked_referral(actor, referral_id)
    if _received(actor, row, "supply", said):
        _share(actor, row)
    return row


def _received(actor: Actor, row: Referral, event: str, said: Said) -> bool:
    due = _answer_by(row, said.day)
    return referral_move(
        actor, row, event, said, received_on=row.received_on or said.day, answer_last_day=due.last_day,
        answer_due_at=day_end(due.moved_day), no_answer_at=None,
    )  # fmt: skip


@transaction.atomic
def referral_ask_more(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """对方要求补正: the channel needs more; its clock stands still meanwhile."""
    row = locked_referral(actor, referral_id)
    referral_move(actor, row, "ask_more", said, facts={"reason": said.reason}, **_STOPPED)
    return row


@transaction.atomic
def referral_accept(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """对方受理: the channel takes it. With a transfer the dispute has another owner from now on; a mediation
    that is open goes on, for none blocks the other (PM-3)."""
    row = locked_referral(actor, referral_id)
    stopped = {"accepted_on": said.day, "document_no": said.document_no, **_STOPPED}
    if not referral_move(actor, row, "accept", said, **stopped):
        return row
    if row.kind == ReferralKind.TRANSFER:
        dispute_side.to_referral(actor, row.dispute_id, said.reason)
    return row


@transaction.atomic
def referral_decline(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """对方不予受理: the channel does not take it: the dispute stays where it is, nothing ends by that."""
    row = locked_referral(actor, referral_id)
    referral_move(
        actor, row, "decline", said, facts={"reason": said.reason}, document_no=said.document_no, **_STOPPED
    )
    return row


@law("EF-3")
@transaction.atomic
def referral_report_back(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """对方反馈结果: the channel says how it ended. A dispute that went there follows."""
    row = locked_referral(actor, referral_id)
    if not referral_move(
        actor, row, "report_back", said, facts={"outcome": said.outcome}, outcome=said.outcome
    ):
        return row
    if row.kind == ReferralKind.TRANSFER:
        dispute_side.reported_back(actor, row.dispute_id, said.outcome, said.reason)
    return row


@transaction.atomic
def referral_close(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """办结: nothing is waited for any more."""
    row = locked_referral(actor, referral_id)
    referral_move(actor, row, "close", said)
    return row


@transaction.atomic
def referral_recall(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """撤回转介: before the channel has taken it."""
    row = locked_referral(actor, referral_id)
    referral_move(actor, row, "recall", said, **_STOPPED)
    return row


@law("PM-3")
@transaction.atomic
def referral_go_alone(*, actor: Actor, referral_id: UUID, said: Said) -> Referral:
    """当事人自行前往: the party has gone there itself, which it may at any time; nothing else is blocked by
    it."""
    row = locked_referral(actor, referral_id)
    referral_move(actor, row, "go_alone", said, **_STOPPED)
    return row


@transaction.atomic
def referral_details(*, actor: Actor, referral_id: UUID, purpose: str, reason: str) -> dict[str, str]:
    """查看转介材料: the fields of the paper, against one row in the read log."""
    row = existing(access.visible_referrals(actor).filter(pk=referral_id))
    read_logged(
        actor=actor, subject_kind="mediation_referral", subject_id=row.pk, fields=["details"],
        purpose=purpose, reason=reason,
    )  # fmt: skip
    return details_of(row)


_STOPPED: Mapping[str, Any] = {"answer_due_at": None}


def _answer_by(row: Referral, since: date) -> channels.Clock:
    return channels.answer_by(row.channel, since, calendar.current(), court_days=setting("COURT_ANSWER_DAYS"))


def _dispute(actor: Actor, dispute_id: UUID) -> Dispute:
    found = existing(disputes_visible_to(actor).filter(pk=dispute_id))
    return found


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
