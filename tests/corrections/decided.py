"""Decisions and complaints for the tests: drafted by the station, decided by the agency."""

from datetime import date
from typing import Any
from uuid import UUID

from corrections.complaints import Burden, ComplaintWay
from corrections.decisions import (
    DecisionGround,
    DecisionKind,
    GuardianPart,
    ServedWay,
    StatementAnswer,
)
from corrections.models import Complaint, Decision, Subject
from corrections.services import (
    Draft,
    Told,
    complaint_receive,
    decision_decide,
    decision_draft,
    decision_hear,
    decision_serve,
    second_decision_answer,
    second_decision_ask,
)
from kernel import clock
from kernel.actor import Actor
from tests.cast import Member

FACTS, WORDS = "未按规定报到三日", "路上堵车"
FITTING = {
    DecisionKind.ADMONITION: DecisionGround.LIGHT_BREACH,
    DecisionKind.WARNING: DecisionGround.HEAVIER_BREACH,
    DecisionKind.COMMENDATION: DecisionGround.DEED,
    DecisionKind.COMMUTE: DecisionGround.DEED,
    DecisionKind.PENALTY: DecisionGround.HEAVIER_BREACH,
    DecisionKind.REVOKE_SUSPENSION: DecisionGround.OVER_A_MONTH,
    DecisionKind.REVOKE_PAROLE: DecisionGround.OVER_A_MONTH,
}


def draft(kind: DecisionKind = DecisionKind.ADMONITION, **changes: Any) -> Draft:
    values = {
        "kind": kind, "ground": FITTING[kind], "facts": FACTS, "evidence": "值班记录", "rule": "办法第 34 条",
        "dated": clock.today(),
    }  # fmt: skip
    return Draft(**(values | changes))


def drafted(actor: Actor, subject: Subject, kind: DecisionKind = DecisionKind.ADMONITION) -> Decision:
    return decision_draft(actor=actor, subject_id=subject.id, draft=draft(kind))


def heard(actor: Actor, subject: Subject, kind: DecisionKind = DecisionKind.ADMONITION) -> Decision:
    row = drafted(actor, subject, kind)
    return decision_hear(
        actor=actor, decision_id=row.id, answer=StatementAnswer.GIVEN, asked_on=clock.today(), statement=WORDS
    )


def decided(
    drafter: Actor, decider: Actor, subject: Subject, kind: DecisionKind = DecisionKind.ADMONITION,
    guardian: GuardianPart | None = None,
) -> Decision:  # fmt: skip
    row = heard(drafter, subject, kind)
    return decision_decide(actor=decider, decision_id=row.id, decided_on=clock.today(), guardian=guardian)


def served(drafter: Actor, decider: Actor, subject: Subject) -> Decision:
    row = decided(drafter, decider, subject)
    return decision_serve(actor=drafter, decision_id=row.id, way=ServedWay.IN_PERSON, served_on=clock.today())


def told(against: UUID, **changes: Any) -> Told:
    values = {"way": ComplaintWay.PHONE, "received_on": clock.today(), "words": "被推搡"} | changes
    return Told(against=against, **values)


def complained(desk: Member, against: Member, **changes: Any) -> Complaint:
    return complaint_receive(actor=desk.actor, told=told(against.user.id, **changes))


def agreed(first: Actor, second: Actor, subject: Subject, act: Burden = Burden.DECISION) -> None:
    row = second_decision_ask(actor=first, subject_id=subject.id, act=act, about="请共同决定")
    second_decision_answer(actor=second, second_id=row.id, agree=True, reason="属实")


def day(text: str) -> date:
    return date.fromisoformat(text)
