from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from accounts import access_tokens, tokens
from accounts.access_tokens import Claims
from accounts.models import Membership, RefreshFamily, RefreshToken, User
from accounts.selectors import headed_organisations, memberships_in_force, vendor_in_force
from accounts.sessions_cache import forget_with_commit
from audit.services import record
from edge import encryption
from edge.conf import setting
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law
from kernel.problems import Problem


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in session as its owner sees it: a fresh pair of tokens and the one active membership."""

    access: str
    refresh: str
    family: RefreshFamily
    user: User
    membership: Membership | None


def session_open(
    *, actor: Actor, user: User, membership: Membership | None, device_id: UUID | None = None
) -> Session:
    """A new session with its first pair of tokens. Inside the caller's transaction."""
    now = clock.now()
    life = timedelta(days=setting("PHONE_SESSION_DAYS"))
    if device_id is None:
        life = timedelta(hours=setting("STAFF_SESSION_HOURS"))
    expires_at = now + life
    vendor = vendor_in_force(user.id) if membership is None else None
    if vendor is not None:
        expires_at = min(expires_at, clock.day_start(vendor.valid_to))
    family = RefreshFamily.objects.create(
        user=user, device_id=device_id, membership=membership, created_at=now, expires_at=expires_at
    )
    row = RefreshToken.objects.create(
        family=family, generation=1, key_id=encryption.ring()["refresh"].current, issued_at=now
    )
    record(
        actor=actor, event="session.opened", subject_kind="user", subject_id=user.id,
        detail={"role": membership.role if membership else "", "family": str(family.id)},
    )  # fmt: skip
    return session_of(family, row)


@law("DJ-1")
@transaction.atomic
def login(
    *, user: User, role: Role | None = None, organisation_id: UUID | None = None, request_id: str
) -> Session:
    """Open a browser's session in one role; the password was checked before. `role_needed` when in doubt."""
    membership = choose_membership(user, role, organisation_id)
    return session_open(actor=_actor(user, membership, request_id), user=user, membership=membership)


def choose_membership(
    user: User, role: Role | None = None, organisation_id: UUID | None = None
) -> Membership | None:
    """The membership to act by in a browser. None for a head without a role.

    Problems: no_membership (none in force that fits), role_needed (several fit; `roles` names them).
    """
    mine = memberships_in_force().filter(user=user).exclude(role=Role.GRID_WORKER).order_by("role", "id")
    fitting = [
        row
        for row in mine.select_related("organisation")
        if role in {None, row.role} and organisation_id in {None, row.organisation_id}
    ]
    if len(fitting) == 1:
        return fitting[0]
    if fitting:
        offered = [{"role": row.role, "organisation": str(row.organisation_id)} for row in fitting]
        raise Problem("role_needed", roles=offered)
    without_role = headed_organisations(user.id).exists() or vendor_in_force(user.id) is not None
    if role is None and without_role:
        return None
    raise Problem("no_membership")


@transaction.atomic
def role_switch(*, actor: Actor, family_id: UUID, role: Role, organisation_id: UUID | None = None) -> Session:
    """Change the session's one active role. Tokens of the old role are dead from here on."""
    family = RefreshFamily.objects.select_for_update(of=("self",)).select_related("user").get(pk=family_id)
    if family.device_id is not None:
        raise Problem("role_not_allowed", "a phone keeps the role it was enrolled for")
    family.membership = choose_membership(family.user, role, organisation_id)
    family.save(update_fields=["membership"])
    record(
        actor=actor, event="session.role_changed", subject_kind="user", subject_id=family.user_id,
        detail={"from": actor.role or "", "to": role, "family": str(family.id)},
    )  # fmt: skip
    forget_with_commit()
    newest = RefreshToken.objects.filter(family=family).order_by("-generation")[:1].get()
    return session_of(family, newest)


@transaction.atomic
def logout(*, actor: Actor, family_id: UUID) -> None:
    """End this session and no other."""
    revoke(RefreshFamily.objects.filter(pk=family_id), "logout")
    record(
        actor=actor,
        event="session.closed",
        subject_kind="user",
        subject_id=RefreshFamily.objects.get(pk=family_id).user_id,
    )


def sessions_revoke(
    *, actor: Actor, user_id: UUID | None = None, device_id: UUID | None = None, reason: str
) -> None:
    """End every session of a person or of a phone. Inside the caller's transaction, who records why."""
    revoke(
        RefreshFamily.objects.filter(Q(user_id=user_id) | Q(device_id=device_id, device__isnull=False)),
        reason,
    )


def session_of(family: RefreshFamily, row: RefreshToken) -> Session:
    """The pair of tokens of one generation; called again for the same row it says the same refresh token."""
    user, membership = family.user, family.membership
    access = access_tokens.mint(
        Claims(user.id, family.id, family.membership_id, family.device_id, user.scope_version)
    )
    key = encryption.ring()["refresh"].by_id[row.key_id]
    refresh = tokens.refresh_token(
        key, token_id=row.id, family_id=family.id, generation=row.generation, device_id=family.device_id
    )
    return Session(access, refresh, family, user, membership)


def actor_of(family: RefreshFamily, request_id: str = "") -> Actor:
    """The person of a session in its active role, as the actor of what the session itself does."""
    return _actor(family.user, family.membership, request_id, family.device_id)


def _actor(
    user: User, membership: Membership | None, request_id: str, device_id: UUID | None = None
) -> Actor:
    return Actor(
        user_id=user.id,
        role=Role(membership.role) if membership else None,
        organisation_id=membership.organisation_id if membership else None,
        membership_id=membership.id if membership else None,
        device_id=device_id,
        request_id=request_id,
    )


def revoke(families: QuerySet[RefreshFamily], reason: str) -> None:
    """Revoke these families. Inside the caller's transaction."""
    families.filter(revoked_at__isnull=True).update(revoked_at=clock.now(), revoked_for=reason)
    forget_with_commit()
