"""Decisions on rewards and sanctions: drafted, the person asked, decided by another, served, objected to."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import transaction

from audit.services import record
from corrections import access
from corrections.complaints import Burden
from corrections.decisions import (
    BURDENS,
    DECISION,
    FELL,
    OBJECTION,
    PROPOSALS,
    STANDING,
    DecisionGround,
    DecisionKind,
    GuardianPart,
    OutcomeResult,
    ServedWay,
    StatementAnswer,
    commendation_from,
    kind_gap,
    rests_on_gap,
)
from corrections.machine import AGENCY
from corrections.models import Decision, DecisionCopy, Objection, Subject
from corrections.services.acts import Said, in_course, move, not_after_today, of_term, sealed
from corrections.services.found import require_staff, row_locked, subject_locked
from corrections.services.giving import DECISION_COPY, given_out
from corrections.services.guarding import burden_guard
from corrections.services.numbering import board_number
from corrections.services.proofs import proof_fell
from corrections.services.reading import revealed
from corrections.services.sendings import sendings_fall, sendings_owe
from edge.conf import setting
from edge.encryption import seal_value
from edge.rows import existing
from kernel import clock
from kernel.actor import Actor
from kernel.ids import uuid7
from kernel.law import law
from kernel.problems import Problem
from privacy.codes import RecipientKind


@dataclass(frozen=True, slots=True)
class Draft:
    """What an officer proposes to decide: kind and ground of the closed lists, facts, evidence, rule."""

    kind: DecisionKind
    ground: DecisionGround
    facts: str
    evidence: str
    rule: str
    dated: date
    builds_on: tuple[UUID, ...] = ()


@law("CCL-28", "CCL-X4")
@transaction.atomic
def decision_draft(*, actor: Actor, subject_id: UUID, draft: Draft) -> Decision:
    """Draft a decision. Only people do; nothing in this software drafts one by itself."""
    subject = subject_locked(actor, subject_id)
    categories = set(subject.orders.values_list("category", flat=True))
    if gap := kind_gap(draft.kind, draft.ground, categories):
        raise Problem(gap)
    if draft.ground == DecisionGround.GOOD_CONDUCT:
        _require_time(subject, draft.dated)
    standing = Decision.objects.filter(subject=subject, id__in=draft.builds_on, state__in=sorted(STANDING))
    if standing.count() != len(set(draft.builds_on)):
        raise Problem("invalid", fields={"builds_on": ["only decisions on the person that stand"]})
    if gap := rests_on_gap(draft.ground, standing.values_list("kind", flat=True)):
        raise Problem(gap, fields={"builds_on": ["those that the ground counts"]})
    pk = uuid7()
    row = Decision.objects.create(
        id=pk, subject=subject, kind=draft.kind, ground=draft.ground, of_minor=subject.minors_rules,
        facts=seal_value(Decision, "facts", pk, draft.facts, subject.key_id), rule=draft.rule,
        evidence=seal_value(Decision, "evidence", pk, draft.evidence, subject.key_id),
        builds_on=list(draft.builds_on), dated=of_term("dated", draft.dated, subject),
        drafted_by_id=require_staff(actor), drafted_at=clock.now(),
    )  # fmt: skip
    record(actor=actor, event="correction_decision.draft", subject_kind="correction_decision", subject_id=pk)
    return row


@law("CCM-33")
def _require_time(subject: Subject, dated: date) -> None:
    """Whether good conduct has lasted: that it was good an officer says."""
    first = commendation_from(subject.received_on, setting("COMMENDATION_MONTHS"))
    if dated < first:
        raise Problem("commendation_too_early", from_on=first.isoformat())


def decision_locked(actor: Actor, decision_id: UUID) -> Decision:
    """The decision under lock, its person's row first. Problem `not_found` for a foreign one."""
    return row_locked(actor, Decision.objects.all(), decision_id)


def _step(actor: Actor, row: Decision, event: str, said: Said, **columns: object) -> Decision:
    """One step; a doubled call answers as done."""
    if not DECISION.already_done(row.state, event):
        move(actor, row, DECISION, event, said, **columns)
    return row


@law("CCL-28")
@transaction.atomic
def decision_hear(
    *, actor: Actor, decision_id: UUID, answer: StatementAnswer, asked_on: date, statement: str = ""
) -> Decision:
    """Write down what came of asking the person first: the words, "did not wish", or "not reachable"."""
    row = decision_locked(actor, decision_id)
    if (answer == StatementAnswer.GIVEN) != bool(statement):
        raise Problem("invalid", fields={"statement": ["belongs to an answer that was given"]})
    words = sealed(Decision, "statement", row.id, statement, row.subject.key_id)
    said = Said(on=not_after_today("asked_on", asked_on))
    return _step(actor, row, "hear", said, answer=answer, asked_on=asked_on, statement=words)


