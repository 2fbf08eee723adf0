-- Single records as they stand, from any one of the scopes that the caller holds.
with held as materialized ({held})
select distinct on (r.id) r.scope, r.kind, r.id::text, r.deleted, convert_to(r.payload, 'UTF8') as payload, r.inbox
from sync_row r
where r.kind = %(kind)s and r.id = any(%(ids)s::uuid[]) and not r.deleted
  and r.scope = any(array(select unnest(held.scopes) from held))
order by r.id, r.scope
