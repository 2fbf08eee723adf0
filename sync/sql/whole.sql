-- One scope from the beginning; where the phone holds an unknown part of it, with the tombstones.
select r.scope, r.kind, r.id::text, r.deleted, r.payload, r.inbox
from sync_row r
where r.scope = %(scope)s and (r.kind, r.id) > (%(at_kind)s::text, %(at_id)s::uuid)
  and pg_visible_in_snapshot(r.xid, %(target)s::pg_snapshot)
  and (not r.deleted or (%(redo)s and pg_visible_in_snapshot(r.born, %(base)s::pg_snapshot)))
  and (%(kinds)s::text[] is null or r.kind = any(%(kinds)s::text[]))
  and not exists (
    select from sync_row o
    where o.kind = r.kind and o.id = r.id and not o.deleted and o.scope <> r.scope
      and o.scope = any(case when r.deleted then %(view)s::text[] else %(earlier)s::text[] end))
order by r.kind, r.id
limit %(limit)s
