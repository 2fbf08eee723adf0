"""What the papers of decisions, objections, complaints and positioning are filled with."""

from functools import partial

from corrections import access
from corrections.complaints import ComplaintWay
from corrections.decisions import (
    DROPPED,
    PROPOSALS,
    DecisionGround,
    DecisionKind,
    GuardianPart,
    OutcomeResult,
    ServedWay,
    StatementAnswer,
    objection_until,
)
from corrections.models import Decision, PositioningOrder
from corrections.opinions import Followed, OpinionKind
from corrections.papers.sheet import Filled, said, span
from corrections.papers.words import DECIDER, GUARDIAN, OFFICER, RECEIVED
from corrections.positioning import PositioningGround, ProofKind
from corrections.services.papers.filling import Filler, Filling
from edge.conf import setting
from kernel.written import day, moment

BUREAU = "县级司法行政部门负责人"
WORN = "设备{device}由本人随身佩戴，不得损毁、拆除；电量低、信号丢失属于设备故障，不视为违规。"
BROKEN = "故意损毁、拆除的，按监督管理规定处理，处理前听取本人陈述。"


def _decision_of(filling: Filling, *kinds: DecisionKind) -> Decision | None:
    rows = access.decisions_visible_to(filling.actor).filter(subject=filling.about)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    if filling.record is None:
        rows = rows.exclude(state=DROPPED)
    people = rows.select_related("drafted_by", "decided_by", "decided_unit")
    return filling.chosen(people.order_by("drafted_at", "id"))


def decision(filling: Filling, kind: DecisionKind) -> Filled:
    """A decision of this kind, as far as it has come."""
    row = _decision_of(filling, kind)
    if row is None:
        return Filled()
    words = filling.opened(row, "correction_decision", "facts", "evidence", "statement", "witness")
    values = {
        "facts": said(words["facts"], words["evidence"]), "statement": _statement(row, words["statement"]),
        "rule": said(row.rule, DecisionGround(row.ground).zh), "decision": _decided(row),
        "objection": _until(row),
    }  # fmt: skip
    return Filled(values, marks=_decision_marks(row, words["witness"]))


def _until(row: Decision) -> str:
    """By when the slip says that an objection is made; empty before it was served."""
    if row.served_on is None:
        return ""
    return f"{day(objection_until(row.served_on, setting('OBJECTION_DAYS')))}前"


def _statement(row: Decision, words: str) -> str:
    if not row.answer:
        return ""
    return said(day(row.asked_on), StatementAnswer(row.answer).zh, words)


def _decided(row: Decision) -> str:
    """What was decided, on which day, by which unit."""
    if row.decided_on is None:
        return ""
    unit = row.decided_unit.name if row.decided_unit else ""
    return said(day(row.decided_on), unit, DecisionKind(row.kind).zh, row.number)


def _decision_marks(row: Decision, witness: str) -> dict[str, str]:
    marks = {OFFICER: said(row.drafted_by.name, day(row.dated))}
    if row.decided_by is not None:
        marks[DECIDER] = said(row.decided_by.name, day(row.decided_on))
    if row.guardian:
        marks[GUARDIAN] = GuardianPart(row.guardian).zh
    if row.served_way:
        marks[RECEIVED] = said(ServedWay(row.served_way).zh, witness, day(row.served_on))
    return marks


def statement(filling: Filling) -> Filled:
    row = _decision_of(filling)
    if row is None:
        return Filled()
    words = filling.opened(row, "correction_decision", "facts", "statement")
    intended = f"拟作：{DecisionKind(row.kind).zh}（{DecisionGround(row.ground).zh}）"
    values = {"facts": said(words["facts"], intended), "statement": _statement(row, words["statement"])}
    marks = {"记录人": row.drafted_by.name, "日期": day(row.asked_on)}
    if row.guardian:
        marks["监护人"] = GuardianPart(row.guardian).zh
    return Filled(values, marks=marks)


def proposal(filling: Filling) -> Filled:
    """A proposal to police or court; what they decided stands apart from what the agency did."""
    row = _decision_of(filling, *sorted(PROPOSALS))
    if row is None:
        return Filled()
    words = filling.opened(row, "correction_decision", "facts", "evidence", "statement", "witness")
    result = OutcomeResult(row.result).zh if row.result else ""
    values = {
        "kind": DecisionKind(row.kind).zh, "facts": said(words["facts"], words["evidence"]),
        "rule": said(row.rule, DecisionGround(row.ground).zh),
        "statement": _statement(row, words["statement"]), "decision": _decided(row),
        "result": said(result, row.result_organ, row.result_document, day(row.result_on)),
        "objection": _until(row),
    }  # fmt: skip
    return Filled(values, marks=_decision_marks(row, words["witness"]))


