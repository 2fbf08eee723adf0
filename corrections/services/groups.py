"""Correction groups: who works with a person, and so who holds the person's visits on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import transaction

from accounts.selectors import memberships_in_force
from audit.services import record
from corrections.codes import MemberKind, Sex
from corrections.group import MemberFacts, group_gaps
from corrections.machine import GROUP, STAFF
from corrections.models import Group, Member, Subject
from corrections.models.groups import MemberState
from corrections.reception_codes import MemberDuty
from corrections.services.acts import not_after_today
from corrections.services.found import require_staff, subject_locked
from corrections.services.phones import phones_update
from edge.encryption import seal_value
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem

_ROLES_OF_KIND = {MemberKind.OFFICER: STAFF, MemberKind.GRID_WORKER: frozenset({Role.GRID_WORKER})}


@dataclass(frozen=True, slots=True)
class NewMember:
    """Either a user (an officer or a grid worker) or, for everybody else, a name."""

    kind: MemberKind
    sex: Sex
    valid_from: date
    user_id: UUID | None = None
    name: str = ""
    knows_minors: bool = False
    valid_to: date | None = None
    duties: tuple[MemberDuty, ...] = ()


@law("CCM-19")
@law("CCM-19")
@transaction.atomic
def group_create(
    *, actor: Actor, subject_id: UUID, members: list[NewMember], agreement_signed_on: date | None = None
) -> Group:
    """A draft group with its first members. Nobody sees anything before it is activated."""
    subject = subject_locked(actor, subject_id)
    if Group.objects.filter(subject=subject).exclude(state="ended").exists():
        raise Problem("already_exists", fields={"subject": ["has a group"]})
    group = Group.objects.create(
        subject=subject, agreement_signed_on=agreement_signed_on, created_by_id=require_staff(actor),
        created_at=clock.now(),
    )  # fmt: skip
    for member in members:
        _add(actor, group, member)
    record(actor=actor, event="group.created", subject_kind="group", subject_id=group.id)
    return group


@law("CCL-25", "CCL-52")
@transaction.atomic
def group_activate(*, actor: Actor, group_id: UUID) -> Group:
    """Put a complete group to work. Twice is no fault."""
    group = group_locked(actor, group_id)
    if GROUP.already_done(group.state, "activate"):
        return group
    step = GROUP.apply(group.state, "activate", role=actor.role)
    _require_complete(group)
    Group.objects.filter(id=group.id, state=group.state).update(
        state=step.target, activated_at=clock.now(), activated_by_id=actor.user_id
    )
    record(actor=actor, event="group.activated", subject_kind="group", subject_id=group.id)
    phones_update([group.subject_id])
    group.refresh_from_db()
    return group


@law("CCL-12", "CCL-25")
@transaction.atomic
def member_add(*, actor: Actor, group_id: UUID, member: NewMember) -> Member:
    """Add a member with dates; from the first day on the person's visits are on the member's phone."""
    group = group_locked(actor, group_id)
    row = _add(actor, group, member)
    _require_complete_if_active(group)
    record(actor=actor, event="group.member_added", subject_kind="group", subject_id=group.id)
    phones_update([group.subject_id])
    return row


@transaction.atomic
def member_end(*, actor: Actor, member_id: UUID) -> Member:
    """A member leaves, now: the next pull takes everything of the person off the phone. Twice is no fault."""
    found = existing(Member.objects.filter(id=member_id).select_related("group"))
    group = group_locked(actor, found.group_id)
    row = Member.objects.select_for_update().get(id=member_id)
    if row.state == MemberState.ENDED:
        return row
    today = clock.today()
    row.state, row.ended_at, row.ended_by_id = MemberState.ENDED, clock.now(), actor.user_id
    row.valid_to = max(row.valid_from, min(today, row.valid_to or today))
    row.save(update_fields=["state", "ended_at", "ended_by", "valid_to"])
    _require_complete_if_active(group)
    record(actor=actor, event="group.member_ended", subject_kind="group", subject_id=group.id)
    phones_update([group.subject_id])
    return row


@law("CCM-19")
@transaction.atomic
def member_undertake(*, actor: Actor, member_id: UUID, duties: Sequence[MemberDuty]) -> Member:
    """What a member undertakes, by codes of the list."""
    found = existing(Member.objects.filter(id=member_id).select_related("group"))
    group = group_locked(actor, found.group_id)
    row = Member.objects.select_for_update().get(id=member_id)
    if row.state == MemberState.ENDED:
        raise Problem("transition_not_allowed", current=row.state)
    chosen = list(dict.fromkeys(duty.value for duty in duties))
    if row.duties != chosen:
        row.duties = chosen
        row.save(update_fields=["duties"])
        record(actor=actor, event="group.member_undertook", subject_kind="group", subject_id=group.id)
    return row


@law("CCM-19")
@transaction.atomic
def group_sign(*, actor: Actor, group_id: UUID, signed_on: date) -> Group:
    """The responsibility letter 责任书 was signed on a stated day; each member has undertaken something."""
    group = group_locked(actor, group_id)
    idle = group.members.filter(state=MemberState.IN_FORCE, duties=[])
    if idle.exists():
        raise Problem("member_without_duty")
    if group.agreement_signed_on != not_after_today("signed_on", signed_on):
        group.agreement_signed_on = signed_on
        group.save(update_fields=["agreement_signed_on"])
        record(actor=actor, event="group.signed", subject_kind="group", subject_id=group.id)
    return group


def group_locked(actor: Actor, group_id: UUID) -> Group:
    """The group, if the actor may see its person, with the person's row locked. An ended one changes no
    more.
    """
    group = existing(Group.objects.filter(id=group_id))
    subject = subject_locked(actor, group.subject_id)
    group = Group.objects.select_for_update().get(id=group_id)
    group.subject = subject
    if group.state == "ended":
        raise Problem("transition_not_allowed", current=group.state)
    return group


def gaps_of(group: Group, subject: Subject) -> list[str]:
    """What an active group lacks today; shown to the officer when a member's dates ran out."""
    facts = [
        MemberFacts(MemberKind(row.kind), Sex(row.sex), row.knows_minors)
        for row in group.members.all()
        if row.state == MemberState.IN_FORCE
    ]
    return group_gaps(facts, subject_sex=Sex(subject.sex), minors_rules=subject.minors_rules)


