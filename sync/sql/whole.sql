-- One scope from the beginning; where the phone holds an unknown part of it, with the tombstones.
-- `limit` rows are looked at in the order of the primary key; the conditions are written so that no other index
-- fits. `told` says which are to be sent: a record that the phone has from a scope before this one is not put
-- again, a removal gives way to a living row in view. What is not told comes without its payload.
select l.scope, l.kind, l.id::text, l.deleted,
  case when l.told then convert_to(l.payload, 'UTF8') end as payload, l.inbox, l.told
from (
  select r.scope, r.kind, r.id, r.deleted, r.payload, r.inbox,
    case when r.deleted then not exists (
      select from sync_row o
      where o.kind = r.kind and o.id = r.id and not o.deleted and o.scope = any(%(view)s::text[]))
    else not r.shared or not exists (
      select from sync_row o
      where o.kind = r.kind and o.id = r.id and not o.deleted and o.scope = any(%(earlier)s::text[])) end as told
  from sync_row r
  where r.scope = %(scope)s and (r.kind, r.id) > (%(at_kind)s::text, %(at_id)s::uuid)
    and pg_visible_in_snapshot(r.xid, %(target)s::pg_snapshot)
    and case when r.deleted then %(redo)s and pg_visible_in_snapshot(r.born, %(base)s::pg_snapshot) else true end
    and (%(kinds)s::text[] is null or r.kind || '' = any(%(kinds)s::text[]))
  order by r.kind, r.id
  limit %(limit)s
) l
order by l.kind, l.id
