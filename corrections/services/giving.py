"""What goes about a person in correction to somebody outside: every act of giving leaves its row in the share
log, in the act's own transaction (CCL-5, ND-12).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from corrections.assessment import AskedBy
from corrections.ends import RELEASES, EndReason, NoticeTo
from corrections.entry import EntryTold
from corrections.leave_codes import NoticeKind
from corrections.reception_codes import OrderDateKind
from kernel.actor import Actor
from kernel.law import law
from privacy.codes import RecipientKind
from privacy.services import Given, share_logged

R = RecipientKind
NAME = "Subject.name"
RECIPIENT_MOST = 300


@dataclass(frozen=True, slots=True)
class Giving:
    """`kind` of the record whose act it is, the row of the law, what for, to whom, and which fields go."""

    kind: str
    basis: str
    purpose: str
    to: RecipientKind
    fields: tuple[str, ...]


_LEAVE = (NAME, "Leave.destination", "Leave.reason_text")
LEAVE_TO_CITY = Giving(
    "leave", "CCM-27c", "外出报市级审批", R.CITY, (*_LEAVE, "Leave.proof", "LeaveDecision.text")
)
LEAVE_NOTICES: Mapping[str, Giving] = {
    NoticeKind.PROCURATORATE: Giving("leave", "CCM-27c", "外出通报检察院", R.PROCURATORATE, _LEAVE),
    NoticeKind.DESTINATION: Giving("leave", "CCM-28", "请外出地协助", R.CORRECTION_AGENCY, _LEAVE),
}
"""Filing and the word to the person stay in the district."""
TRANSFER_ASKED = Giving(
    "place_transfer", "CCM-30", "征求新执行地意见", R.CORRECTION_AGENCY, (NAME, "Transfer.reason")
)
TRANSFER_FILE = Giving(
    "place_transfer", "CCM-31", "移交矫正档案", R.CORRECTION_AGENCY,
    (
        NAME, "Subject.id_number", "Subject.phone", "Subject.address", "Subject.born_on",
        "Subject.guardian_name", "FileItem.title",
    ),
)  # fmt: skip
_SEARCH = (NAME, "Search.reason")
SEARCH_TOLD: Mapping[str, Giving] = {
    "police": Giving("search", "CCM-38", "失联告知公安机关", R.POLICE, _SEARCH),
    "procuratorate": Giving("search", "CCM-38", "失联告知检察院", R.PROCURATORATE, _SEARCH),
}
_ENTRY = (NAME, "EntryPermission.place", "EntryPermission.reason")
ENTRY_TOLD: Mapping[str, Giving] = {
    EntryTold.COURT: Giving("entry_permission", "CCM-39", "准予进入告知法院", R.COURT, _ENTRY),
    EntryTold.PROCURATORATE: Giving(
        "entry_permission", "CCM-39", "准予进入告知检察院", R.PROCURATORATE, _ENTRY
    ),
}
_ASSESSMENT = ("Assessment.person_name", "Assessment.opinion")
_ASKED: Mapping[str, RecipientKind] = {
    AskedBy.COURT: R.COURT, AskedBy.PROCURATORATE: R.PROCURATORATE, AskedBy.POLICE: R.POLICE,
    AskedBy.PRISON: R.DEPARTMENT,
}  # fmt: skip
ASSESSMENT_SENT: Mapping[str, Giving] = {
    asked: Giving("pre_sentence_assessment", "CCM-14", "提交调查评估意见", to, _ASSESSMENT)
    for asked, to in _ASKED.items()
}
ASSESSMENT_COPY = Giving(
    "pre_sentence_assessment", "CCM-14", "调查评估意见抄送检察院", R.PROCURATORATE, _ASSESSMENT
)
_LENGTHENING = (NAME, "ReportLengthening.reason")
LENGTHENING_ASKED = Giving("report_lengthening", "CCM-24b", "延长报告期限报批", R.CITY, _LENGTHENING)
LENGTHENING_TOLD = Giving(
    "report_lengthening", "CCM-24b", "延长报告期限告知检察院", R.PROCURATORATE, _LENGTHENING
)
ORDER_DATES: Mapping[str, Giving] = {
    OrderDateKind.RECEIPT: Giving("order", "CCM-16", "退回法律文书送达回执", R.COURT, (NAME,)),
    OrderDateKind.LATE_TOLD: Giving("order", "CCM-17", "未按期报到告知决定机关", R.COURT, (NAME,)),
}
DECISION_COPY = Giving("correction_decision", "CCM-32", "抄送决定书", R.DEPARTMENT, ("Decision.facts",))
OPINION_REPLY = Giving(
    "procuratorial_opinion", "CCL-8", "书面回复检察意见", R.PROCURATORATE, ("Opinion.reply",)
)
_COMPLAINT = ("Complaint.person_name", "Complaint.text")
COMPLAINT_PASSED = Giving("correction_complaint", "CCL-34b", "投诉转交", R.DEPARTMENT, _COMPLAINT)
COMPLAINT_TOLD = Giving(
    "correction_complaint",
    "CCL-34b",
    "投诉答复报告检察院",
    R.PROCURATORATE,
    (*_COMPLAINT, "Complaint.answer"),
)
_TOLD_OF_END: Mapping[str, RecipientKind] = {
    NoticeTo.ORGAN: R.COURT, NoticeTo.PROCURATORATE: R.PROCURATORATE, NoticeTo.POLICE: R.POLICE,
}  # fmt: skip


@law("CCL-44", "CCL-45", "CCL-51")
def end_told(reason: EndReason, to: NoticeTo) -> Giving:
    """The notice of an end, by the row of the law that asks for it."""
    if reason in RELEASES:
        basis = "CCL-44"
    else:
        basis = "CCL-51" if reason == EndReason.DEATH else "CCL-45"
    return Giving("correction_ending", basis, "解除、终止通知", _TOLD_OF_END[to], (NAME,))


@law("CCL-5", "ND-12")
def given_out(actor: Actor, row_id: UUID, giving: Giving, recipient: str = "") -> None:
    """The row of the share log. `recipient` by its own name where that is known, else by its kind."""
    to, fields = RecipientKind(giving.to), [f"corrections.{name}" for name in giving.fields]
    name = (recipient or to.zh)[:RECIPIENT_MOST]
    given = Given(giving.kind, row_id, giving.basis, giving.purpose, to, name, fields)
    share_logged(actor=actor, given=given)