def _add(actor: Actor, group: Group, member: NewMember) -> Member:
    _check_account(member)
    today, pk = clock.today(), uuid7()
    begun = member.valid_from <= today
    over = member.valid_to is not None and member.valid_to <= today
    return Member.objects.create(
        id=pk, group=group, user_id=member.user_id, kind=member.kind, sex=member.sex,
        name=seal_value(Member, "name", pk, member.name, group.subject.key_id) if member.name else None,
        knows_minors=member.knows_minors, valid_from=member.valid_from, valid_to=member.valid_to,
        duties=[duty.value for duty in member.duties],
        state=MemberState.ENDED if over else MemberState.IN_FORCE if begun else MemberState.PLANNED,
        added_by_id=require_staff(actor), added_at=clock.now(),
    )  # fmt: skip


@law("CCL-12")
def _check_account(member: NewMember) -> None:
    """A user joins as officer or grid worker, holding that role; everybody else joins by name and has no
    access.
    """
    if member.valid_to is not None and member.valid_to < member.valid_from:
        raise Problem("invalid", fields={"valid_to": ["before valid_from"]})
    roles = _ROLES_OF_KIND.get(member.kind)
    if roles is None:
        if member.user_id is not None or not member.name:
            raise Problem("group_member_not_worker", fields={"name": ["required, and no account"]})
        return
    held = memberships_in_force().filter(user=member.user_id, role__in=list(roles))
    if member.user_id is None or member.name or not held.exists():
        raise Problem("group_member_not_worker", fields={"user": ["an account that holds the role"]})


def _require_complete(group: Group) -> None:
    gaps = gaps_of(Group.objects.prefetch_related("members").get(id=group.id), group.subject)
    if gaps:
        raise Problem(gaps[0], gaps=gaps)


def _require_complete_if_active(group: Group) -> None:
    if group.state == "active":
        _require_complete(group)
