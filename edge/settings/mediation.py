from edge.conf import define

define(
    "ACCEPTANCE_WORKING_DAYS", 3, "Decide on acceptance, from the receipt", law="PM-T6", unit="working days"
)
define("DANGER_READ_MINUTES", 15, "A danger item that nobody opened calls the duty officer", unit="minutes")