@law("CCL-9/10", "CCL-12")
@transaction.atomic
def decision_decide(
    *,
    actor: Actor,
    decision_id: UUID,
    decided_on: date,
    delegation: str = "",
    guardian: GuardianPart | None = None,
) -> Decision:
    """Decide: somebody of the agency, not who drafted it. What burdens passes the guard."""
    row = decision_locked(actor, decision_id)
    if DECISION.already_done(row.state, "decide"):
        return row
    facts = {
        "drafted_by": row.drafted_by_id, "actor": actor.user_id, "minor": row.of_minor, "guardian": guardian,
    }  # fmt: skip
    role = actor.role.value if actor.role else None
    DECISION.apply(row.state, "decide", role=role, facts=facts)
    if row.kind in BURDENS:
        burden_guard(actor, row.subject, Burden.DECISION)
    number = "" if row.of_minor else board_number(decided_on)
    _step(
        actor, row, "decide", Said(on=in_course("decided_on", decided_on, row.asked_on), facts=facts),
        decided_by=actor.user_id, decided_role=role, decided_unit=actor.organisation_id, number=number,
        decided_on=decided_on, delegation=delegation, guardian=guardian or "",
    )  # fmt: skip
    sendings_owe(row, decided_on)
    return row


@law("CCM-32", "CCM-55")
@transaction.atomic
def decision_serve(
    *, actor: Actor, decision_id: UUID, way: ServedWay, served_on: date, witness: str = ""
) -> Decision:
    """Served. A refused signature counts with a witness. The guardian signs for minors only."""
    row = decision_locked(actor, decision_id)
    if (way == ServedWay.REFUSED_WITH_WITNESS) != bool(witness):
        raise Problem("service_needs_witness", fields={"witness": ["belongs to a refused signature"]})
    if way == ServedWay.GUARDIAN and not row.of_minor:
        raise Problem("invalid", fields={"way": ["an adult is served in person"]})
    name = sealed(Decision, "witness", row.id, witness, row.subject.key_id)
    said = Said(on=in_course("served_on", served_on, row.decided_on))
    return _step(actor, row, "serve", said, served_way=way, served_on=served_on, witness=name)


@transaction.atomic
def decision_drop(*, actor: Actor, decision_id: UUID, reason: str) -> Decision:
    """A draft is not taken any further."""
    row = _step(actor, decision_locked(actor, decision_id), "drop", Said(reason))
    proof_fell(row.subject, row.id)
    return row


@dataclass(frozen=True, slots=True)
class Outcome:
    """What police or court decided on a proposal, by their document."""

    result: OutcomeResult
    organ: str
    document_no: str
    on: date


@law("CCM-36", "CCL-X4")
@transaction.atomic
def decision_result(*, actor: Actor, decision_id: UUID, outcome: Outcome) -> Decision:
    """Write down what the organ decided. Nothing is computed from it."""
    row = decision_locked(actor, decision_id)
    if actor.role not in AGENCY:
        raise Problem("role_not_allowed")
    if row.kind not in PROPOSALS or row.state not in STANDING:
        raise Problem("result_needs_proposal")
    in_course("on", outcome.on, row.decided_on)
    row.result, row.result_organ = outcome.result, outcome.organ
    row.result_document, row.result_on = outcome.document_no, outcome.on
    fields = ["result", "result_organ", "result_document", "result_on"]
    row.save(update_fields=fields)
    record(
        actor=actor, event="correction_decision.result", subject_kind="correction_decision",
        subject_id=row.id, fields=fields,
    )  # fmt: skip
    if outcome.result == OutcomeResult.REFUSED:
        proof_fell(row.subject, row.id)
    return row


@law("CCM-32")
@transaction.atomic
def decision_copy(
    *, actor: Actor, decision_id: UUID, recipient: str, sent_on: date,
    recipient_kind: RecipientKind = RecipientKind.DEPARTMENT,
) -> Decision:  # fmt: skip
    """Write down a copy that was sent, with its row in the share log. The same one twice is no fault."""
    row = decision_locked(actor, decision_id)
    if row.state not in STANDING | FELL:
        raise Problem("transition_not_allowed", current=row.state)
    _copy, made = DecisionCopy.objects.get_or_create(
        decision=row, recipient=recipient, sent_on=in_course("sent_on", sent_on, row.decided_on),
        defaults={"sent_by_id": require_staff(actor)},
    )  # fmt: skip
    if made:
        record(actor=actor, event="correction_decision.copy", subject_kind="correction_decision",
               subject_id=row.id)  # fmt: skip
        given_out(actor, row.id, replace(DECISION_COPY, to=recipient_kind), recipient)
    return row