def objection(filling: Filling) -> Filled:
    rows = access.objections_visible_to(filling.actor).filter(decision__subject=filling.about)
    people = rows.select_related("decision", "entered_by", "answered_by")
    row = filling.chosen(people.order_by("entered_at", "id"))
    if row is None:
        return Filled()
    words = filling.opened(row, "decision_objection", "text", "answer")
    against = DecisionKind(row.decision.kind).zh
    values = {
        "against": said(day(row.decision.decided_on), against, row.decision.number), "reason": words["text"],
        "answer": words["answer"],
    }  # fmt: skip
    marks = {"本人": day(row.made_on), "收件人": row.entered_by.name}
    if row.answered_by is not None:
        marks["答复人"] = said(row.answered_by.name, day(row.answered_on))
    return Filled(values, marks=marks)


def _order_of(filling: Filling) -> PositioningOrder | None:
    rows = access.positioning_visible_to(filling.actor).filter(subject=filling.about)
    people = rows.select_related("applied_by", "approved_by", "told_by").prefetch_related("proofs")
    return filling.chosen(people.order_by("applied_at", "id"))


def positioning(filling: Filling) -> Filled:
    row = _order_of(filling)
    if row is None:
        return Filled()
    proofs = "；".join(f"{ProofKind(proof.kind).zh}{_fell(proof.fell_at)}" for proof in row.proofs.all())
    approved = f"同意，{day(row.approved_on)}" if row.approved_on else ""
    values = {
        "ground": PositioningGround(row.ground).zh, "proofs": proofs,
        "decision": "不同意" if row.state == "refused" else approved,
        "assessment": filling.opened(row, "positioning_order", "assessment")["assessment"],
        "term": span(row.approved_on, row.ends_on),
    }  # fmt: skip
    marks = {"申请人": row.applied_by.name}
    if row.approved_by is not None:
        marks[BUREAU] = said(row.approved_by.name, day(row.approved_on))
    return Filled(values, marks=marks)


def _fell(at: object) -> str:
    return "（已不成立）" if at else ""


def positioning_notice(filling: Filling) -> Filled:
    row = _order_of(filling)
    if row is None:
        return Filled()
    values = {
        "ground": PositioningGround(row.ground).zh, "term": span(row.approved_on, row.ends_on),
        "rules": WORN.format(device=row.device_no), "consequences": BROKEN,
    }  # fmt: skip
    marks = {"日期": day(row.told_on)}
    if row.told_by is not None:
        marks["告知人"] = row.told_by.name
    if row.told_guardian:
        marks["监护人"] = GuardianPart(row.told_guardian).zh
    return Filled(values, marks=marks)


def complaint(filling: Filling) -> tuple[str, Filled]:
    """The name that was given, and the complaint."""
    row = filling.about
    words = filling.opened(row, "correction_complaint", "person_name", "reach", "text", "answer")
    values = {
        "words": words["text"], "way": said(ComplaintWay(row.way).zh, words["reach"]),
        "answer": said(words["answer"], day(row.answered_on)),
    }  # fmt: skip
    marks = {"投诉人": day(row.received_on), "登记人": row.received_by.name}
    return words["person_name"], Filled(values, marks=marks)


def opinion_reply(filling: Filling) -> tuple[str, Filled]:
    """Who replies, and the opinion with the reply."""
    row = filling.about
    words = filling.opened(row, "procuratorial_opinion", "text", "reply")
    values = {
        "document": said(OpinionKind(row.kind).zh, row.document_no, day(row.issued_on)),
        "text": words["text"], "followed": Followed(row.followed).zh if row.followed else "",
        "reply": words["reply"], "due": moment(row.due_at),
    }  # fmt: skip
    return row.agency.name, Filled(values, marks={"日期": day(row.replied_on)})


FILLERS: dict[str, Filler] = {
    "statement": statement,
    "commendation": partial(decision, kind=DecisionKind.COMMENDATION),
    "admonition": partial(decision, kind=DecisionKind.ADMONITION),
    "warning": partial(decision, kind=DecisionKind.WARNING),
    "proposal": proposal,
    "objection": objection,
    "positioning": positioning,
    "positioning_notice": positioning_notice,
}
