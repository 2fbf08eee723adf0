"""Orders of electronic positioning: applied for with proofs, approved by the bureau's head, told, fitted, in
force for three months at most, reviewed, lifted."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from audit.services import record
from corrections import access
from corrections.complaints import Burden
from corrections.decisions import GuardianPart
from corrections.machine import AGENCY
from corrections.models import Finding, NeedReview, PositioningOrder, PositioningProof, Subject
from corrections.positioning import (
    FINDING,
    IN_FORCE,
    LIVE,
    OPEN,
    ORDER,
    RUNNING,
    FindingKind,
    LiftReason,
    PositioningGround,
    SuspendReason,
    execute_due,
    last_day,
    next_ask,
    proofs_missing,
    standing,
    step_due,
)
from corrections.reception_codes import LimitKind
from corrections.services.acts import Said, move, of_term, sealed
from corrections.services.found import in_term, row_locked, subject_locked
from corrections.services.guarding import burden_guard, subject_reached
from corrections.services.proofs import proof_fell, proofs_found
from corrections.services.reading import revealed
from corrections.services.spans import span_close, span_open
from edge.conf import setting
from edge.encryption import seal_value
from edge.repeats import made_before
from edge.rows import existing
from kernel import clock
from kernel.actor import SYSTEM, Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from kernel.signing import Signing
from privacy.codes import Processing
from privacy.switches import switch


def _of_agency(actor: Actor) -> UUID:
    if actor.role not in AGENCY or actor.user_id is None:
        raise Problem("role_not_allowed")
    actor.sign(Signing.POSITIONING)
    return actor.user_id


@law("CCL-29a")
@transaction.atomic
def finding_record(
    *,
    actor: Actor,
    subject_id: UUID,
    kind: FindingKind,
    happened_on: date,
    facts: str,
    evidence: str,
    id: UUID | None = None,
) -> Finding:
    """Write down what the agency found, with facts and evidence. Who is under no injunction breaks none."""
    user_id, subject, pk = _of_agency(actor), subject_locked(actor, subject_id), id or uuid7()
    if known := made_before(Finding, id, subject_id=subject.pk, found_by_id=user_id):
        return known
    if kind == FindingKind.INJUNCTION_BREACH and not _under_injunction(subject, happened_on):
        raise Problem("finding_needs_injunction")
    row = Finding.objects.create(
        id=pk, subject=subject, kind=kind, happened_on=of_term("happened_on", happened_on, subject),
        facts=seal_value(Finding, "facts", pk, facts, subject.key_id), found_by_id=user_id,
        evidence=seal_value(Finding, "evidence", pk, evidence, subject.key_id), found_at=clock.now(),
    )  # fmt: skip
    record(actor=actor, event="correction_finding.record", subject_kind="correction_finding", subject_id=pk)
    return row


def _under_injunction(subject: Subject, day: date) -> bool:
    rows = subject.limits.filter(kind=LimitKind.INJUNCTION, valid_from__lte=day, valid_to__gte=day)
    return rows.filter(Q(lifted_on__isnull=True) | Q(lifted_on__gt=day)).exists()


@law("CCL-29a")
@transaction.atomic
def finding_fall(*, actor: Actor, finding_id: UUID, event: str, reason: str) -> Finding:
    """`annul`, or `other_person`: what rests on it is reviewed the same day."""
    row = row_locked(actor, Finding.objects.all(), finding_id)
    if not FINDING.already_done(row.state, event):
        move(actor, row, FINDING, event, Said(reason))
        proof_fell(row.subject, row.id)
    return row


@dataclass(frozen=True, slots=True)
class Application:
    """What the agency applies for: the ground, the records that prove it, and why nothing milder will do."""

    ground: PositioningGround
    assessment: str
    findings: tuple[UUID, ...] = ()
    decisions: tuple[UUID, ...] = ()
    extends: UUID | None = None


@law("CCL-29a", "CCL-29c")
@transaction.atomic
def positioning_apply(*, actor: Actor, subject_id: UUID, application: Application) -> PositioningOrder:
    """Apply for an order, or for a new one that prolongs one in force. Problem `positioning_unproved` when
    the ground's proofs are not there."""
    user_id, subject = _of_agency(actor), subject_locked(actor, subject_id)
    proofs = proofs_found(subject, application.findings, application.decisions)
    missing = proofs_missing(application.ground, [proof.kind for proof in proofs])  # type: ignore[misc]  # because a CharField holds the code
    if missing:
        raise Problem("positioning_unproved", missing=missing)
    _check_place(subject, application.extends)
    burden_guard(actor, subject, Burden.POSITIONING)
    pk = uuid7()
    order = PositioningOrder.objects.create(
        id=pk, subject=subject, ground=application.ground, of_minor=subject.minors_rules,
        extends_id=application.extends, applied_by_id=user_id, applied_at=clock.now(),
        assessment=seal_value(PositioningOrder, "assessment", pk, application.assessment, subject.key_id),
    )  # fmt: skip
    _attach(order, proofs)
    record(actor=actor, event="positioning_order.apply", subject_kind="positioning_order", subject_id=pk)
    return order


