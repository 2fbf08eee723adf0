from edge.conf import define

define(
    "REPORT_SECOND_MIN", 30, "The second person of a report answers within this", law="PS-1", unit="minutes"
)
define(
    "REPORT_RECEIPT_MIN",
    30,
    "A report that the police have not received by then is called in",
    unit="minutes",
)
define(
    "REPORT_APPEAL_H", 24, "The director (PS-5: the agency's head) decides on a declined report", unit="hours"
)
