"""Closed lists of leave 外出. None is published to phones."""

from kernel.codes import CodeTable
from kernel.law import law


@law("C-6", "CCM-26a")
class LeaveReason(CodeTable):
    """C-6 外出事由 (CCM-26a)."""

    MEDICAL = "1", "就医", "medical"
    STUDY = "2", "就学", "study"
    LITIGATION = "3", "参与诉讼", "litigation"
    FAMILY = "4", "家庭重要事务", "important family matter"
    WORK = "5", "工作重要事务", "important work matter"
    OTHER = "9", "其他正当理由", "other proper reason"


@law("C-7")
class LeaveState(CodeTable):
    """Where a leave stands (C-7). Filing, notices and the destination's help are dated facts, not states."""

    DRAFT = "draft", "草拟", "draft"
    SUBMITTED = "submitted", "已申请", "submitted"
    VERIFYING = "verifying", "核实中", "verifying"
    RETURNED = "returned_for_papers", "待补材料", "papers are missing"
    WITH_CITY = "with_city", "市级审批中", "lies with the city"
    APPROVED = "approved", "已批准", "approved"
    REFUSED = "refused", "不予批准", "refused"
    OBJECTED = "objected", "已提出异议", "objected to"
    UPHELD = "upheld", "维持原决定", "refusal upheld"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"
    NOT_USED = "not_used", "未外出", "not used"
    ACTIVE = "active", "外出中", "away"
    EXTENDED = "extended", "已延长", "extended"
    ORDERED_BACK = "ordered_back", "责令返回", "ordered back"
    OVERDUE = "overdue", "逾期待核查", "over, to be looked at"
    UNDER_REVIEW = "under_review", "转核查", "handed over for review"
    CLOSED = "closed", "已销假", "closed"
    CLOSED_LATE = "closed_late", "逾期销假", "closed late"
    ENDED = "ended", "期满终止", "ended with the term"


class LeaveLevel(CodeTable):
    """Who decides (CCM-27b, CCM-27c). The city lies outside of this system."""

    STATION = "station", "司法所", "justice station"
    AGENCY = "agency", "县级矫正机构", "county agency"
    CITY = "city", "市级矫正机构", "city agency"


class LeaveRefusal(CodeTable):
    """Why a leave is refused. With proper reason it shall be approved (CCL-27a)."""

    NO_PROPER_REASON = "no_proper_reason", "无正当理由", "no proper reason"
    NO_PROOF = "no_proof", "材料无法核实", "the papers could not be verified"
    INJUNCTION = "injunction", "违反禁止令", "an injunction stands against it"
    CONTACT_LIMIT = "contact_limit", "违反会见限制", "a contact limit stands against it"
    MEASURE_RUNNING = "measure_running", "正在办理收监等程序", "a procedure against the person is running"


class DecisionKind(CodeTable):
    """What a decision about a leave said."""

    APPROVE = "approve", "批准", "approved"
    REFUSE = "refuse", "不批准", "refused"
    FORWARD = "forward", "报市级审批", "forwarded to the city"
    EXTEND = "extend", "延长", "extended"
    ORDER_BACK = "order_back", "责令返回", "ordered back"
    UPHOLD = "uphold", "维持", "refusal upheld"


class NoticeKind(CodeTable):
    """A dated fact beside a leave, each with its task."""

    TELL_PERSON = "tell_person", "告知本人", "the person is told"
    FILING = "filing", "备案", "filed with the agency"
    PROCURATORATE = "procuratorate", "通报检察院", "the procuratorate is told"
    DESTINATION = "destination", "外出地协助", "the destination's agency is asked for help"
    PAPERS = "papers", "补交材料", "papers of an emergency leave"


class ReturnJudgement(CodeTable):
    """What an officer makes of a late return. The machine has no opinion."""

    JUSTIFIED = "justified", "有正当理由", "with good reason"
    OUR_FAULT = "our_fault", "我方原因", "our fault"
    NOT_JUSTIFIED = "not_justified", "无正当理由", "without good reason"


class PermitState(CodeTable):
    """经常性跨市县活动许可 (CCM-29)."""

    APPLIED = "applied", "已申请", "applied for"
    IN_FORCE = "in_force", "有效", "in force"
    REFUSED = "refused", "不予批准", "refused"
    WITHDRAWN = "withdrawn", "已撤回", "withdrawn"
    EXPIRED = "expired", "已到期", "expired"
    ENDED = "ended", "已终止", "ended"