@law("CCM-32")
@transaction.atomic
def objection_make(*, actor: Actor, decision_id: UUID, text: str, made_on: date) -> Objection:
    """Enter the person's objection; it is taken at any time, also after the term on the slip."""
    row = decision_locked(actor, decision_id)
    if row.state not in STANDING:
        raise Problem("transition_not_allowed", current=row.state)
    standing = row.objections.exclude(state__in=sorted(OBJECTION.terminal)).first()
    if standing is not None:
        return standing
    pk = uuid7()
    objection = Objection.objects.create(
        id=pk, decision=row, made_on=in_course("made_on", made_on, row.decided_on), entered_at=clock.now(),
        text=seal_value(Objection, "text", pk, text, row.subject.key_id), entered_by_id=require_staff(actor),
    )  # fmt: skip
    record(actor=actor, event="decision_objection.make", subject_kind="decision_objection", subject_id=pk)
    return objection


def _objected(actor: Actor, objection_id: UUID) -> tuple[Decision, Objection]:
    """The decision and the objection under lock, the person's row first; also when the term has ended."""
    found = existing(access.objections_visible_to(actor).select_related("decision").filter(id=objection_id))
    subject = Subject.objects.select_for_update().get(id=found.decision.subject_id)
    decision = Decision.objects.select_for_update().get(id=found.decision_id)
    decision.subject = subject
    return decision, Objection.objects.select_for_update().get(id=objection_id)


@law("CCM-32", "CCL-29a")
@transaction.atomic
def objection_answer(
    *, actor: Actor, objection_id: UUID, event: str, text: str, answered_on: date
) -> Objection:
    """Uphold, change or annul: first by another officer than the decider, then as the procuratorate says
    (`close`). A decision that falls takes along, the same day, what was proved by it."""
    decision, row = _objected(actor, objection_id)
    if OBJECTION.already_done(row.state, event):
        return row
    row.decision = decision
    key_id = decision.subject.key_id
    facts = {"decided_by": decision.decided_by_id, "actor": actor.user_id}
    day = in_course("answered_on", answered_on, row.made_on, row.taken_further_on)
    said = Said(on=day, facts=facts)
    move(
        actor, row, OBJECTION, event, said, answered_on=answered_on,
        answer=seal_value(Objection, "answer", row.id, text, key_id), answered_by=actor.user_id,
    )  # fmt: skip
    if row.state in FELL:
        move(actor, decision, DECISION, event, Said(on=answered_on))
        sendings_fall(decision, answered_on)
        proof_fell(decision.subject, decision.id)
    return row


@transaction.atomic
def objection_take_further(*, actor: Actor, objection_id: UUID, on: date) -> Objection:
    """The person goes on to the procuratorate."""
    decision, row = _objected(actor, objection_id)
    row.decision = decision
    if not OBJECTION.already_done(row.state, "take_further"):
        move(
            actor, row, OBJECTION, "take_further", Said(on=in_course("on", on, row.made_on, row.answered_on)),
            taken_further_on=on,
        )  # fmt: skip
    return row


DECISION_FIELDS = ("facts", "evidence", "statement", "witness")
OBJECTION_FIELDS = ("text", "answer")


@law("CCL-54", "CCL-61")
@transaction.atomic
def decision_read(*, actor: Actor, decision_id: UUID, purpose: str, reason: str) -> dict[str, str | None]:
    """Facts, evidence and statement in clear, for a purpose and with a reason."""
    row = existing(Decision.objects.filter(id=decision_id, subject__in=access.readable_by(actor)))
    return revealed(
        actor=actor,
        row=row,
        kind="correction_decision",
        fields=DECISION_FIELDS,
        purpose=purpose,
        reason=reason,
    )


@transaction.atomic
def objection_read(*, actor: Actor, objection_id: UUID, purpose: str, reason: str) -> dict[str, str | None]:
    """An objection and its answer in clear, for a purpose and with a reason."""
    opened = Objection.objects.filter(decision__subject__in=access.readable_by(actor))
    row = existing((access.objections_visible_to(actor) | opened).filter(id=objection_id))
    return revealed(
        actor=actor,
        row=row,
        kind="decision_objection",
        fields=OBJECTION_FIELDS,
        purpose=purpose,
        reason=reason,
    )
