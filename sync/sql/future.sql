-- A row that was written by a transaction yet to come: it was brought here from another cluster. What the present
-- transaction itself wrote carries a number beyond its own snapshot, and is no such row.
select exists (
  select from sync_row
  where xid >= pg_snapshot_xmax(pg_current_snapshot()) and xid is distinct from pg_current_xact_id_if_assigned())