def _check_place(subject: Subject, extends: UUID | None) -> None:
    """One order at a time; an extension belongs to one in force that has not ended."""
    rows = PositioningOrder.objects.filter(subject=subject, state__in=OPEN)
    now = clock.now()
    live = [row for row in rows if standing(row, now) in OPEN]
    if extends is None and live:
        raise Problem("positioning_one_at_a_time")
    prolongs = [row for row in live if row.id == extends and row.state in RUNNING]
    if extends is not None and (not prolongs or any(row.extends_id == extends for row in live)):
        raise Problem("positioning_nothing_to_extend")


def _attach(order: PositioningOrder, proofs: list[PositioningProof]) -> None:
    for proof in proofs:
        proof.order = order
    PositioningProof.objects.bulk_create(proofs)


def order_locked(actor: Actor, order_id: UUID) -> PositioningOrder:
    """The order under lock, its person's row first, moved to where time has brought it."""
    order = row_locked(actor, access.positioning_visible_to(actor), order_id, reach=subject_reached)
    order_advance(order, clock.now())
    return order


def order_advance(order: PositioningOrder, now: datetime) -> int:
    """Write down what time has done to a locked order, with the true moment; how many steps."""
    due = step_due(order, now)
    if due is None:
        return 0
    event, at = due
    span_close(order, at)
    reason = {"lift_reason": LiftReason.GROUND_FELL} if event == "lift" else {}
    said = Said(at=at)
    move(SYSTEM, order, ORDER, event, said, over_at=at, ask_at=None, **reason)
    return 1


def _step(
    actor: Actor, order: PositioningOrder, event: str, said: Said, **columns: object
) -> PositioningOrder:
    if not ORDER.already_done(order.state, event):
        move(actor, order, ORDER, event, said, **columns)
    return order


@law("CCL-29b", "CCL-29c")
@transaction.atomic
def positioning_approve(*, actor: Actor, order_id: UUID, ends_on: date) -> PositioningOrder:
    """Approve for three months at most, from today: the bureau's head, never the applicant. An extension is
    approved before the end of what it prolongs."""
    order, today, now = order_locked(actor, order_id), clock.today(), clock.now()
    if ORDER.already_done(order.state, "approve") and order.approved_by_id == actor.user_id:
        return order
    facts = {"applied_by": order.applied_by_id, "actor": actor.user_id}
    ORDER.apply(order.state, "approve", role=actor.role.value if actor.role else None, facts=facts)
    switch(Processing.POSITIONING)
    latest = min(last_day(today), order.subject.ends_on or last_day(today))
    if not today <= ends_on <= latest:
        raise Problem("positioning_term", latest=latest.isoformat())
    if order.extends is not None and standing(order.extends, now) not in RUNNING:
        raise Problem("positioning_nothing_to_extend")
    if order.proofs.filter(fell_at__isnull=False).exists():
        raise Problem("proof_not_standing")
    burden_guard(actor, order.subject, Burden.POSITIONING)
    return _step(
        actor, order, "approve", Said(facts=facts), approved_by=actor.user_id, approved_on=today,
        ends_on=ends_on, ends_at=clock.day_end(ends_on),
        execute_due_at=execute_due(today, setting("POSITIONING_EXECUTE_DAYS")),
    )  # fmt: skip


