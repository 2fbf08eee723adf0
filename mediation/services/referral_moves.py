"""One step of a referral: asked of its table, written by compare-and-set under the row's lock."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from audit import services as audit
from disputes.models import Dispute, DisputeParty
from disputes.selectors import may_reach
from edge.encryption import reveal
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.clock import day_end
from kernel.law import law
from kernel.problems import Problem
from mediation import access
from mediation.models import Referral, ReferralTransition, ReferralWord
from mediation.referral import REFERRAL


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


@law("DV-23")
def require_reach(dispute: Dispute, party: DisputeParty) -> None:
    """A party is asked for its yes: on the protected track not the other side. Problem `wish_required`."""
    if not may_reach(dispute, party):
        raise Problem("wish_required")


def locked_referral(actor: Actor, referral_id: UUID) -> Referral:
    """Under its row lock. Problem `not_found` for what the actor does not see."""
    row = existing(access.visible_referrals(actor).select_for_update(of=("self",)).filter(pk=referral_id))
    return row


def details_of(row: Referral) -> dict[str, str]:
    """The fields of the paper by code; empty once the party's key is gone."""
    text = reveal(row, "details")
    found: dict[str, str] = json.loads(text) if text else {}
    return found


def last_word(row: Referral) -> ReferralWord | None:
    """What the party said last about what may go; None before it has said anything."""
    return ReferralWord.objects.filter(referral=row).order_by("-recorded_at", "-id").first()


def referral_move(
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
    referral_told(actor, row, event, {"from": step.source, "to": step.target}, ["state", *sorted(columns)])
    return True


def referral_told(
    actor: Actor, row: Referral, event: str, detail: Mapping[str, Any], fields: Iterable[str]
) -> None:
    audit.record(
        actor=actor, event=f"referral.{event}", subject_kind="mediation_referral", subject_id=row.pk,
        fields=[*fields], detail={"dispute": str(row.dispute_id), **detail},
    )  # fmt: skip
