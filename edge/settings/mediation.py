from edge.conf import define

define(
    "ACCEPTANCE_WORKING_DAYS", 3, "Decide on acceptance, from the receipt", law="PM-T6", unit="working days"
)
define("FOLLOW_UP_DAYS", "7 30", "Follow-ups after each day of performance", law="PM-FU", unit="days")
define(
    "FOLLOW_UP_NOTHING_DUE_DAYS", 30, "The one follow-up where nothing falls due", law="PM-FU", unit="days"
)
define(
    "CONFIRMATION_REMINDER_DAYS", "10 20 25", "The centre is reminded of judicial confirmation", law="PM-33",
    unit="days after effect",
)  # fmt: skip
define(
    "REGISTER_WARN_DAYS", 30, "The keeper is told that a mediator's entry ends", law="PM-13/14", unit="days"
)
define("DOSSIER_RETENTION", "short", "Retention class of a file: short, long or permanent", law="PM-F5")
define("DOSSIER_RETENTION_LONG", "03,07,08", "Categories (C-2) whose files are kept long", law="PM-F5")
define("DOSSIER_RETENTION_PERMANENT", "", "Categories whose files are kept permanently", law="PM-F5")
define("DOSSIER_RETENTION_LONG_PARTIES", 10, "A file of so many parties is kept long", law="PM-F5")
define(
    "DOSSIER_SHORT_DAYS", 3653, "A file of the short class is kept this long after the dispute's end",
    law="PM-F5", unit="days",
)  # fmt: skip
define("DOSSIER_LONG_DAYS", 10958, "A file of the long class is kept this long", law="PM-F5", unit="days")
define(
    "DOSSIER_PERMANENT_DAYS", 21915,
    "After this long a file of the permanent class comes onto a list: nothing with a name is kept for ever",
    law="PM-F5", unit="days",
)  # fmt: skip
define("NUMBER_BLOCK_MAX", 50, "Most case numbers reserved at once for days without power", law="PM-F2")
define("CALL_FROM", "08:00", "From when on parties are called upon", unit="local time")
define("CALL_TO", "20:00", "Until when parties are called upon", unit="local time")
define("FEED_KEYS_MAX", 3, "Calendar feeds that a person may have at the same time")
define("FEED_KEY_DAYS_MAX", 365, "Longest life of a calendar feed", unit="days")
define("FEED_PAST_DAYS", 14, "How long past appointments stay in a calendar feed", unit="days")
define("FEED_AHEAD_DAYS", 120, "How far ahead a calendar feed shows appointments", unit="days")
define("CAUCUS_DESTROY", True, "Notes of talks alone are destroyed once the dispute is archived", law="PM-15")
define("DOCUMENT_BYTES_MAX", 12 * 1024 * 1024, "Largest picture or PDF of a paper of a case", unit="bytes")
define("DOCUMENT_PAGES_MAX", 60, "Most pages of a paper of a case that is sent as PDF")
define("DOSSIER_SHEETS_MAX", 100, "Most scanned pages bound into one copy of a file")
define("COURT_ANSWER_DAYS", 7, "A court says whether it takes a referral", law="CT-125", unit="days")
