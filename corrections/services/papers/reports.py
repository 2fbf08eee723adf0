"""What health and review reports, their lengthening, and the papers of help after release are filled with."""

from functools import partial

from corrections import access
from corrections.aftercare import (
    ACCEPTED,
    DECLINED,
    HANDED_OVER,
    RECEIVED,
    WITHDRAWN,
    AftercareField,
    AftercareNeed,
)
from corrections.medical import CANCELLED, LengthenLevel, MedicalExcuse, MedicalKind
from corrections.models import Aftercare, ReportLengthening
from corrections.papers.forms import GRANTED, REFUSED, UNWANTED, WANTED
from corrections.papers.lines import JOINED
from corrections.papers.sheet import Filled, said
from corrections.papers.words import GUARDIAN
from corrections.selectors import steps_of
from corrections.services.papers.filling import Filler, Filling, clear
from kernel.written import day
from privacy.models import Share

ANSWERS = {ACCEPTED: WANTED, HANDED_OVER: WANTED, RECEIVED: WANTED, DECLINED: UNWANTED}
AFTER = ("aftercare_notice", "aftercare_handover")


def report(filling: Filling, kind: MedicalKind) -> Filled:
    """A report of this kind: the one that is due, or as it came."""
    rows = access.medical_visible_to(filling.actor).filter(subject=filling.about, kind=kind)
    if filling.record is None:
        rows = rows.exclude(state=CANCELLED)
    row = filling.chosen(rows.select_related("taken_by").order_by("nth", "id"))
    if row is None:
        return Filled()
    words = filling.opened(row, "medical_report", "hospital", "finding")
    moved = f"由{day(row.regular_on)}延长" if row.due_on != row.regular_on else ""
    values = {
        "due": day(row.due_on), "hospital": words["hospital"], "finding": words["finding"],
        "dated": day(row.dated_on), "handed": day(row.handed_on), "original": row.original_at,
        "course": said(moved, f"免于报告：{MedicalExcuse(row.excuse).zh}" if row.excuse else ""),
    }  # fmt: skip
    return Filled(values, marks={"收件人": row.taken_by.name} if row.taken_by else {})


def lengthening(filling: Filling) -> Filled:
    rows = access.lengthenings_visible_to(filling.actor).filter(subject=filling.about)
    people = rows.select_related("report", "proposed_by", "granted_by")
    row = filling.chosen(people.order_by("proposed_at", "id"))
    if row is None:
        return Filled()
    words = filling.opened(row, "report_lengthening", "reason", beside="refusals")
    values = {
        "report": MedicalKind(row.report.kind).zh, "reason": words["reason"],
        "span": said(day(row.report.regular_on), f"延长至{day(row.until)}"),
        "level": LengthenLevel(row.level).zh, "told": day(row.told_on),
        "decision": {"in_force": GRANTED, "refused": REFUSED}.get(row.state, ""), "because": _because(row),
    }  # fmt: skip
    marks = {"提出人": row.proposed_by.name}
    if row.granted_by is not None:
        marks["审批人（盖章）"] = said(row.granted_by.name, day(row.decided_on))
    return Filled(values, marks=marks)


def _because(row: ReportLengthening) -> str:
    refused = [clear(step, "reason") for step in steps_of([row])[row.id] if step.event == "refuse"]
    return said(row.document_no, *refused)


def _aftercare_of(filling: Filling) -> Aftercare | None:
    rows = access.aftercares_visible_to(filling.actor).filter(subject=filling.about)
    return filling.chosen(rows.select_related("entered_by").order_by("entered_at", "id"))


def _needs(row: Aftercare) -> str:
    return JOINED.join(AftercareNeed(need).zh for need in row.needs)


def aftercare_notice(filling: Filling) -> Filled:
    """What was told and answered. A decline, and a yes that was taken back, has no reason."""
    row = _aftercare_of(filling)
    if row is None:
        return Filled()
    words = filling.opened(row, "aftercare", "wishes")
    passed = f"{day(row.handed_on)}移交{row.recipient}" if row.handed_on else ""
    values = {
        "told": day(row.informed_on), "answer": ANSWERS.get(row.state, ""), "needs": _needs(row),
        "wishes": words["wishes"], "course": said(passed, "本人已收回" if row.state == WITHDRAWN else ""),
    }  # fmt: skip
    marks = {"告知人": said(row.entered_by.name, day(row.informed_on)), "本人": day(row.answered_on)}
    if row.guardian_present:
        marks[GUARDIAN] = "在场"
    return Filled(values, marks=marks)


def aftercare_handover(filling: Filling) -> Filled:
    """What the person agreed to have given, and to whom; before that nothing but what help is wanted."""
    row = _aftercare_of(filling)
    if row is None or row.state == WITHDRAWN:
        return Filled()
    values = {
        "needs": _needs(row), "to": row.recipient, "handed": said(day(row.handed_on), row.document_no),
        "receipt": day(row.receipt_on),
    }  # fmt: skip
    given = sorted(_given(row) - {AftercareField.NAME.value})
    if given:
        values |= filling.opened(filling.about, "subject", *given)
    return Filled(values)


def _given(row: Aftercare) -> set[str]:
    """What stands in the share log as given about the person."""
    shared = Share.objects.filter(subject_kind="aftercare", subject_id=row.id).values_list(
        "fields", flat=True
    )
    return {name.rsplit(".", 1)[-1] for fields in shared for name in fields}


OF_RECORDS: dict[str, Filler] = {
    "health_report": partial(report, kind=MedicalKind.HEALTH),
    "review_report": partial(report, kind=MedicalKind.REVIEW),
    "lengthening": lengthening,
    "aftercare_notice": aftercare_notice,
    "aftercare_handover": aftercare_handover,
}
