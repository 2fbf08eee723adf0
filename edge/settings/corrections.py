from edge.conf import define

define(
    "VISIT_GRACE_DAYS", 2, "Local days after the due day in which a contact may still be made", unit="days"
)
define("VISIT_AHEAD_DAYS", 35, "How far ahead due contacts are created", unit="days")
define("VISIT_MISSED_ON_PHONE_DAYS", 14, "How long a missed contact stays on the phone", unit="days")
define("VISIT_ON_PHONE_DAYS", 30, "How long the own visits stay on the phone", unit="days")
define("QUIET_FROM", "21:00", "When the quiet hours of a new plan begin", law="CCL-34a", unit="local time")
define("QUIET_TO", "08:00", "When the quiet hours of a new plan end", law="CCL-34a", unit="local time")
define("QUIET_HOURS_LEAST", 8, "Fewest quiet hours a plan may have", law="CCL-34a", unit="hours")
define(
    "FIX_AHEAD_MIN", 5, "A fix later than its arrival by more than this is never the latest", unit="minutes"
)
define("FIX_BEHIND_DAYS", 30, "A fix older than this is not judged", unit="days")
define("FIX_LATE_MIN", 60, "A fix that took longer to arrive is shown as late", unit="minutes")
define(
    "OBJECTION_DAYS", 5,
    "The term of an objection that a decision's slip names: the district's own, CCM-32 sets none",
    unit="days",
)  # fmt: skip
define(
    "CORRECTION_CLASSES", "",
    "Classes of supervision that an officer may put a person in: `strict=严管 general=普管`; empty: none",
    law="CCM-21",
)  # fmt: skip
define("COMMENDATION_MONTHS", 6, "After how long good conduct may be commended", law="CCM-33", unit="months")
define(
    "COMPLAINT_ANSWER_WORKING_DAYS", 15, "Within how long a complaint is answered in writing", law="CCL-34b",
    unit="working days",
)  # fmt: skip
define(
    "SECOND_DECIDER_AGAIN_DAYS", 3,
    "An officer who burdened a person within this needs a second decider for the next such act", unit="days",
)  # fmt: skip
define("SECOND_DECIDER_DAYS", 7, "How long a second decider's agreement counts", unit="days")
define("LEAVE_STATION_DAYS", 7, "Longest leave that a station decides", law="CCM-27b", unit="days")
define("LEAVE_AGENCY_DAYS", 30, "Longest leave that a county agency decides", law="CCM-27c", unit="days")
define("LEAVE_SUM_DAYS", 30, "Days of leave above which the city decides", law="CCM-27c", unit="days")
define("LEAVE_SUM_MONTHS", 2, "Months over which days of leave are summed", law="CCM-27c", unit="months")
define("LEAVE_AHEAD_DAYS", 3, "How far ahead leave is generally applied for", law="CCM-27a", unit="days")
define("LEAVE_TELL_DAYS", 1, "Within how many days the person is told of a decision", unit="days")
define("LEAVE_FILING_DAYS", 3, "Filing, notice, and asking the destination for help", unit="days")
define("LEAVE_PAPERS_DAYS", 3, "Within how many days papers of an emergency leave come", unit="days")
define("PERMIT_MONTHS", 6, "How long a regular permit holds", law="CCM-29", unit="months")
define(
    "POSITIONING_EXECUTE_DAYS", 7, "An approved positioning that is not in force within this is void",
    law="CCL-29c", unit="days",
)  # fmt: skip
define(
    "POSITIONING_REVIEW_DAYS", 3, "A positioning whose proof fell is lifted when nobody answers within this",
    law="CCL-29c", unit="days",
)  # fmt: skip
define(
    "POSITIONING_ASK_DAYS", 30, "How often it is asked whether a positioning is still needed", law="CCL-29c",
    unit="days",
)  # fmt: skip
define(
    "TRANSFER_AHEAD_MONTHS", 1, "How far ahead a change of place is generally applied for", law="CCM-30",
    unit="months",
)  # fmt: skip
define("TRANSFER_STEP_DAYS", 5, "A step of a change of place", law="CCM-30", unit="days")
define(
    "TRANSFER_REPORT_DAYS",
    7,
    "Within how long the person reports at the new place",
    law="CCM-31",
    unit="days",
)
define("OPINION_REPLY_DAYS", 30, "Within how long the procuratorate is replied to", law="CCL-8", unit="days")
