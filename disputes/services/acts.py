"""What people do in a dispute beside moving it: attempts, applications, refusals, colour, suspension,
watch."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from audit.services import record
from disputes.codes import ApplicationForm, AttemptResult, DisputeState, WishKind
from disputes.deadlines import colour_until, watch_last_day
from disputes.models import Application, Attempt, Dispute, DisputeParty
from disputes.selectors import wished
from disputes.services.moving import dispute_transition, locked
from disputes.services.telling import dispute_stored
from edge.conf import setting
from edge.repeats import made_before
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.codes.roles import Role
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from tasks.services import Paper, paper_entered

_TRIED = frozenset({AttemptResult.AGREED, AttemptResult.NOT_AGREED})


@law("PM-17")
@transaction.atomic
def attempt_record(
    *,
    actor: Actor,
    dispute_id: UUID,
    result: str,
    all_consented: bool,
    tried_on: date,
    note: str = "",
    id: UUID | None = None,
) -> tuple[Attempt, bool]:
    """Record one try to settle. A refusal ends mediation at every level at once; who was not reached has
    refused nothing. On the protected track only director and named mediator try anything. `id`: the
    caller's own, by which a repeated call is known."""
    dispute = locked(dispute_id)
    if known := made_before(
        Attempt, id, dispute_id=dispute.id, actor_id=actor.person, result=result, tried_on=tried_on, note=note
    ):
        return known, True
    _check_attempt(actor, dispute, result, all_consented, tried_on)
    attempt = Attempt.objects.create(
        id=id or uuid7(), dispute=dispute, level=dispute.level, result=result,
        all_consented=all_consented, tried_on=tried_on, note=note, actor_id=actor.person,
        role=str(actor.role), at=clock.now(),
    )  # fmt: skip
    if result == AttemptResult.REFUSED:
        dispute.mediation_refused_at = clock.now()
        dispute_stored(dispute)
    record(
        actor=actor,
        event="dispute.attempted",
        subject_kind="dispute",
        subject_id=dispute.id,
        detail={"result": result, "level": dispute.level},
    )
    return attempt, False


def _check_attempt(actor: Actor, dispute: Dispute, result: str, all_consented: bool, tried_on: date) -> None:
    if (result in _TRIED) != all_consented:
        raise Problem("attempt_without_consent")
    if result in _TRIED and dispute.mediation_refused:
        raise Problem("mediation_refused")
    if dispute.protected and not _may_contact(actor, dispute):
        raise Problem("no_contact_while_protected")
    if not wished(dispute, WishKind.CONTACT):
        raise Problem("wish_required")
    if tried_on > clock.today():
        raise Problem("invalid", fields={"tried_on": ["in_future"]})


def _may_contact(actor: Actor, dispute: Dispute) -> bool:
    return actor.role == Role.CENTRE_DIRECTOR or (
        actor.role == Role.MEDIATOR and actor.user_id in dispute.named_mediators
    )


@law("PM-LIM")
@transaction.atomic
def party_apply(
    *,
    actor: Actor,
    dispute_id: UUID,
    party_id: UUID,
    asked_on: date,
    form: str = ApplicationForm.ORAL,
    paper: Paper | None = None,
) -> tuple[Application, bool]:
    """A party's own application, also an oral one: a dated receipt at once, before anybody has decided on
    acceptance. After a refusal this alone opens mediation again (PM-17). The second value: it was taken
    before (the same party, the same day), and is the same receipt."""
    dispute, party = locked(dispute_id), _party(dispute_id, party_id)
    if asked_on > clock.today():
        raise Problem("invalid", fields={"asked_on": ["in_future"]})
    known = Application.objects.filter(party=party, asked_on=asked_on).first()
    if known is not None and not dispute.mediation_refused:
        return known, True
    now = clock.now()
    party.asked_at, dispute.party_asked_at = now, now
    party.save(update_fields=["asked_at"])
    dispute_stored(dispute)
    taken = known or _application(actor, dispute, party, form, asked_on)
    from_paper(actor, dispute, "application", taken.pk, paper)
    record(
        actor=actor, event="dispute.applied", subject_kind="dispute", subject_id=dispute.id,
        fields=["party_asked_at"],
        detail={"asked_on": asked_on.isoformat(), "party": str(party_id), "receipt": taken.receipt_no},
    )  # fmt: skip
    return taken, False


def from_paper(
    actor: Actor, dispute: Dispute, subject_kind: str, subject_id: UUID, paper: Paper | None
) -> None:
    """That an act on a dispute was entered from paper."""
    hidden = dispute.restricted or dispute.protected
    paper_entered(
        actor=actor, subject_kind=subject_kind, subject_id=subject_id, paper=paper, restricted=hidden
    )


def _application(
    actor: Actor, dispute: Dispute, party: DisputeParty, form: str, asked_on: date
) -> Application:
    return Application.objects.create(
        dispute=dispute, party=party, receipt_no=Application.objects.filter(dispute=dispute).count() + 1,
        form=form, asked_on=asked_on, taken_by_id=actor.person, role=str(actor.role), at=clock.now(),
    )  # fmt: skip


