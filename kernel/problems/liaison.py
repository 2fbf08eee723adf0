"""Codes of reports to the police."""

from kernel.problems import define

define(
    "ground_not_yours",
    403,
    "该法定情形不由您报送或审核",
    "This ground is not yours to report or review",
    law="PS-1",
)
define("own_report", 403, "不得审核本人起草的报告", "The author is not the second person", law="PS-1")
define("second_person_required", 409, "须经第二人审核", "A second person must review it first", law="PS-1")
define("no_review_owed", 409, "无需事后复核", "No review afterwards is owed")
define("report_facts_missing", 400, "缺少必要事实", "The report lacks observed facts", law="PS-1")
define(
    "ground_not_for_machine",
    409,
    "该情形不得由系统提出",
    "A machine does not propose this ground",
    law="PS-5",
)
define("not_on_duty", 409, "您当前不在值班表上", "You are not on the duty list at this hour", law="PS-1")
define("not_your_report", 409, "不是您起草的报告", "Not a report of yours")
define("review_still_owed", 409, "尚未事后复核", "The review afterwards is still owed", law="PS-4")
define(
    "telling_owed",
    409,
    "须告知本人，或写明不告知理由和复查日期",
    "Tell the person, or say why not and when to look again",
)
define(
    "report_on_its_way", 409, "同一事项同一事由已有报告在办理",
    "A report on this ground about this matter is on its way already",
)  # fmt: skip
define("report_not_open", 409, "该报告已无人可接或已有起草人", "The report has an author already")
define(
    "appeal_not_possible",
    409,
    "只有被不予报送的起草人可以申诉",
    "Only the author of a declined report may appeal",
)
define("call_not_owed", 409, "该报告已签收或尚未到时", "No call is owed: received, or not yet time")
define(
    "police_station_unknown",
    409,
    "该地没有登记派出所，可电话或当面报送后补录",
    "No police station is known for the place; report by phone or in person and enter it after",
)
define("appeal_not_made", 409, "起草人尚未申诉", "Nobody has appealed yet", law="PS-1")
define(
    "appeal_needs_another", 409, "作出不予报送的人员不得维持", "Who declined does not uphold it", law="PS-1"
)
define(
    "acts_not_of_ground",
    400,
    "所列行为与报告依据不符",
    "These acts do not belong to this ground",
    law="PS-5",
)
define("look_again_wrong", 400, "复查日期须在今天之后", "The day to look again lies ahead")
define(
    "author_wanted",
    409,
    "须先有人认领系统提出的报告",
    "A person has to make the machine's proposal the own first",
    law="PI-24",
)
