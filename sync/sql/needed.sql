-- From which transaction on the living cursors need the tombstones of each scope: all of them where a phone holds an
-- unknown part of it. A first pass that is running will need what comes after its target.
select held.scope, (array_agg(held.since order by held.since))[1] as since
from sync_cursor c cross join lateral (
  select s as scope, case when s = any(c.dirty_scopes || c.redo_scopes) then '0'::xid8
    else pg_snapshot_xmin(coalesce(c.base_snapshot, c.target_snapshot)) end as since
  from unnest(c.base_scopes || c.target_scopes) as s
) held
group by held.scope
