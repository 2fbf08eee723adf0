-- What the phone may hold of scopes it lost: removed, unless it lives on in another scope in view.
-- A row born after the base snapshot was never sent from there: its id stays unsaid.
select r.scope, r.kind, r.id::text, true, ''::bytea, null::bigint
from unnest(%(scopes)s::text[]) as lost(scope)
join sync_row r on r.scope = lost.scope
where pg_visible_in_snapshot(r.born, %(base)s::pg_snapshot)
  and (%(kinds)s::text[] is null or r.kind = any(%(kinds)s::text[]))
  and (%(at_scope)s::text is null
       or (r.scope, r.kind, r.id) > (%(at_scope)s::text, %(at_kind)s::text, %(at_id)s::uuid))
  and not exists (
    select from sync_row o
    where o.kind = r.kind and o.id = r.id and not o.deleted and o.scope = any(%(view)s::text[]))
order by r.scope, r.kind, r.id
limit %(limit)s
