from uuid import UUID

from django.db import transaction

from accounts.machines import USER, role_of
from accounts.models import Membership, MembershipState, User
from accounts.services.memberships import nothing_owned
from accounts.services.sessions import sessions_revoke
from accounts.sessions_cache import forget_with_commit
from audit.services import record
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor


@transaction.atomic
def user_create(*, actor: Actor, username: str, name: str) -> User:
    """A person without a password and without a role. Problem `already_exists` for a taken user name."""
    user = User(username=username, name=name, created_at=clock.now())
    user.set_unusable_password()
    user.save(force_insert=True)
    record(
        actor=actor,
        event="user.created",
        subject_kind="user",
        subject_id=user.id,
        fields=["username", "name"],
    )
    return user


@transaction.atomic
def user_transition(*, actor: Actor, user_id: UUID, event: str, reason: str) -> User:
    """Suspend, reinstate or delete a person; every session ends. Of a deleted one the row stays."""
    user = existing(User.objects.select_for_update(of=("self",)).filter(pk=user_id))
    if USER.already_done(user.state, event):
        return user
    user.state = USER.apply(user.state, event, role=role_of(actor)).target
    if event == "delete":
        for membership in Membership.objects.filter(user=user).exclude(state=MembershipState.ENDED):
            nothing_owned(membership)
        user.set_unusable_password()
        _end_memberships(actor, user)
    user.save(update_fields=["state", "password"])
    sessions_revoke(actor=actor, user_id=user.id, reason=f"user_{event}")
    record(
        actor=actor,
        event=f"user.{event}",
        subject_kind="user",
        subject_id=user.id,
        fields=["state"],
        reason=reason,
    )
    forget_with_commit()
    return user


def _end_memberships(actor: Actor, user: User) -> None:
    open_rows = Membership.objects.filter(user=user).exclude(state=MembershipState.ENDED)
    open_rows.update(
        state=MembershipState.ENDED,
        ended_at=clock.now(),
        ended_by_id=actor.user_id,
        end_reason="user deleted",
    )
