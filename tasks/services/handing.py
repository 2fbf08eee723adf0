"""交接: everything that somebody owns in a role is listed, and a colleague signs for it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from accounts.ownership import Owner, owned_by, source_of
from accounts.selectors import memberships_in_force
from audit.services import record
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.problems import Problem
from tasks import access
from tasks.codes import HandingReason
from tasks.models import HandOver, HandOverLine


@dataclass(frozen=True, slots=True)
class Said:
    """Why, to whom (None: to whoever of the role signs), and what is said of all and of single items."""

    reason: HandingReason
    to_person_id: UUID | None
    note: str
    words: Mapping[UUID, str]


@transaction.atomic
def hand_over_write(
    *,
    actor: Actor,
    reason: HandingReason,
    to_person_id: UUID | None = None,
    note: str = "",
    words: Mapping[UUID, str] | None = None,
) -> HandOver:
    """List what the actor owns in the active role, one line each; `words` by subject. Written again before
    anybody has signed, the list is made anew.

    Problems: nothing_to_hand_over, not_a_colleague.
    """
    if actor.organisation_id is None or actor.role is None:
        raise Problem("nothing_to_hand_over")
    if reason == HandingReason.ABSENT:
        raise Problem("role_not_allowed")
    owner = Owner(actor.person, actor.role, actor.organisation_id)
    return _write(actor, owner, Said(reason, to_person_id, note, words or {}))


@transaction.atomic
def hand_over_absent(*, actor: Actor, person_id: UUID, role: str, to_person_id: UUID, note: str) -> HandOver:
    """Of somebody who is away without a hand-over: the head lists it and names the colleague, who signs.

    Problems: role_not_allowed, nothing_to_hand_over, not_a_colleague.
    """
    if actor.role not in access.OVERSEERS or actor.organisation_id is None or person_id == actor.user_id:
        raise Problem("role_not_allowed")
    owner = Owner(person_id, role, actor.organisation_id)
    return _write(actor, owner, Said(HandingReason.ABSENT, to_person_id, note, {}))


def _write(actor: Actor, owner: Owner, said: Said) -> HandOver:
    owned = owned_by(owner)
    if not owned:
        raise Problem("nothing_to_hand_over")
    to = said.to_person_id
    if to is not None and (to == owner.user_id or not _colleague(owner, to)):
        raise Problem("not_a_colleague")
    written, _ = HandOver.objects.select_for_update(of=("self",)).update_or_create(
        organisation_id=owner.organisation_id, role=owner.role, person_id=owner.user_id, taken_at=None,
        defaults={
            "to_person_id": to, "reason": said.reason, "note": said.note, "written_by_id": actor.person,
            "written_at": clock.now(),
        },
    )  # fmt: skip
    HandOverLine.objects.filter(hand_over=written).delete()
    HandOverLine.objects.bulk_create(
        HandOverLine(
            hand_over=written, source=code, subject_kind=item.subject_kind, subject_id=item.subject_id,
            title=item.title[:200], words=said.words.get(item.subject_id, "")[:200],
        )
        for code, items in owned.items()
        for item in items
    )  # fmt: skip
    counts = {code: len(items) for code, items in owned.items()}
    _recorded(actor, written, "written", {"reason": said.reason, "counts": counts})
    return written


def _colleague(owner: Owner, user_id: UUID) -> bool:
    rows = memberships_in_force().filter(
        user_id=user_id, role=owner.role, organisation_id=owner.organisation_id
    )
    return rows.exists()


@transaction.atomic
def hand_over_take(*, actor: Actor, hand_over_id: UUID) -> tuple[HandOver, bool]:
    """A colleague of the same role signs: what is still open passes on. The second value: the actor had
    signed before.

    Problems: not_found, own_handover, handover_taken, not_a_colleague.
    """
    visible = access.hand_overs_visible_to(actor).select_for_update(of=("self",))
    handed = existing(visible.filter(id=hand_over_id))
    if handed.taken_by_id == actor.person:
        return handed, True
    if handed.taken_at is not None:
        raise Problem("handover_taken")
    if handed.person_id == actor.person:
        raise Problem("own_handover")
    owner = Owner(handed.person_id, handed.role, handed.organisation_id)
    meant = handed.to_person_id in {None, actor.person}
    if not meant or actor.role != handed.role or not _colleague(owner, actor.person):
        raise Problem("not_a_colleague")
    handed.taken_by_id, handed.taken_at = actor.person, clock.now()
    handed.save(update_fields=["taken_by", "taken_at"])
    given = sum(_give(actor, line, owner) for line in handed.lines.select_for_update().order_by("id"))
    _recorded(actor, handed, "taken", {"given": given})
    return handed, False


def _give(actor: Actor, line: HandOverLine, owner: Owner) -> bool:
    give = source_of(line.source).give
    if give is None or not give(actor, line.subject_id, owner, actor.person):
        return False
    line.given_at = clock.now()
    line.save(update_fields=["given_at"])
    return True


def _recorded(actor: Actor, handed: HandOver, what: str, detail: dict[str, object]) -> None:
    record(
        actor=actor, event=f"hand_over.{what}", subject_kind="hand_over", subject_id=handed.id,
        detail={"person": str(handed.person_id), "role": handed.role, **detail},
    )  # fmt: skip
