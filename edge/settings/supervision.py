from edge.conf import define

define(
    "MISSED_REVIEW_H",
    24,
    "After a missed contact: how long until the agency's review opens by itself",
    unit="hours",
)
define(
    "LOST_TELL_H",
    24,
    "Within how many hours of a lost contact police and procuratorate are told",
    law="CCM-38",
    unit="hours",
)
define(
    "UNSUPERVISED_DAYS",
    10,
    "Days out of supervision after which it is said that there are more",
    law="CCM-34",
    unit="days",
)
define("DETENTION_TELL_DAYS", 3, "An organ that detains a person tells the agency", law="CCM-41", unit="days")
define("RECEIPT_DAYS", 5, "Receipt after documents arrive", law="CCM-16", unit="days")
define("ASSESSMENT_WORKING_DAYS", 10, "Pre-sentence assessment", law="CCM-14", unit="working days")
define("ASSESSMENT_FAST_WORKING_DAYS", 5, "The same in the fast track", law="CCM-14", unit="working days")
define("END_CONFIRM_DAYS", 30, "How long before the end two officers confirm it again", unit="days")
define(
    "ENTRY_TELL_DAYS",
    3,
    "Court and procuratorate are told of a permission to enter: the district's own, CCM-39 sets no term",
    unit="days",
)
define("HEALTH_REPORT_MONTHS", 1, "How often the own health is reported", law="CCM-24b", unit="months")
define("REVIEW_REPORT_MONTHS", 3, "How often a hospital's review is handed in", law="CCM-24b", unit="months")
define(
    "LENGTHEN_CITY_MONTHS", 1, "A report lengthened by this much is the city's to decide", law="CCM-24b",
    unit="months",
)  # fmt: skip
define(
    "LENGTHEN_PROVINCE_MONTHS", 3, "Lengthened by more than this, the province's", law="CCM-24b",
    unit="months",
)  # fmt: skip
define(
    "COPY_SEND_DAYS", 5,
    "Papers of a decision or an end go out: the district's own, neither CCM-32 nor CCL-46/48 sets a term",
    unit="days",
)  # fmt: skip
define("MEDICAL_SHOWN_DAYS", 7, "How long before its day a report is on the worklist", unit="days")
