-- Changes of the scopes kept: written after the base snapshot and before the target.
-- A record that lives in several scopes comes once; a removal gives way to a living row in view.
-- In three steps, so that the change index is used whatever the planner thinks of order, limit and kinds.
with changed as materialized (
  select r.scope, r.kind, r.id, r.deleted, r.shared
  from unnest(%(scopes)s::text[]) as kept(scope)
  join sync_row r on r.scope = kept.scope and r.xid >= pg_snapshot_xmin(%(base)s::pg_snapshot)
  where not pg_visible_in_snapshot(r.xid, %(base)s::pg_snapshot)
    and pg_visible_in_snapshot(r.xid, %(target)s::pg_snapshot)
),
page as materialized (
  select c.scope, c.kind, c.id from changed c
  where (%(kinds)s::text[] is null or c.kind = any(%(kinds)s::text[]))
    and (%(at_scope)s::text is null
         or (c.scope, c.kind, c.id) > (%(at_scope)s::text, %(at_kind)s::text, %(at_id)s::uuid))
    and (not c.deleted and not c.shared or not exists (
      select from sync_row o
      where o.kind = c.kind and o.id = c.id and not o.deleted
        and case when c.deleted then o.scope = any(%(view)s::text[])
                 else o.scope < c.scope and o.scope = any(%(scopes)s::text[]) end))
  order by c.scope, c.kind, c.id
  limit %(limit)s
)
select r.scope, r.kind, r.id::text, r.deleted, convert_to(r.payload, 'UTF8') as payload, r.inbox
from page join sync_row r on r.scope = page.scope and r.kind = page.kind and r.id = page.id
order by r.scope, r.kind, r.id
