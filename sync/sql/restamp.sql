-- A page of rows, as if written now; its tombstones go, for no cursor will need them.
with page as materialized (
  select scope, kind, id from sync_row
  where (scope, kind, id) > (%(scope)s, %(kind)s, %(id)s::uuid)
  order by scope, kind, id limit %(limit)s
),
gone as (
  delete from sync_row r using page p
  where r.scope = p.scope and r.kind = p.kind and r.id = p.id and r.deleted
),
stamped as (
  update sync_row r
  set xid = pg_current_xact_id(), born = case when r.born = '1'::xid8 then r.born else pg_current_xact_id() end
  from page p where r.scope = p.scope and r.kind = p.kind and r.id = p.id and not r.deleted
)
select scope, kind, id::text, count(*) over () from page order by scope desc, kind desc, id desc limit 1
