"""Closed lists of reviews and searches. None is published to phones."""

from kernel.codes import CodeTable


class SearchState(CodeTable):
    """From a missed contact to an answer. A missed contact is not "out of supervision"."""

    REVIEW = "review", "核查中", "agency review"
    EXPLAINED = "explained", "已说明", "explained"
    ADMONITION = "admonition_considered", "考虑训诫", "an admonition is considered"
    LOST = "lost_contact", "失联查找", "lost contact, searching"
    FOUND = "found", "已找到", "found"
    FOUND_REFUSES = "found_refuses", "已找到拒不配合", "found, refuses"
    DETAINED = "detained_elsewhere", "被羁押", "detained elsewhere"
    HOSPITAL = "in_hospital", "住院", "in hospital"
    DIED = "died", "死亡", "died"
    LEFT = "left_category", "不再属于矫正对象", "left the category"
    ERROR = "error", "我方差错", "our error"


class SearchWhy(CodeTable):
    """Why a review was opened."""

    TWO_WAYS = "two_ways", "两种方式未联系上", "two ways did not reach the person"
    TIME_OVER = "time_over", "逾时自动核查", "the hours after a missed contact ran out"
    OFFICER = "officer", "工作人员提请", "an officer asked for it"
    AT_ONCE = "at_once", "立即查找", "a search was opened at once"
    LEAVE_OVER = "leave_over", "外出逾期", "a leave is over"


class SearchWay(CodeTable):
    """How one searches (CCM-38). Employer, school and neighbours are not called (CCL-26)."""

    COMMUNICATION = "communication", "通信联络", "communication"
    CHECK = "informatised_check", "信息化核查", "informatised check"
    VISIT = "field_visit", "实地查访", "field visit"


class SearchResult(CodeTable):
    NO_ANSWER = "no_answer", "未果", "no answer"
    TRACE = "trace", "有线索", "a trace"
    REACHED = "reached", "已联系上", "reached"


class SearchJudgement(CodeTable):
    """What an officer makes of it; the machine has no opinion."""

    JUSTIFIED = "justified", "有正当理由", "with good reason"
    NOT_JUSTIFIED = "not_justified", "无正当理由", "without good reason"
    OUR_FAULT = "our_fault", "我方原因", "our fault"
    OPEN = "open", "尚待查明", "still to be found out"


class TakenOut(CodeTable):
    """Days that are never counted as out of supervision."""

    HOSPITAL = "hospital", "住院", "hospital"
    DETENTION = "detention", "羁押", "detention"
    OUTAGE = "outage", "我方故障", "an outage of ours"
    LEAVE = "leave", "准假外出", "approved leave"
