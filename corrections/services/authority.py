"""Who may report a visit to whom: membership of the group, or being named, at the time of the visit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from corrections import access
from corrections.machine import STAFF
from corrections.models import DueContact, Member, Naming, Subject
from kernel import clock
from kernel.actor import Actor
from kernel.law import law


@dataclass(frozen=True, slots=True)
class Authority:
    """Memberships and namings of one author, with the people an officer sees at the desk."""

    members: Mapping[UUID, list[Member]]
    namings: Mapping[UUID, list[Naming]]
    at_desk: frozenset[UUID]

    @law("CCL-12", "CCL-54")
    def may(self, subject: Subject, contact_id: UUID | None, made_at: datetime) -> bool:
        """At the time of the visit: what was made before the author left the group is still taken."""
        if subject.ends_on is not None and clock.local_day(made_at) > subject.ends_on:
            return False
        if subject.id in self.at_desk:
            return True
        if any(_held(member, made_at) for member in self.members.get(subject.id, ())):
            return True
        named = self.namings.get(contact_id, ()) if contact_id and not subject.minors_rules else ()
        return any(row.ended_at is None or made_at < row.ended_at for row in named)


def _held(member: Member, made_at: datetime) -> bool:
    if member.ended_at is not None:
        return member.valid_from <= clock.local_day(made_at) and made_at < member.ended_at
    day = clock.local_day(made_at)
    return member.valid_from <= day and (member.valid_to is None or day < member.valid_to)


def authority_of(
    actor: Actor, subjects: Mapping[UUID, Subject], contacts: Mapping[UUID, DueContact]
) -> Authority:
    """Everything that decides about a batch, in three statements."""
    members: dict[UUID, list[Member]] = {}
    rows = Member.objects.filter(user=actor.user_id, group__subject_id__in=list(subjects))
    for member in rows.exclude(group__activated_at=None).select_related("group"):
        members.setdefault(member.group.subject_id, []).append(member)
    namings: dict[UUID, list[Naming]] = {}
    for naming in Naming.objects.filter(user=actor.user_id, contact_id__in=list(contacts)):
        namings.setdefault(naming.contact_id, []).append(naming)
    at_desk: frozenset[UUID] = frozenset()
    if actor.role in STAFF:
        seen = access.visible_to(actor).filter(id__in=list(subjects))
        at_desk = frozenset(seen.values_list("id", flat=True))
    return Authority(members, namings, at_desk)