@law("CCL-29b")
@transaction.atomic
def positioning_refuse(*, actor: Actor, order_id: UUID, reason: str) -> PositioningOrder:
    return _step(actor, order_locked(actor, order_id), "refuse", Said(reason), over_at=clock.now())


@law("CCM-37")
@transaction.atomic
def positioning_tell(
    *, actor: Actor, order_id: UUID, told_on: date, guardian: GuardianPart | None = None
) -> PositioningOrder:
    """The person was told term, rules and consequences; a minor with the guardian."""
    order = order_locked(actor, order_id)
    if order.of_minor and guardian is None:
        raise Problem("guardian_part_missing")
    if order.approved_on is None or not order.approved_on <= told_on <= clock.today():
        raise Problem("invalid", fields={"told_on": ["before the approval, or in the future"]})
    return _step(
        actor, order, "tell", Said(on=told_on), told_on=told_on, told_by=actor.user_id,
        told_guardian=guardian or "",
    )  # fmt: skip


@transaction.atomic
def positioning_fit(*, actor: Actor, order_id: UUID, device_no: str) -> PositioningOrder:
    """The device is on: a dedicated one, known by its number."""
    switch(Processing.POSITIONING)
    order = order_locked(actor, order_id)
    return _step(actor, order, "fit", Said(), device_no=device_no, fitted_at=clock.now())


@law("CCL-29a", "CCM-37")
@transaction.atomic
def positioning_start(*, actor: Actor, order_id: UUID) -> PositioningOrder:
    """In force from this moment: before it no point exists."""
    switch(Processing.POSITIONING)
    order, now = order_locked(actor, order_id), clock.now()
    if order.state != IN_FORCE:
        ask_at = next_ask(now, setting("POSITIONING_ASK_DAYS"))
        _step(actor, order, "start", Said(), ask_at=ask_at)
        span_open(order, now)
    return order


@transaction.atomic
def positioning_suspend(
    *, actor: Actor, order_id: UUID, why: SuspendReason, reason: str = ""
) -> PositioningOrder:
    """Off for a while; nothing is kept meanwhile, and the term runs on."""
    order = order_locked(actor, order_id)
    span_close(order, clock.now())
    return _step(actor, order, "suspend", Said(reason), suspended_for=why)


@transaction.atomic
def positioning_resume(*, actor: Actor, order_id: UUID) -> PositioningOrder:
    order = order_locked(actor, order_id)
    if order.state != IN_FORCE:
        _step(actor, order, "resume", Said(), suspended_for="")
        span_open(order, clock.now())
    return order


@law("CCL-29c")
@transaction.atomic
def positioning_lift(*, actor: Actor, order_id: UUID, why: LiftReason, reason: str) -> PositioningOrder:
    """Lift an order: at once when it is no longer needed."""
    order, now = order_locked(actor, order_id), clock.now()
    span_close(order, now)
    return _step(actor, order, "lift", Said(reason), lift_reason=why, over_at=now, ask_at=None)