@law("PM-17")
@transaction.atomic
def party_refuse(*, actor: Actor, dispute_id: UUID, party_id: UUID) -> tuple[Dispute, bool]:
    """A party says no to mediation: at the word, at every level. With the mediators the dispute ends as
    refused. The second value: this party had said no, and nobody has applied since."""
    dispute, party = locked(dispute_id), _party(dispute_id, party_id)
    if party.refused_at is not None and dispute.mediation_refused and not _with_mediators(dispute):
        return dispute, True
    now = clock.now()
    party.refused_at, dispute.mediation_refused_at = now, now
    party.save(update_fields=["refused_at"])
    dispute_stored(dispute)
    record(actor=actor, event="dispute.refused", subject_kind="dispute", subject_id=dispute.id)
    if _with_mediators(dispute):
        dispute, _ = dispute_transition(actor=actor, dispute_id=dispute.id, event="refuse")
    return dispute, False


def _with_mediators(dispute: Dispute) -> bool:
    return dispute.state == DisputeState.WITH_MEDIATION


def _party(dispute_id: UUID, party_id: UUID) -> DisputeParty:
    party = existing(DisputeParty.objects.select_for_update().filter(dispute_id=dispute_id, id=party_id))
    return party


@law("C-13", "EF-7")
@transaction.atomic
def colour_set(
    *, actor: Actor, dispute_id: UUID, colour: str, reason: str, days: int
) -> tuple[Dispute, bool]:
    """Set or clear (`""`) the colour of a dispute: a person, a reason, at most seven days. The second value:
    the same person had set the same until that day."""
    dispute, most = locked(dispute_id), setting("COLOUR_DAYS")
    if not reason.strip():
        raise Problem("reason_required")
    if not 1 <= days <= most:
        raise Problem("colour_term_too_long", maximum=most)
    until = colour_until(clock.now(), days) if colour else None
    if _coloured_so(dispute, actor, colour, until):
        return dispute, True
    dispute.colour = colour
    dispute.colour_by_id = actor.user_id if colour else None
    dispute.colour_until = until
    dispute.suggested, dispute.suggested_signs, dispute.suggested_until = "", [], None
    dispute_stored(dispute)
    record(
        actor=actor,
        event="dispute.colour_set",
        subject_kind="dispute",
        subject_id=dispute.id,
        fields=["colour", "colour_until"],
        reason=reason,
        detail={"colour": colour, "days": days},
    )
    return dispute, False


def _coloured_so(dispute: Dispute, actor: Actor, colour: str, until: datetime | None) -> bool:
    if dispute.colour != colour or dispute.suggested:
        return False
    if until is None or dispute.colour_until is None:
        return until is None
    same_day = clock.local_day(dispute.colour_until) == clock.local_day(until)
    return same_day and dispute.colour_by_id == actor.user_id


@transaction.atomic
def dispute_suspend(
    *, actor: Actor, dispute_id: UUID, reason: str, review_on: date | None
) -> tuple[Dispute, bool]:
    """Stop the clocks until a review date, or (`review_on=None`) let them run again. Always with a reason.
    The second value: it stood so before."""
    dispute = locked(dispute_id)
    if not reason.strip():
        raise Problem("reason_required")
    if review_on is not None and review_on < clock.today():
        raise Problem("invalid", fields={"review_on": ["in_past"]})
    if dispute.suspended_until == review_on and (review_on is None or dispute.suspended_reason == reason):
        return dispute, True
    dispute.suspended_until, dispute.suspended_reason = review_on, reason if review_on else ""
    dispute_stored(dispute)
    record(
        actor=actor,
        event="dispute.suspended" if review_on else "dispute.resumed",
        subject_kind="dispute",
        subject_id=dispute.id,
        fields=["suspended_until"],
        reason=reason,
    )
    return dispute, False


@transaction.atomic
def watch_extend(*, actor: Actor, dispute_id: UUID, until: date, reason: str) -> tuple[Dispute, bool]:
    """Watch a quarrel once longer, with a reason; then it ends by itself. The second value: it had been
    extended to that day."""
    dispute, most = locked(dispute_id), setting("SCREENING_WATCH_DAYS")
    if dispute.watch_extended and dispute.watch_until == until:
        return dispute, True
    if dispute.watch_until is None or dispute.watch_extended:
        raise Problem("watch_not_extendable")
    if not reason.strip():
        raise Problem("reason_required")
    if not dispute.watch_until < until <= watch_last_day(dispute.watch_until, most):
        raise Problem("invalid", fields={"until": ["review_too_far"]})
    dispute.watch_until, dispute.watch_extended = until, True
    dispute_stored(dispute)
    record(
        actor=actor,
        event="dispute.watch_extended",
        subject_kind="dispute",
        subject_id=dispute.id,
        fields=["watch_until"],
        reason=reason,
    )
    return dispute, False


@transaction.atomic
def follow_up_decline(*, actor: Actor, dispute_id: UUID, reason: str) -> tuple[Dispute, bool]:
    """The parties want no follow-up: that ends it."""
    dispute = locked(dispute_id)
    if dispute.follow_up_declined:
        return dispute, True
    dispute.follow_up_declined = True
    dispute_stored(dispute)
    record(
        actor=actor,
        event="dispute.follow_up_declined",
        subject_kind="dispute",
        subject_id=dispute.id,
        fields=["follow_up_declined"],
        reason=reason,
    )
    return dispute, False


@transaction.atomic
def mediators_name(*, actor: Actor, dispute_id: UUID, user_ids: Iterable[UUID]) -> None:
    """Say who mediates this dispute now (mediation calls it when a case gets or loses a mediator)."""
    dispute = locked(dispute_id)
    dispute.named_mediators = sorted(user_ids)
    dispute_stored(dispute)
    record(
        actor=actor,
        event="dispute.mediators_named",
        subject_kind="dispute",
        subject_id=dispute.id,
        fields=["named_mediators"],
    )
