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
