-- What waits, in one row. The age of a transaction is the database's own time against its own.
select
  (select coalesce(max(extract(epoch from transaction_timestamp() - a.xact_start)), 0) from pg_stat_activity a
   where a.datname = current_database() and a.backend_xid is not null),
  (select count(*) from audit_delivery where state = 'pending'),
  (select greatest(coalesce(max(extract(epoch from %(now)s - due_at)), 0), 0) from audit_delivery
   where state = 'pending'),
  (select count(*) from sync_inbox where state <> 'accepted' and closed_at is null),
  (select count(*) from sync_cursor)
