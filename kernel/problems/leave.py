"""Codes of leave 外出 and permits."""

from kernel.problems import define

define(
    "leave_not_needed",
    409,
    "在活动区域内，无须请假",
    "Inside the leave area: no leave is needed",
    law="CCM-26b",
)
define(
    "leave_needs_agency",
    409,
    "超出司法所权限，须报县级矫正机构",
    "Above the station: the agency decides",
    law="CCM-27b",
)
define("leave_needs_city", 409, "须报市级矫正机构审批", "The city decides; forward it", law="CCM-27c")
define("leave_not_for_city", 409, "本级有权决定", "This is decided here and not by the city", law="CCM-27c")
define(
    "delegation_not_valid",
    409,
    "决定当日无有效委托",
    "No delegation is valid on the day of the decision",
    law="CCL-9/10",
)
define("refusal_needs_reason", 409, "不予批准须写明理由", "A refusal needs a code and a text", law="CCL-27a")
define("city_document_required", 409, "须有市级决定文书", "The city's document is required", law="CCM-27c")
define(
    "city_needs_second_officer",
    409,
    "市级决定须由另一名工作人员核对",
    "Another officer has to compare the city's decision",
    law="CCM-27c",
)
define(
    "leave_objection_needs_another",
    409,
    "异议须由其他工作人员处理",
    "Who refused does not decide about the objection",
)
define(
    "leave_return_was_late", 409, "返回日期晚于批准日期", "The return was after the last day", law="CCM-28"
)
define(
    "return_needs_judgement", 409, "逾期返回须由工作人员评判", "A late return needs an officer's judgement"
)
define("leave_overlaps", 409, "与其他外出日期重叠", "The days overlap another leave")
