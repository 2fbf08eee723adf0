"""What the forms of leave, of regular activity and of a change of place are filled with."""

from corrections import access
from corrections.leave_codes import DecisionKind, LeaveLevel, LeaveReason, LeaveRefusal, LeaveState
from corrections.models import ActStep, Leave, LeaveDecision, Permit
from corrections.papers.forms import GRANTED, REFUSED
from corrections.papers.sheet import Filled, said, span
from corrections.selectors import last_step
from corrections.services.papers.filling import Filler, Filling, clear
from kernel import clock
from kernel.written import day

RULED = {
    DecisionKind.APPROVE: GRANTED, DecisionKind.EXTEND: GRANTED, DecisionKind.REFUSE: REFUSED,
    DecisionKind.UPHOLD: REFUSED,
}  # fmt: skip
APPLICANT, VERIFIER, APPROVER = "申请人", "核实人", "审批人（盖章）"
TRANSFER_ANSWERS = {"refused": "不同意", "asked": "", "no_answer": "", "withdrawn": "申请已撤回"}


def leave(filling: Filling) -> Filled:
    rows = access.leaves_visible_to(filling.actor).filter(subject=filling.about).order_by("created_at", "id")
    row = filling.chosen(rows)
    if row is None:
        return Filled()
    words = filling.opened(row, "leave", "destination", "reason_text", "proof", beside="texts")
    phone = filling.opened(filling.about, "subject", "phone")["phone"]
    values = {
        "destination": said(words["destination"], row.destination_code), "reach": phone,
        "reason": said(LeaveReason(row.reason).zh, words["reason_text"]),
        "span": span(row.first_day, row.last_day), "course": _course(row), "proof": words["proof"],
    }  # fmt: skip
    decisions = list(
        row.decisions.select_related("recorded_by", "confirmed_by").order_by("recorded_at", "id")
    )
    marks = {APPLICANT: day(row.applied_on)}
    if step := last_step(row, "verify"):
        values["verified"] = clear(step, "reason")
        marks |= _verified(step)
    for decision in decisions:
        values |= _ruled(decision)
        marks[APPROVER] = said(_decider(decision), day(decision.decided_on))
    return Filled(values, marks=marks)


def _course(row: Leave) -> str:
    used = f"实际{span(row.used_from, row.used_to)}" if row.used_from else ""
    return said(LeaveState(row.state).zh, used)


def _verified(step: ActStep) -> dict[str, str]:
    return {VERIFIER: said(step.actor.name, day(clock.local_day(step.at)))} if step.actor else {}


def _ruled(decision: LeaveDecision) -> dict[str, str]:
    """Box and reasons of a decision; what was only forwarded is not decided, and an unconfirmed one of the
    city is none."""
    kind = DecisionKind(decision.kind)
    text = said(
        "" if kind in RULED and kind != DecisionKind.EXTEND else kind.zh,
        LeaveRefusal(decision.reason).zh if decision.reason else "", clear(decision, "text"),
        decision.document_no,
    )  # fmt: skip
    if decision.level == LeaveLevel.CITY and kind in RULED and decision.confirmed_at is None:
        return {"because": said("市级决定待核对", decision.document_no)}
    return {"because": text} | ({"decision": RULED[kind]} if kind in RULED else {})


def _decider(decision: LeaveDecision) -> str:
    if decision.level == LeaveLevel.CITY:
        return said(LeaveLevel.CITY.zh, decision.document_no)
    return decision.recorded_by.name


def regular_leave(filling: Filling) -> Filled:
    rows = access.permits_visible_to(filling.actor).filter(subject=filling.about).order_by("created_at", "id")
    row = filling.chosen(rows.select_related("decided_by"))
    if row is None:
        return Filled()
    details = filling.opened(row, "permit", "details", beside="texts")["details"]
    values = {
        "destination": "、".join(row.destination_codes), "reason": said(LeaveReason(row.reason).zh, details),
        "span": f"{day(row.approved_on)}起，{day(row.valid_to)}失效" if row.approved_on else "",
        "reach": filling.opened(filling.about, "subject", "phone")["phone"],
    }  # fmt: skip
    return Filled(values | _permitted(row), marks=_permit_marks(row))


def _permitted(row: Permit) -> dict[str, str]:
    if row.approved_on:
        return {"decision": GRANTED}
    if not row.refusal:
        return {}
    step = last_step(row, "refuse")
    text = clear(step, "reason") if step else ""
    return {"decision": REFUSED, "because": said(LeaveRefusal(row.refusal).zh, text)}


def _permit_marks(row: Permit) -> dict[str, str]:
    marks = {APPLICANT: day(row.applied_on)}
    if row.decided_by is not None:
        marks[APPROVER] = said(row.decided_by.name, day(row.approved_on))
    return marks


def place_change(filling: Filling) -> Filled:
    rows = access.transfers_visible_to(filling.actor).filter(subject=filling.about)
    row = filling.chosen(rows.order_by("entered_at", "id").select_related("entered_by"))
    if row is None:
        return Filled()
    answered = TRANSFER_ANSWERS.get(row.state, "同意")
    steps = (
        ("已征求意见", row.asked_on), ("本人收到决定", row.moved_on), ("档案移交", row.file_sent_on),
        ("档案回执", row.receipt_on), ("报到", row.reported_on),
    )  # fmt: skip
    values = {
        "place": said(row.to_agency, row.to_area_code),
        "reason": filling.opened(row, "place_transfer", "reason")["reason"],
        "answer": said(answered, row.answer_document, day(row.answered_on)),
        "decision": "；".join(f"{label}{day(on)}" for label, on in steps if on),
    }
    marks = {APPLICANT: day(row.applied_on), APPROVER: row.entered_by.name}
    return Filled(values, marks=marks)


FILLERS: dict[str, Filler] = {"leave": leave, "regular_leave": regular_leave, "place_change": place_change}
