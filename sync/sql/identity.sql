-- Which life of which database this is, as far as the database can tell: another cluster, a promoted standby, another
-- database or other tables than those that the last life was noted with make another text.
select e.identity, e.epoch, (select system_identifier from pg_control_system())::text
  || '/' || left(pg_walfile_name(pg_current_wal_lsn()), 8)
  || '/' || (select d.oid from pg_database d where d.datname = current_database())
  || '/' || 'sync_row'::regclass::oid::bigint
from sync_epoch e
