from edge.conf import define

define(
    "SHARE_LOG_DAYS", 1096, "The share log is kept this long (three years at least)", law="ND-12", unit="days"
)
