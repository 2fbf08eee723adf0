-- Changes of the scopes kept: written after the base snapshot and before the target.
-- A record that lives in several scopes comes once: all its rows are written together, so those in view are found
-- together, and the first of them speaks. A removal gives way to a living row in view.
-- In three steps, so that the change index is used whatever the planner thinks of order, limit and kinds; the rows of
-- the page are fetched by their place in the table, which costs the same however large it grows.
with changed as materialized (
  select r.ctid as place, r.scope, r.kind, r.id, r.deleted
  from unnest(%(scopes)s::text[]) as kept(scope)
  join sync_row r on r.scope = kept.scope and r.xid >= pg_snapshot_xmin(%(base)s::pg_snapshot)
  where not pg_visible_in_snapshot(r.xid, %(base)s::pg_snapshot)
    and pg_visible_in_snapshot(r.xid, %(target)s::pg_snapshot)
    and (%(kinds)s::text[] is null or r.kind || '' = any(%(kinds)s::text[]))
),
once as (
  select distinct on (c.kind, c.id, c.deleted) c.place, c.scope, c.kind, c.id, c.deleted
  from changed c order by c.kind, c.id, c.deleted, c.scope
),
page as materialized (
  select c.place from once c
  where (%(at_scope)s::text is null
         or (c.scope, c.kind, c.id) > (%(at_scope)s::text, %(at_kind)s::text, %(at_id)s::uuid))
    and (not c.deleted or not exists (
      select from sync_row o
      where o.kind = c.kind and o.id = c.id and not o.deleted and o.scope = any(%(view)s::text[])))
  order by c.scope, c.kind, c.id
  limit %(limit)s
)
select r.scope, r.kind, r.id::text, r.deleted, convert_to(r.payload, 'UTF8') as payload, r.inbox
from page join sync_row r on r.ctid = page.place
order by r.scope, r.kind, r.id
