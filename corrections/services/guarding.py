"""The guard that every burdening act of this package passes, and the second decider's word (CCL-61).

Called inside the act's own transaction, with the person's row locked. What it refuses says the same whatever
the reason: who is asked for a second decider learns of no complaint.
"""

from datetime import timedelta
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections import access
from corrections.complaints import AGREED, ASKED, SECOND, Burden, needs_second
from corrections.models import BurdenRow, Complaint, SecondDecision, Subject
from corrections.services.acts import Said, move, sealed
from corrections.services.found import row_locked
from corrections.services.reading import revealed
from edge.conf import setting
from edge.encryption import seal_value
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem


@law("CCL-34b", "CCL-61")
def burden_guard(actor: Actor, subject: Subject, act: Burden) -> None:
    """Let a burdening act of this officer on this person pass, and write it down.

    Problem `second_decider_required` until somebody of another unit has agreed to it
    (`second_decision_agree`); the agreement is used up by the act.
    """
    now, officer = clock.now(), actor.person
    open_complaint = Complaint.objects.filter(subject=subject, against=officer, closed_at=None).exists()
    since = now - timedelta(days=setting("SECOND_DECIDER_AGAIN_DAYS"))
    rows = BurdenRow.objects.filter(subject=subject, officer=officer, at__gt=since)
    earlier = list(rows.values_list("at", flat=True))
    second = None
    if needs_second(open_complaint, earlier, now, setting("SECOND_DECIDER_AGAIN_DAYS")):
        second = _agreed(actor, subject, act)
        if second is None:
            raise Problem("second_decider_required", act=act.value)
        move(actor, second, SECOND, "use", Said(), used_at=now)
    BurdenRow.objects.create(subject=subject, officer_id=officer, act=act, at=now, second=second)


def _agreed(actor: Actor, subject: Subject, act: Burden) -> SecondDecision | None:
    """The newest agreement to this act that still counts."""
    since = clock.now() - timedelta(days=setting("SECOND_DECIDER_DAYS"))
    rows = SecondDecision.objects.select_for_update().filter(
        subject=subject, asked_by=actor.user_id, act=act, state=AGREED, decided_at__gte=since
    )
    return rows.order_by("decided_at").last()


def subject_reached(actor: Actor, subject_id: UUID) -> Subject:
    """The person under lock for officers and the bureau's head. Problem `not_found` for a foreign one."""
    seen = access.visible_to(actor) | access.of_bureau(actor)
    row = Subject.objects.select_for_update().filter(id=subject_id).first()
    if row is None or not seen.filter(id=subject_id).exists():
        raise Problem("not_found")
    return row


@transaction.atomic
def second_decision_ask(*, actor: Actor, subject_id: UUID, act: Burden, about: str) -> SecondDecision:
    """Ask somebody of another unit to decide with one about a burdening act. Asking twice gives the same row;
    an agreement that does not count any more is asked for anew."""
    if actor.role not in access.DECIDERS or actor.role is None or actor.organisation_id is None:
        raise Problem("role_not_allowed")
    subject, pk = subject_reached(actor, subject_id), uuid7()
    asked = SecondDecision.objects.filter(subject=subject, asked_by=actor.user_id, act=act, state=ASKED)
    standing = asked.first() or _agreed(actor, subject, act)
    if standing is not None:
        return standing
    row = SecondDecision.objects.create(
        id=pk, subject=subject, act=act, asked_by_id=actor.person, asked_role=actor.role,
        asked_unit_id=actor.organisation_id, asked_at=clock.now(),
        about=seal_value(SecondDecision, "about", pk, about, subject.key_id),
    )  # fmt: skip
    record(actor=actor, event="second_decision.ask", subject_kind="second_decision", subject_id=pk)
    return row


def _second_locked(actor: Actor, second_id: UUID) -> SecondDecision:
    return row_locked(actor, access.seconds_visible_to(actor), second_id, reach=subject_reached)


@law("CCL-61")
@transaction.atomic
def second_decision_answer(*, actor: Actor, second_id: UUID, agree: bool, reason: str) -> SecondDecision:
    """Agree or decline, with a reason. Problem `second_decider_not_fit` for one of the same unit or of a
    role that may not decide beside the other."""
    row = _second_locked(actor, second_id)
    event = "agree" if agree else "decline"
    if SECOND.already_done(row.state, event) and row.decided_by_id == actor.user_id:
        return row
    facts = {
        "role": actor.role, "first_role": row.asked_role, "unit": actor.organisation_id,
        "first_unit": row.asked_unit_id, "actor": actor.user_id, "first": row.asked_by_id,
    }  # fmt: skip
    text = sealed(SecondDecision, "reason", row.id, reason, row.subject.key_id)
    move(
        actor, row, SECOND, event, Said(facts=facts), decided_by=actor.user_id,
        decided_at=clock.now(), reason=text,
    )  # fmt: skip
    return row


@law("CCL-61")
@transaction.atomic
def second_decision_withdraw(*, actor: Actor, second_id: UUID, reason: str) -> SecondDecision:
    """Who asked needs it no more: it leaves the others' worklists. Twice is no fault.

    Problem `second_decider_asker_only` for anybody else, `transition_not_allowed` once it was answered.
    """
    row = _second_locked(actor, second_id)
    if not (SECOND.already_done(row.state, "withdraw") and row.asked_by_id == actor.user_id):
        facts = {"actor": actor.user_id, "first": row.asked_by_id}
        move(actor, row, SECOND, "withdraw", Said(reason, facts=facts))
    return row


@transaction.atomic
def second_decision_read(
    *, actor: Actor, second_id: UUID, purpose: str, reason: str
) -> dict[str, str | None]:
    """What was asked and answered in clear, for a purpose and with a reason."""
    row = existing(access.seconds_visible_to(actor).filter(id=second_id))
    return revealed(
        actor=actor,
        row=row,
        kind="second_decision",
        fields=("about", "reason"),
        purpose=purpose,
        reason=reason,
    )
