-- Changes of the scopes kept: written after the base snapshot and before the target.
-- A record that lives in several scopes comes once; a removal gives way to a living row in view.
select r.scope, r.kind, r.id::text, r.deleted, r.payload, r.inbox
from unnest(%(scopes)s::text[]) as kept(scope)
join sync_row r on r.scope = kept.scope and r.xid >= pg_snapshot_xmin(%(base)s::pg_snapshot)
where not pg_visible_in_snapshot(r.xid, %(base)s::pg_snapshot)
  and pg_visible_in_snapshot(r.xid, %(target)s::pg_snapshot)
  and (%(kinds)s::text[] is null or r.kind = any(%(kinds)s::text[]))
  and (%(at_scope)s::text is null
       or (r.scope, r.kind, r.id) > (%(at_scope)s::text, %(at_kind)s::text, %(at_id)s::uuid))
  and (not r.deleted and not r.shared or not exists (
    select from sync_row o
    where o.kind = r.kind and o.id = r.id and not o.deleted
      and case when r.deleted then o.scope = any(%(view)s::text[])
               else o.scope < r.scope and o.scope = any(%(scopes)s::text[]) end))
order by r.scope, r.kind, r.id
limit %(limit)s
