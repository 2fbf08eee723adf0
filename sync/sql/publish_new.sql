-- The rows of roots that this transaction inserted. Nothing of theirs stands anywhere, but for the row of a refused
-- item of the same id that was handed back to its author.
with fresh as materialized (
  select distinct on (scope, id) scope, id, rev, payload, count(*) over (partition by id) > 1 as shared
  from ({rows}) as stated order by scope, id
)
insert into sync_row as s (scope, kind, id, rev, xid, born, deleted, shared, payload, inbox)
select f.scope, %(kind)s, f.id, f.rev, pg_current_xact_id(), pg_current_xact_id(), false, f.shared, f.payload, null
from fresh f
on conflict (scope, kind, id) do update
set rev = excluded.rev, xid = excluded.xid, deleted = false, shared = excluded.shared, payload = excluded.payload,
  inbox = null
