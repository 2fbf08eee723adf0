"""What Prometheus is told of sync. No label names a person, a device or a place."""

from prometheus_client import Counter, Histogram

SECONDS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10)

pull_seconds = Histogram(
    "gridgov_sync_pull_seconds",
    "Seconds of a pull: rows, nothing, stock (an adapter's), or refused",
    ["answer"],
    buckets=SECONDS,
)
push_seconds = Histogram(
    "gridgov_sync_push_seconds",
    "Seconds of a push: results, stock (an adapter's), or refused",
    ["answer"],
    buckets=SECONDS,
)
pull_rows = Counter("gridgov_sync_pull_rows", "Rows that pulls have brought")
push_items = Counter("gridgov_sync_push_items", "Items that pushes have brought, by state", ["state"])
put_off = Counter("gridgov_sync_put_off", "Calls of phones told to come later, before a thread took them")
