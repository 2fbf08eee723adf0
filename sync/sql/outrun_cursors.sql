-- Cursors that still need an old tombstone end: their phones start over. What a phone does not need keeps it going,
-- however long nothing changed for it.
with old as materialized (
  select scope, (array_agg(xid order by xid desc))[1] as newest
  from sync_row where deleted and xid < %(horizon)s::xid8 group by scope
)
delete from sync_cursor c
where exists (
  select from unnest(c.base_scopes || c.target_scopes) as held(scope) join old on old.scope = held.scope
  where held.scope = any(c.dirty_scopes || c.redo_scopes)
    or old.newest >= pg_snapshot_xmin(coalesce(c.base_snapshot, c.target_snapshot)))