@law("CCL-29a")
@transaction.atomic
def positioning_uphold(
    *, actor: Actor, order_id: UUID, findings: tuple[UUID, ...], decisions: tuple[UUID, ...], reason: str
) -> PositioningOrder:
    """A proof fell, others carry the ground: the person is told anew before the device goes on again."""
    order = order_locked(actor, order_id)
    proofs = proofs_found(order.subject, findings, decisions)
    stood = [proof.kind for proof in order.proofs.filter(fell_at=None)]
    kinds = [*stood, *(proof.kind for proof in proofs)]
    if missing := proofs_missing(PositioningGround(order.ground), kinds):  # type: ignore[arg-type]  # because a CharField holds the code
        raise Problem("positioning_unproved", missing=missing)
    due_at = execute_due(clock.today(), setting("POSITIONING_EXECUTE_DAYS"))
    _step(
        actor, order, "uphold", Said(reason), execute_due_at=due_at, review_due_at=None, told_on=None,
        told_by=None, told_guardian="", ask_at=None,
    )  # fmt: skip
    _attach(order, proofs)
    return order


@law("CCL-29c")
@transaction.atomic
def positioning_need_answer(*, actor: Actor, order_id: UUID, needed: bool, reason: str) -> PositioningOrder:
    """Answer the question whether it is still needed; "no" lifts it at once."""
    order, user_id = order_locked(actor, order_id), _of_agency(actor)
    asked = (
        NeedReview.objects.select_for_update().filter(order=order, needed=None).order_by("asked_at").last()
    )
    if asked is None:
        raise Problem("nothing_asked")
    asked.needed, asked.answered_by_id, asked.answered_at = needed, user_id, clock.now()
    asked.reason = sealed(NeedReview, "reason", asked.id, reason, order.subject.key_id)
    asked.save(update_fields=["needed", "answered_by", "answered_at", "reason"])
    record(
        actor=actor, event="positioning_order.need", subject_kind="positioning_order", subject_id=order.id,
        detail={"needed": needed},
    )  # fmt: skip
    if needed or order.state not in LIVE:
        return order
    return positioning_lift(actor=actor, order_id=order_id, why=LiftReason.NOT_NEEDED, reason=reason)


def positioning_stop(subject: Subject, why: LiftReason, at: datetime) -> None:
    """Lift whatever is live of a person: the correction is over, or the place changed. Under the person's
    lock."""
    rows = PositioningOrder.objects.select_for_update().filter(subject=subject, state__in=OPEN)
    for order in rows.order_by("id"):
        order.subject = subject
        order_advance(order, at)
        span_close(order, at)
        if order.state in LIVE:
            _step(SYSTEM, order, "lift", Said(at=at), lift_reason=why, over_at=at, ask_at=None)


@transaction.atomic
def positioning_tick(order_id: UUID) -> int:
    """What time does to one order: over at its true moment, or asked whether it is needed."""
    rows = PositioningOrder.objects.select_for_update(of=("self",), skip_locked=True).select_related(
        "subject"
    )
    order, now = rows.filter(id=order_id).first(), clock.now()
    if order is None:
        return 0
    done = order_advance(order, now)
    if not in_term(order.subject) and order.state in LIVE:
        return done
    while order.state in RUNNING and order.ask_at is not None and order.ask_at <= now:
        NeedReview.objects.get_or_create(order=order, asked_at=order.ask_at)
        order.ask_at = next_ask(order.ask_at, setting("POSITIONING_ASK_DAYS"))
        order.save(update_fields=["ask_at"])
        done += 1
    return done


@law("CCL-29d", "CCL-61")
@transaction.atomic
def positioning_read(*, actor: Actor, order_id: UUID, purpose: str, reason: str) -> dict[str, str | None]:
    """The assessment in clear, for a purpose and with a reason."""
    rows = access.positioning_visible_to(actor) | access.tracks_readable_by(actor)
    row = existing(rows.filter(id=order_id))
    return revealed(
        actor=actor, row=row, kind="positioning_order", fields=("assessment",), purpose=purpose, reason=reason
    )


@transaction.atomic
def finding_read(*, actor: Actor, finding_id: UUID, purpose: str, reason: str) -> dict[str, str | None]:
    """Facts and evidence in clear, for a purpose and with a reason."""
    row = existing(access.findings_readable_by(actor).filter(id=finding_id))
    fields = ("facts", "evidence")
    return revealed(
        actor=actor, row=row, kind="correction_finding", fields=fields, purpose=purpose, reason=reason
    )
