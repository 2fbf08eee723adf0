insert into sync_row as s (scope, kind, id, rev, xid, born, deleted, shared, payload, inbox)
select %(scope)s, %(kind)s, id, 0, pg_current_xact_id(), '1'::xid8, true, false, '', null from unnest(%(ids)s::uuid[]) as id
on conflict (scope, kind, id) do update
set xid = excluded.xid, deleted = true, payload = '', inbox = null
