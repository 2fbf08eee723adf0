-- The first of a local day: everything below this transaction had ended by now.
insert into sync_mark (day, xid)
select %(today)s, pg_snapshot_xmin(pg_current_snapshot())
where not exists (select from sync_mark where day = %(today)s)
on conflict do nothing
