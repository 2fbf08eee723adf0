from edge.conf import define

define(
    "SHARE_LOG_DAYS", 1096, "The share log is kept this long (three years at least)", law="ND-12", unit="days"
)
define(
    "SEAL_DAYS",
    3,
    "A record that is to be sealed is sealed this long after its end",
    law="MI-SEAL",
    unit="days",
)
define(
    "SEAL_OPEN_MIN", 60, "A sealed file is open for a lawful query this long", law="MI-SEAL", unit="minutes"
)
define(
    "CORRECTION_KEEP_DAYS",
    3653,
    "Files of corrections are kept this long after the end",
    law="PI-19/47",
    unit="days",
)
define(
    "ASSESSMENT_KEEP_DAYS",
    3653,
    "Pre-sentence assessments are kept this long after they were sent",
    law="PI-19/47",
    unit="days",
)
define(
    "ASSESSMENT_RESTRICT_DAYS",
    180,
    "Pre-sentence assessments are restricted this long after they were sent",
    law="PI-19/47",
    unit="days",
)
define(
    "COMPLAINT_KEEP_DAYS",
    1096,
    "Complaints of nobody in the register are kept this long after they were closed",
    law="PI-19/47",
    unit="days",
)
define(
    "COMPLAINT_RESTRICT_DAYS",
    180,
    "Such complaints are restricted this long after they were closed",
    law="PI-19/47",
    unit="days",
)
define("DISPUTE_KEEP_DAYS", 3653, "Disputes are kept this long after their end", law="PI-19/47", unit="days")
define(
    "DISPUTE_RESTRICT_DAYS",
    365,
    "Disputes are restricted this long after their end",
    law="PI-19/47",
    unit="days",
)
define(
    "REPORT_KEEP_DAYS",
    1826,
    "Reports to the police are kept this long after their end",
    law="PI-19/47",
    unit="days",
)
define(
    "REPORT_RESTRICT_DAYS",
    365,
    "Reports to the police are restricted this long after their end",
    law="PI-19/47",
    unit="days",
)
define("DESTRUCTION_LIST_MAX", 500, "Most records of one list of what is destroyed")
define(
    "PERSON_REQUEST_WORKING_DAYS",
    15,
    "A person's request is answered",
    law="PI-45/46/50",
    unit="working days",
)
define("INCIDENT_TELL_H", 24, "The authority knows of an incident", law="PI-57", unit="hours")
define(
    "BULK_READ_RECORDS",
    20,
    "Who opens more records than this on a day stands in the report of bulk reads",
    law="CCL-61",
)
define("BREAK_GLASS_MIN", 60, "What was opened in an emergency stays open", unit="minutes")
