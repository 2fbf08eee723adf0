"""Closed lists of this package. None is published to phones: a list's name would say what a person is."""

from kernel.codes import CodeTable
from kernel.law import law


class ContactState(CodeTable):
    """Where a due contact stands. The row exists before the contact happens, so `missed` is a fact."""

    PLANNED = "planned", "已安排", "planned"
    OPEN = "open", "可进行", "open"
    IN_GRACE = "in_grace", "宽限期内", "in grace"
    DONE = "done", "已完成", "done"
    DONE_LATE = "done_late", "迟到完成", "done late"
    EXCUSED = "excused", "已说明免除", "excused"
    MISSED = "missed", "未进行", "missed"
    CANCELLED = "cancelled", "已取消", "cancelled"


class ExcuseCode(CodeTable):
    """Why a due contact is excused. An outage of ours, a lost terminal or a dead phone is `our_fault`."""

    LEAVE = "leave", "准假外出", "leave"
    PERMIT = "permit", "经常性跨市县许可", "permit"
    DETAINED = "detained", "被羁押", "detained"
    ILLNESS = "illness", "患病", "illness"
    HOLIDAY = "holiday", "节假日", "holiday"
    OUR_FAULT = "our_fault", "我方原因", "our fault"


class VisitOutcome(CodeTable):
    """What the author of a visit found. A failed attempt is a visit too."""

    MET = "met", "已见面", "met"
    NOT_REACHED = "not_reached", "未能联系", "not reached"


class AttemptWay(CodeTable):
    """How somebody tried to reach the person. Neighbours, employer and school are no ways (CCL-26)."""

    DOOR = "door", "上门", "at the door"
    CALL = "call", "电话", "call"
    MESSAGE = "message", "短信", "message"


class PlaceVerdict(CodeTable):
    """What the machine says about one point at one moment; the officer's judgement is stored apart."""

    INSIDE = "inside", "在活动区域内", "inside"
    OUTSIDE = "outside", "在活动区域外", "outside"
    UNDECIDED = "undecided", "无法判定", "undecided"
    PERMITTED = "permitted", "经批准", "permitted"


class PlaceReason(CodeTable):
    """Why a verdict is what it is, in the order in which the reasons were found."""

    CIRCLE_INSIDE = "circle_inside", "精度圆在界内", "the accuracy circle lies inside"
    CIRCLE_OUTSIDE = "circle_outside", "精度圆在界外", "the accuracy circle lies outside"
    CIRCLE_TOUCHES = "circle_touches", "精度圆触及边界", "the accuracy circle touches the boundary"
    ACCURACY_UNKNOWN = "accuracy_unknown", "精度未知或无效", "the accuracy is missing or not a size"
    ACCURACY_TOO_WIDE = "accuracy_too_wide", "精度过低", "the accuracy circle is too wide"
    NO_POINT = "no_point", "无定位", "no point was given"
    NO_LEAVE_AREA = "no_leave_area", "无活动区域", "no leave area is in force for the execution place"
    FIX_TIME_MISSING = "fix_time_missing", "定位时间缺失", "the fix has no time"
    FIX_IN_FUTURE = "fix_in_future", "定位时间在将来", "the fix lies in the future"
    FIX_TOO_OLD = "fix_too_old", "定位时间过早", "the fix is too old"
    FIXES_DISAGREE = "fixes_disagree", "多次定位不一致", "repeated fixes do not agree"
    ON_APPROVED_LEAVE = "on_approved_leave", "准假期间", "an approved leave covers the moment"
    ON_PERMIT = "on_permit", "经常性许可目的地", "a regular permit names the place"
    PERMIT_PLACE_UNKNOWN = (
        "permit_place_unknown",
        "许可期内，目的地范围未知",
        "a regular permit is in force, and the shape of its places is not known here",
    )
    SYSTEM_CONVERTED = "system_converted", "坐标已换算", "converted from the declared coordinate system"
    ARRIVED_LATE = "arrived_late", "迟到上传", "arrived long after it was made"


class Witness(CodeTable):
    """By whom the person was met, for a contact that counts as seen (C-10)."""

    WORKER = "worker", "指定工作人员", "a named worker"
    OFFICE = "office", "到所", "at the office"
    TERMINAL = "terminal", "自助终端", "an enrolled terminal"


class Period(CodeTable):
    """What a frequency counts in."""

    WEEK = "week", "每周", "a week"
    MONTH = "month", "每月", "a month"


class Education(CodeTable):
    """How somebody young stands with school (CCL-55)."""

    COMPULSORY = "compulsory", "接受义务教育", "in compulsory education"
    BROKEN_OFF = "broken_off", "义务教育中断", "compulsory education was broken off"
    FURTHER = "further", "接受其他教育", "in other education"
    FINISHED = "finished", "已完成义务教育", "compulsory education is finished"


@law("CCL-43")
class HelpMeasure(CodeTable):
    """Help that stands beside supervision (CCL-1, CCL-43)."""

    EMPLOYMENT = "employment", "就业帮扶", "work"
    STUDY = "study", "就学帮扶", "study"
    SOCIAL_ASSISTANCE = "social_assistance", "社会救助", "social assistance"
    LEGAL_AID = "legal_aid", "法律援助", "legal aid"
    COUNSELLING = "counselling", "心理辅导", "counselling"
    FAMILY = "family", "家庭关系修复", "family"


class Sex(CodeTable):
    FEMALE = "f", "女", "female"
    MALE = "m", "男", "male"


class MemberKind(CodeTable):
    """Who a member of a correction group is (CCL-25). Those who are not users see nothing in the system."""

    OFFICER = "officer", "工作人员", "officer"
    GRID_WORKER = "grid_worker", "网格员", "grid worker"
    SOCIAL_WORKER = "social_worker", "社会工作者", "social worker"
    COMMITTEE = "committee", "居村委会", "residents' committee"
    FAMILY = "family", "家庭成员", "family"
    EMPLOYER = "employer", "所在单位", "employer"
    SCHOOL = "school", "就读学校", "school"
    VOLUNTEER = "volunteer", "志愿者", "volunteer"


class PlaceBasis(CodeTable):
    """Why this is the place of execution (CCL-17)."""

    RESIDENCE = "residence", "居住地", "residence"
    HABITUAL = "habitual", "经常居住地", "habitual residence"
    REINTEGRATION = "reintegration", "有利于接受矫正", "best for reintegration"


class TermReason(CodeTable):
    """Why a term's end was set or set anew; each change stands with its document."""

    RECEPTION = "reception", "入矫接收", "reception"
    COMMUTATION = "commutation", "减刑", "commutation"
    CORRECTED_JUDGMENT = "corrected_judgment", "更正裁判", "corrected judgment"
    CREDITED_DAYS = "credited_days", "折抵更正", "credited days"


class NoPoint(CodeTable):
    """Why a visit has no point. It may still be sent; nobody is worse off for it."""

    NO_FIX = "no_fix", "无定位信号", "no position fix"
    TOLD_BY_PHONE = "told_by_phone", "电话联系", "by telephone"
    NO_PLACE = "no_place", "无具体地点", "no certain place"
    DEVICE_FAULT = "device_fault", "设备故障", "the device failed"
