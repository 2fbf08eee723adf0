-- All but the newest transaction are dropped when no older one is still open: then the newest alone names a state that
-- was never there before. What another cluster has left here (a restored backup) has numbers that this one has
-- not reached, and goes as well. Where nothing is left, the present transaction begins.
with newest as (
    select max(c.xid) as xid from grids_mapchange c
    where c.xid < pg_snapshot_xmax(pg_current_snapshot())::text::bigint
),
swept as (
    delete from grids_mapchange c using newest n
    where c.xid < n.xid and n.xid < pg_snapshot_xmin(pg_current_snapshot())::text::bigint
        or c.xid >= pg_snapshot_xmax(pg_current_snapshot())::text::bigint
)
insert into grids_mapchange (xid)
select pg_current_xact_id()::text::bigint from newest n where n.xid is null
on conflict do nothing
