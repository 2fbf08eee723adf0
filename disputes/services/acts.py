"""What people do in a dispute beside moving it: attempts, applications, refusals, colour, suspension,
watch."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from audit.services import record
from disputes.codes import AttemptResult, DisputeState
from disputes.models import Attempt, Dispute, DisputeParty
from disputes.services.moving import dispute_transition, locked
from edge.conf import setting
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.law import law
from kernel.problems import Problem
from sync.services import publish

_TRIED = frozenset({AttemptResult.AGREED, AttemptResult.NOT_AGREED})


@law("PM-17")
@transaction.atomic
def attempt_record(
    *, actor: Actor, dispute_id: UUID, result: str, all_consented: bool, tried_on: date, note: str = ""
) -> Attempt:
    """Record one try to settle. A refusal ends mediation at every level at once; who was not reached has
    refused nothing. On the protected track only director and named mediator try anything."""
    dispute = locked(dispute_id)
    if (result in _TRIED) != all_consented:
        raise Problem("attempt_without_consent")
    if result in _TRIED and dispute.mediation_refused:
        raise Problem("mediation_refused")
    if dispute.protected and not _may_contact(actor, dispute):
        raise Problem("no_contact_while_protected")
    if tried_on > clock.today():
        raise Problem("invalid", fields={"tried_on": ["in_future"]})
    attempt = Attempt.objects.create(
        dispute=dispute, level=dispute.level, result=result, all_consented=all_consented, tried_on=tried_on,
        note=note, actor_id=actor.person, role=str(actor.role), at=clock.now(),
    )  # fmt: skip
    if result == AttemptResult.REFUSED:
        dispute.mediation_refused_at = clock.now()
        dispute.store()
        publish("dispute", [dispute.id])
    record(
        actor=actor,
        event="dispute.attempted",
        subject_kind="dispute",
        subject_id=dispute.id,
        detail={"result": result, "level": dispute.level},
    )
    return attempt


def _may_contact(actor: Actor, dispute: Dispute) -> bool:
    return actor.role == Role.CENTRE_DIRECTOR or (
        actor.role == Role.MEDIATOR and actor.user_id == dispute.named_mediator_id
    )


@law("PM-LIM")
@transaction.atomic
def party_apply(*, actor: Actor, dispute_id: UUID, party_id: UUID, asked_on: date) -> UUID:
    """A party's own application, also an oral one: dated receipt at once (its id is returned), before
    anybody has decided on acceptance. After a refusal this alone opens mediation again (PM-17)."""
    dispute, party = locked(dispute_id), _party(dispute_id, party_id)
    now = clock.now()
    party.asked_at, dispute.party_asked_at = now, now
    party.save(update_fields=["asked_at"])
    dispute.store()
    publish("dispute", [dispute.id])
    return record(
        actor=actor,
        event="dispute.applied",
        subject_kind="dispute",
        subject_id=dispute.id,
        fields=["party_asked_at"],
        detail={"asked_on": asked_on.isoformat(), "party": str(party_id)},
    )


@law("PM-17")
@transaction.atomic
def party_refuse(*, actor: Actor, dispute_id: UUID, party_id: UUID) -> None:
    """A party says no to mediation: at the word, at every level. With the mediators the dispute ends as
    refused."""
    dispute, party = locked(dispute_id), _party(dispute_id, party_id)
    now = clock.now()
    party.refused_at, dispute.mediation_refused_at = now, now
    party.save(update_fields=["refused_at"])
    dispute.store()
    record(actor=actor, event="dispute.refused", subject_kind="dispute", subject_id=dispute.id)
    if dispute.state == DisputeState.WITH_MEDIATION:
        dispute_transition(actor=actor, dispute_id=dispute.id, event="refuse")
    else:
        publish("dispute", [dispute.id])


def _party(dispute_id: UUID, party_id: UUID) -> DisputeParty:
    party = DisputeParty.objects.select_for_update().filter(dispute_id=dispute_id, id=party_id).first()
    if party is None:
        raise Problem("not_found")
    return party


@law("C-13", "EF-7")
@transaction.atomic
def colour_set(*, actor: Actor, dispute_id: UUID, colour: str, reason: str, days: int) -> Dispute:
    """Set or clear (`""`) the colour of a dispute: a person, a reason, at most seven days."""
    dispute, most = locked(dispute_id), setting("COLOUR_DAYS")
    if not reason.strip():
        raise Problem("reason_required")
    if not 1 <= days <= most:
        raise Problem("colour_term_too_long", maximum=most)
    dispute.colour = colour
    dispute.colour_by_id = actor.user_id if colour else None
    dispute.colour_until = clock.now() + timedelta(days=days) if colour else None
    dispute.suggested, dispute.suggested_signs, dispute.suggested_until = "", [], None
    dispute.store()
    publish("dispute", [dispute.id])
    record(
        actor=actor,
        event="dispute.colour_set",
        subject_kind="dispute",
        subject_id=dispute.id,
        fields=["colour", "colour_until"],
        reason=reason,
        detail={"colour": colour, "days": days},
    )
    return dispute


@transaction.atomic
def dispute_suspend(*, actor: Actor, dispute_id: UUID, reason: str, review_on: date | None) -> Dispute:
    """Stop the clocks until a review date, or (`review_on=None`) let them run again. Always with a reason."""
    dispute = locked(dispute_id)
    if not reason.strip():
        raise Problem("reason_required")
    if review_on is not None and review_on < clock.today():
        raise Problem("invalid", fields={"review_on": ["in_past"]})
    dispute.suspended_until, dispute.suspended_reason = review_on, reason if review_on else ""
    dispute.store()
    publish("dispute", [dispute.id])
    record(
        actor=actor,
        event="dispute.suspended" if review_on else "dispute.resumed",
        subject_kind="dispute",
        subject_id=dispute.id,
        fields=["suspended_until"],
        reason=reason,
    )
    return dispute


@transaction.atomic
def watch_extend(*, actor: Actor, dispute_id: UUID, until: date, reason: str) -> Dispute:
    """Watch a quarrel once longer, with a reason; then it ends by itself."""
    dispute, most = locked(dispute_id), setting("SCREENING_WATCH_DAYS")
    if dispute.watch_until is None or dispute.watch_extended:
        raise Problem("watch_not_extendable")
    if not reason.strip():
        raise Problem("reason_required")
    if not dispute.watch_until < until <= dispute.watch_until + timedelta(days=most):
        raise Problem("invalid", fields={"until": ["review_too_far"]})
    dispute.watch_until, dispute.watch_extended = until, True
    dispute.store()
    publish("dispute", [dispute.id])
    record(
        actor=actor,
        event="dispute.watch_extended",
        subject_kind="dispute",
        subject_id=dispute.id,
        fields=["watch_until"],
        reason=reason,
    )
    return dispute


@transaction.atomic
def follow_up_decline(*, actor: Actor, dispute_id: UUID, reason: str) -> Dispute:
    """The parties want no follow-up: that ends it."""
    dispute = locked(dispute_id)
    dispute.follow_up_declined = True
    dispute.store()
    publish("dispute", [dispute.id])
    record(
        actor=actor,
        event="dispute.follow_up_declined",
        subject_kind="dispute",
        subject_id=dispute.id,
        fields=["follow_up_declined"],
        reason=reason,
    )
    return dispute


@transaction.atomic
def mediator_name(*, actor: Actor, dispute_id: UUID, user_id: UUID | None) -> None:
    """Say who the mediator of this dispute is (mediation calls it when a case gets or loses one)."""
    dispute = locked(dispute_id)
    dispute.named_mediator_id = user_id
    dispute.store()
    publish("dispute", [dispute.id])
    record(
        actor=actor,
        event="dispute.mediator_named",
        subject_kind="dispute",
        subject_id=dispute.id,
        fields=["named_mediator"],
    )
