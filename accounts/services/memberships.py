from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import F

from accounts import powers
from accounts.machines import MEMBERSHIP, role_of
from accounts.models import Membership, MembershipState, Organisation, User, VendorAccount
from accounts.ownership import Owner, counts
from accounts.sessions_cache import forget_with_commit
from audit.services import record
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import GUARDED, Role
from kernel.problems import Problem
from kernel.signing import Signing


@dataclass(frozen=True, slots=True)
class Deputy:
    """代理: the membership whose place is taken, the document, and what it lets the deputy sign."""

    for_id: UUID
    document: str
    signs: Sequence[Signing]


@transaction.atomic
def membership_propose(
    *,
    actor: Actor,
    user_id: UUID,
    role: Role,
    organisation_id: UUID,
    valid_from: date,
    valid_to: date | None = None,
    acting: Deputy | None = None,
) -> Membership:
    """Grant a role from `valid_from` to the day before `valid_to`. A guarded one waits for the head.

    Problems: role_not_of_organisation, grant_too_long, grant_dates_wrong, acting_not_possible,
    acting_signs_needed, own_membership, vendor_has_no_role, roles_exclude, already_exists.
    """
    user = existing(User.objects.filter(state="active", pk=user_id), field="user")
    organisation = existing(Organisation.objects.filter(pk=organisation_id), field="organisation")
    if user.id == actor.user_id:
        raise Problem("own_membership")
    if VendorAccount.objects.filter(user=user).exists():
        raise Problem("vendor_has_no_role")
    refusal = powers.grant_refusal(role, organisation.kind, valid_from, valid_to, acting=acting is not None)
    if refusal:
        raise Problem(refusal)
    membership = Membership(
        user=user, role=role, organisation=organisation, valid_from=valid_from, valid_to=valid_to,
        power=powers.power_of(role), proposed_by_id=actor.user_id, proposed_at=clock.now(),
    )  # fmt: skip
    if acting is not None:
        _act_for(membership, acting)
    if role not in GUARDED:
        membership.state = MembershipState.CONFIRMED
        membership.confirmed_at, membership.confirmed_by_id = clock.now(), actor.user_id
    membership.save(force_insert=True)
    _recorded(actor, membership, "proposed" if role in GUARDED else "granted")
    return membership


@transaction.atomic
def membership_confirm(*, actor: Actor, membership_id: UUID) -> Membership:
    """The head of the receiving organisation lets a guarded role take effect.

    Problems: own_membership, not_the_head, transition_not_allowed.
    """
    membership = existing(Membership.objects.select_for_update(of=("self",)).filter(pk=membership_id))
    organisation = Organisation.objects.select_related("superior").get(pk=membership.organisation_id)
    if membership.state == MembershipState.CONFIRMED and membership.confirmed_by_id == actor.user_id:
        return membership
    membership.state = MEMBERSHIP.apply(membership.state, "confirm", role=None).target
    refusal = powers.confirm_refusal(
        confirmer=actor.user_id,
        member=membership.user_id,
        proposer=membership.proposed_by_id,
        confirming_head=confirming_head(organisation, membership.user_id),
    )
    if refusal:
        raise Problem(refusal)
    membership.confirmed_by_id, membership.confirmed_at = actor.user_id, clock.now()
    membership.save(update_fields=["state", "confirmed_by", "confirmed_at"])
    _recorded(actor, membership, "confirmed")
    return membership


@transaction.atomic
def membership_end(*, actor: Actor, membership_id: UUID, reason: str) -> Membership:
    """End a membership today; the sessions that act by it stop at once. Problem
    `owns_open_items` while something is open under it."""
    membership = existing(Membership.objects.select_for_update(of=("self",)).filter(pk=membership_id))
    if membership.state == MembershipState.ENDED:
        return membership
    membership.state = MEMBERSHIP.apply(membership.state, "end", role=role_of(actor)).target
    nothing_owned(membership)
    membership.ended_by_id, membership.ended_at, membership.end_reason = actor.user_id, clock.now(), reason
    membership.valid_to = max(membership.valid_from, min(clock.today(), membership.valid_to or date.max))
    membership.save(update_fields=["state", "ended_by", "ended_at", "end_reason", "valid_to"])
    _recorded(actor, membership, "ended", reason)
    return membership


def confirming_head(organisation: Organisation, member_id: UUID) -> UUID | None:
    """Who confirms for this member: the head of the organisation, of its superior if that is the member."""
    if organisation.head_id != member_id:
        return organisation.head_id
    return organisation.superior.head_id if organisation.superior else None


def nothing_owned(membership: Membership) -> None:
    """Problem `owns_open_items` with the counts while something is open under a membership."""
    owner = Owner(membership.user_id, membership.role, membership.organisation_id)
    open_items = counts(owner)
    if open_items:
        raise Problem("owns_open_items", counts=open_items)


def scopes_changed(user_ids: Iterable[UUID]) -> None:
    """What these people may see has changed: their next answers say so (`X-Scope-Changed`)."""
    ids = sorted(set(user_ids))
    locked = User.objects.filter(id__in=ids).order_by("id").select_for_update().values_list("id", flat=True)
    User.objects.filter(id__in=list(locked)).update(scope_version=F("scope_version") + 1)
    forget_with_commit()


def _act_for(membership: Membership, acting: Deputy) -> None:
    """Enter whose place is taken: somebody else's own membership in force, in the same role and office, and
    not beyond its end."""
    rows = Membership.objects.filter(
        id=acting.for_id, role=membership.role, organisation_id=membership.organisation_id,
        state=MembershipState.CONFIRMED, acting_for__isnull=True,
    ).exclude(user_id=membership.user_id)  # fmt: skip
    own = rows.first()
    ends = own.valid_to if own else None
    beyond = ends is not None and (membership.valid_to is None or membership.valid_to > ends)
    if own is None or beyond or not acting.document:
        raise Problem("acting_not_possible")
    if not acting.signs:
        raise Problem("acting_signs_needed", fields={"acting_signs": ["required"]})
    membership.acting_for, membership.acting_document = own, acting.document
    membership.acting_signs = sorted(set(acting.signs))


def _deputy_told(membership: Membership) -> dict[str, object]:
    if membership.acting_for_id is None:
        return {}
    return {"acting_document": membership.acting_document, "acting_signs": membership.acting_signs}


def _recorded(actor: Actor, membership: Membership, act: str, reason: str = "") -> None:
    record(
        actor=actor, event=f"membership.{act}", subject_kind="membership", subject_id=membership.id,
        fields=["state"], reason=reason,
        detail={
            "user": str(membership.user_id),
            "role": membership.role,
            "organisation": str(membership.organisation_id),
            **_deputy_told(membership),
        },
    )  # fmt: skip
    scopes_changed([membership.user_id])
