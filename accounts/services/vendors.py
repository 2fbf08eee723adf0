"""Vendors' accounts 供应商账号 (PI-21): dated, tied to a contract and a ticket, without a role."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from accounts.machines import VENDOR, role_of
from accounts.models import VendorAccount, VendorState
from accounts.services.people import user_create
from accounts.services.sessions import sessions_revoke
from accounts.sessions_cache import forget_with_commit
from audit.services import record
from edge.conf import setting
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.law import law
from kernel.problems import Problem

KIND = "vendor_account"


@dataclass(frozen=True, slots=True)
class Engaged:
    """Whom, under which contract, for which ticket and what, from `valid_from` to the day before
    `valid_to`."""

    username: str
    name: str
    company: str
    contract_no: str
    ticket: str
    purpose: str
    valid_from: date
    valid_to: date


@law("PI-21")
@transaction.atomic
def vendor_propose(*, actor: Actor, engaged: Engaged) -> VendorAccount:
    """A person of a vendor, who may sign in once the bureau's head has confirmed it.

    Problems: grant_dates_wrong, vendor_too_long, already_exists.
    """
    if engaged.valid_to <= max(engaged.valid_from, clock.today()):
        raise Problem("grant_dates_wrong")
    if engaged.valid_to - engaged.valid_from > timedelta(days=setting("VENDOR_DAYS_MAX")):
        raise Problem("vendor_too_long", fields={"valid_to": ["beyond VENDOR_DAYS_MAX"]})
    user = user_create(actor=actor, username=engaged.username, name=engaged.name)
    row = VendorAccount.objects.create(
        user=user, company=engaged.company, contract_no=engaged.contract_no, ticket=engaged.ticket,
        purpose=engaged.purpose, valid_from=engaged.valid_from, valid_to=engaged.valid_to,
        proposed_by_id=actor.person, proposed_at=clock.now(),
    )  # fmt: skip
    _recorded(actor, row, "proposed")
    return row


@law("PI-21")
@transaction.atomic
def vendor_confirm(*, actor: Actor, vendor_id: UUID) -> VendorAccount:
    """The bureau's head lets it in, another person than who proposed it. Twice is no fault."""
    row = _locked(vendor_id)
    if row.state == VendorState.CONFIRMED:
        return row
    target = VENDOR.apply(row.state, "confirm", role=role_of(actor)).target
    if actor.user_id in {row.proposed_by_id, row.user_id}:
        raise Problem("vendor_needs_another")
    row.state, row.confirmed_by_id, row.confirmed_at = target, actor.user_id, clock.now()
    row.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    _recorded(actor, row, "confirmed")
    return row


@transaction.atomic
def vendor_end(*, actor: Actor, vendor_id: UUID, reason: str) -> VendorAccount:
    """No more from now on: every session of it ends. Twice is no fault."""
    row = _locked(vendor_id)
    if row.state == VendorState.ENDED:
        return row
    row.state = VENDOR.apply(row.state, "end", role=role_of(actor)).target
    row.ended_by_id, row.ended_at, row.end_reason = actor.user_id, clock.now(), reason
    row.save(update_fields=["state", "ended_by", "ended_at", "end_reason"])
    sessions_revoke(actor=actor, user_id=row.user_id, reason="vendor_ended")
    _recorded(actor, row, "ended", reason)
    return row


def _locked(vendor_id: UUID) -> VendorAccount:
    row: VendorAccount = existing(VendorAccount.objects.select_for_update(of=("self",)).filter(pk=vendor_id))
    return row


def _recorded(actor: Actor, row: VendorAccount, act: str, reason: str = "") -> None:
    record(
        actor=actor, event=f"{KIND}.{act}", subject_kind=KIND, subject_id=row.id, fields=["state"],
        reason=reason, detail={"contract": row.contract_no, "ticket": row.ticket},
    )  # fmt: skip
    forget_with_commit()
