-- Old tombstones that no living cursor needs.
with old as materialized (
  select scope, kind, id, xid from sync_row where deleted and xid < %(horizon)s::xid8 order by xid limit %(limit)s
),
needed as materialized ({needed})
delete from sync_row r using old left join needed n on n.scope = old.scope
where r.scope = old.scope and r.kind = old.kind and r.id = old.id and r.deleted and r.xid = old.xid
  and (n.since is null or old.xid < n.since)
