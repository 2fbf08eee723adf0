"""Codes of agreements, confirmation and follow-up."""

from kernel.problems import define

define("two_tries_needed", 400, "须有两次送达的日期", "Two tries on two days are needed", law="PM-26")
define("scan_not_fitting", 400, "该材料不是本案协议书的扫描件", "No picture of this agreement", law="PM-29")
define("no_former_agreement", 409, "没有更早的有效协议", "There is no earlier agreement in effect")
define(
    "former_agreement_binds",
    409,
    "变更未成立，原协议继续有效",
    "The earlier agreement still binds",
    law="PM-32",
)
define("document_required", 400, "须写明法院文书文号", "The court's document number is needed")
define("terms_required", 400, "须记录协议内容", "The terms must be recorded", law="PM-28")
define("marks_complete", 409, "签章已齐并复核，协议已生效", "All marks are there and reviewed", law="PM-29")
define("mark_exists", 409, "该签章已登记", "This mark has been entered")
define("mark_not_yours", 403, "该签章不由您登记", "This mark is not yours to enter", law="PM-29")
define("mark_before_agreement", 400, "签章日期早于协议", "The mark is older than the agreement")
define(
    "proxy_without_mandate",
    409,
    "代签须有委托或监护依据",
    "Nobody signs by proxy without mandate",
    law="PM-29",
)
define("witness_required", 400, "按指印须有见证人", "A fingerprint needs a witness", law="PM-29")
define("manner_not_fitting", 400, "签章方式不符", "Not a manner of this mark", law="PM-29")
define("not_a_mediator_of_case", 400, "不是本案调解员", "Not a mediator of this case", law="PM-29")
define("marks_missing", 409, "签章不齐", "Marks are missing", law="PM-29")
define("second_person_needed", 403, "须由另一人复核", "Another person must review it", law="PM-29")
define("correction_open", 409, "该日期已有更正待复核", "A correction of this date waits for a second person")
define("agreement_not_open", 409, "协议不在此阶段", "The agreement is past this")
define("obligation_parties", 400, "履行人或受领人不属于本案", "Debtor or creditor is no party of this case")
define("not_yet_due", 409, "尚未到履行期限", "It is not due yet", law="PM-31")
define("obligations_open", 409, "尚有未履行的义务", "Something is still owed")
define("amount_needed", 400, "须写明履行金额", "The amount performed is needed")
define("amount_not_owed", 400, "履行金额超过约定", "More than is owed")
define("filed_before_effect", 400, "申请日期早于协议生效", "Filed before the agreement took effect")
define("confirmation_not_joint", 409, "须双方共同申请司法确认", "Both parties must ask together", law="PM-33")
define(
    "confirmation_too_late", 409, "自生效之日起已过三十日", "More than thirty days after effect", law="PM-33"
)
define("follow_up_not_chosen", 409, "当事人尚未选择回访方式", "The party has not chosen how", law="PM-FU")
define("follow_up_declined", 409, "当事人谢绝回访", "The party wants no follow-up", law="PM-FU")
define("follow_up_other_way", 409, "当事人选择了其他回访方式", "The party chose another way", law="PM-FU")
