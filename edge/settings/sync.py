from edge.conf import define

define("SYNC_PULL_ROWS_MAX", 5000, "Most rows of one answer of a pull")
define("SYNC_PULL_ROWS", 1000, "Rows of an answer when the phone names no limit")
define("SYNC_PULL_BYTES_MAX", 4 * 1024 * 1024, "Most bytes of rows of one answer of a pull", unit="bytes")
define("SYNC_PUSH_ITEMS_MAX", 1000, "Most items of one push")
define("SYNC_PUSH_BYTES_MAX", 2 * 1024 * 1024, "Largest body of a push", unit="bytes")
define("SYNC_INTAKE_BYTES_A_DAY", 20 * 1024 * 1024, "What one device may send on one day", unit="bytes")
define("SYNC_SKEW_FLAG_MIN", 5, "A device clock that is off by more than this is marked", unit="minutes")
define("SYNC_FUTURE_HOURS", 24, "A device time further ahead than this waits for a person", unit="hours")
define("SYNC_AGE_DAYS", 30, "A record older than this waits for a person", unit="days")
define("SYNC_HELD_HOURS", 24, "An item that waits for another is taken without it after this", unit="hours")
define("SYNC_CURSOR_UNSEEN_DAYS", 60, "A cursor ends when its device was not seen for this long", unit="days")
define("SYNC_CURSOR_USED_DAYS", 7, "A cursor whose successor was used ends at this age", unit="days")
define(
    "SYNC_TOMBSTONE_DAYS",
    90,
    "A removal older than this is told no more; a phone that needs it starts over",
    unit="days",
)
define("SYNC_PUSHES_AT_ONCE", 8, "Most pushes taken at the same time, over all web processes")
define("SYNC_QUIET_DAYS", 3, "A phone not seen for this long is counted as quiet", unit="days")
define("METRICS_TOKEN", "", "Bearer token for /metrics; without one there is no such page")
define("SYNC_APP_MINIMUM", "1.0.0", "An older app gets no more; what it holds is still taken")
define("SYNC_POLL_S", 300, "A phone that found nothing comes again after this", unit="seconds")
define("SYNC_POLL_SPREAD_S", 60, "and up to this later, each device at its own offset", unit="seconds")
define("SYNC_LINE_S", 10, "A phone that would wait longer than this for its turn is put off", unit="seconds")
define("SYNC_RETRY_SPREAD_S", 20, "A call that was put off is tried again within this", unit="seconds")
