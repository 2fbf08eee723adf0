"""What a pre-sentence assessment and a permission to enter are filled with. Both tell what the agency alone
reads (an assessment also the station that it was given to)."""

from collections.abc import Iterable

from corrections import access
from corrections.assessment import Advice, Heard
from corrections.entry import EntryTold
from corrections.models import Assessment, EntryPermission
from corrections.papers.forms import GRANTED, REFUSED
from corrections.papers.sheet import Filled, said, span
from corrections.selectors import steps_of
from corrections.services.papers.filling import Filler, Filling, clear
from kernel.written import day

DECIDED = {"approved": GRANTED, "revoked": GRANTED, "ended": "", "refused": REFUSED}


def assessment(filling: Filling) -> tuple[str, Filled]:
    """Who is assessed, and the assessment as far as it has come."""
    row = filling.about
    words = filling.opened(row, "pre_sentence_assessment", "person_name", "opinion", beside="visit_notes")
    sent = said(day(row.sent_on), row.sent_document)
    values = {
        "asked": said(row.organ, row.document_no), "received": day(row.received_on), "due": day(row.due_on),
        "visits": "\n".join(_visits(row)), "opinion": words["opinion"],
        "advice": Advice(row.advice).zh if row.advice else "",
        "sent": said(sent, f"抄送人民检察院{day(row.copied_on)}" if row.copied_on else ""),
    }  # fmt: skip
    marks = {"调查人": row.drafted_by.name} if row.drafted_by else {}
    if row.signed_by:
        marks["审核签发人（盖章）"] = said(row.signed_by.name, day(row.signed_on))
    return words["person_name"], Filled(values, marks=marks)


def _visits(row: Assessment) -> Iterable[str]:
    for visit in row.visits.order_by("made_on", "id"):
        yield said(day(visit.made_on), Heard(visit.heard).zh, clear(visit, "note"))


def entry(filling: Filling) -> Filled:
    rows = access.entries_visible_to(filling.actor).filter(subject=filling.about).order_by("entered_at", "id")
    row = filling.chosen(rows.select_related("limit", "decided_by"))
    if row is None:
        return Filled()
    words = filling.opened(row, "entry_permission", "place", "reason", beside="texts")
    values = {
        "limit": row.limit.document_no, "place": words["place"], "reason": words["reason"],
        "span": span(row.first_day, row.last_day), "decision": _decision(row), "because": _because(row),
        "told": "；".join(_told(row)),
    }  # fmt: skip
    marks = {"申请人": day(row.applied_on)}
    if row.decided_by is not None:
        marks["审批人（盖章）"] = said(row.decided_by.name, day(row.decided_on))
    return Filled(values, marks=marks)


def _told(row: EntryPermission) -> Iterable[str]:
    for notice in row.notices.order_by("recorded_at", "id"):
        yield said(EntryTold(notice.recipient).zh, day(notice.told_on), notice.document_no)


def _decision(row: EntryPermission) -> str:
    """The box of what was decided; one that lapsed had been approved if it has a day."""
    return DECIDED.get(row.state) or (GRANTED if row.decided_on else "")


def _because(row: EntryPermission) -> str:
    """Number of the approval, and the words of a refusal or of its taking back."""
    texts = [clear(step, "reason") for step in steps_of([row])[row.id] if step.event in {"refuse", "revoke"}]
    return said(row.document_no, *texts)


OF_RECORDS: dict[str, Filler] = {"entry": entry}
