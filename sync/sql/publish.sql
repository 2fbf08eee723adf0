-- Overwrite the rows of some roots; leave tombstones where a row stood and stands no more.
-- `shared`: the record lives in several scopes. All its rows are written together, so they always agree.
with fresh as materialized (
  select distinct on (scope, id) scope, id, rev, payload, count(*) over (partition by id) > 1 as shared
  from ({rows}) as stated order by scope, id
),
dead as (
  update sync_row s set deleted = true, payload = '', inbox = null, xid = pg_current_xact_id()
  where s.kind = %(kind)s and s.id = any(%(ids)s::uuid[]) and not s.deleted
    and not exists (select from fresh f where f.scope = s.scope collate "C" and f.id = s.id)
)
insert into sync_row as s (scope, kind, id, rev, xid, born, deleted, shared, payload, inbox)
select f.scope, %(kind)s, f.id, f.rev, pg_current_xact_id(), pg_current_xact_id(), false, f.shared, f.payload,
  {mark}
from fresh f
on conflict (scope, kind, id) do update
set rev = excluded.rev, xid = excluded.xid, deleted = false, shared = excluded.shared, payload = excluded.payload,
  inbox = excluded.inbox
