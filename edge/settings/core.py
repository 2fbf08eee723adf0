from edge.conf import define

define("PAGE_SIZE", 50, "Rows of a page when the caller names none")
define("PAGE_SIZE_MAX", 500, "Most rows of a page")
define("EXPORT_ROWS_MAX", 5000, "Most rows of one exported file")
define("PAGE_OFFSET_MAX", 100_000, "Largest offset of a list")
define("BODY_MAX_BYTES", 4 * 1024 * 1024, "Largest request body of any address", unit="bytes")
define(
    "JSON_MAX_BYTES",
    512 * 1024,
    "Largest JSON body outside a push",
    unit="bytes",
)
define("JSON_DEPTH_MAX", 16, "Deepest nesting of a JSON body")
define("TEXT_MAX", 4000, "Longest text field", unit="code points")
define("CALENDAR_WARN_DAYS", 60, "Health warns this long before the calendar of holidays ends", unit="days")
define(
    "AUDIT_RETENTION_DAYS",
    1095,
    "How long audit rows are kept (CS-23 asks for 180 at least)",
    law="CS-23",
    unit="days",
)
define("DELIVERY_ATTEMPTS", 12, "Attempts of a reaction before it waits for a person")
define(
    "DELIVERY_STALE_S", 60, "A delivery past due by this long is deferred again by the sweep", unit="seconds"
)
define("DELIVERY_KEEP_DAYS", 180, "Deliveries that are done are removed after this; 30 at least", unit="days")
define(
    "WORKER_STALLED_S",
    120,
    "A worker without a sign of life for this long has died: its jobs go on",
    unit="seconds",
)
define("WORKER_TRIES", 5, "A job that its worker died of so often is given up, and stays to be looked at")
define(
    "PREPARED_STATEMENTS",
    True,
    "Statements of pulls are planned once; off behind a pooler that cannot hold them",
)
