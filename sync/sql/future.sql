-- A row that was written by a transaction yet to come: it was brought here from another cluster.
select exists (select from sync_row where xid >= pg_snapshot_xmax(pg_current_snapshot()))
