from edge.conf import define

define(
    "ACCEPTANCE_WORKING_DAYS", 3, "Decide on acceptance, from the receipt", law="PM-T6", unit="working days"
)
