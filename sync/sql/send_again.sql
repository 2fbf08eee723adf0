-- Records that a phone has dropped or changed by itself come once more with the next pull, as they stand.
with held as materialized ({held}),
again as (
  select r.scope, r.kind, r.id from sync_row r
  where r.kind = %(kind)s and r.id = any(%(ids)s::uuid[]) and not r.deleted
    and r.scope = any(array(select unnest(held.scopes) from held))
  order by r.scope, r.kind, r.id for update
)
update sync_row r set xid = pg_current_xact_id()
from again a where r.scope = a.scope and r.kind = a.kind and r.id = a.id
