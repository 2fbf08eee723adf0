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
define("REMINDER_FROM", "09:00", "Nobody is reminded before, and only on working days", unit="local time")
define("REMINDER_TO", "18:00", "Nobody is reminded from then on", unit="local time")
define(
    "REGISTER_WARN_DAYS", 30, "The keeper is told that a mediator's entry ends", law="PM-13/14", unit="days"
)
