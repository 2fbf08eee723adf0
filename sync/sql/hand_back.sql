-- Records that were not accepted, back to their authors' phones.
insert into sync_row as s (scope, kind, id, rev, xid, born, deleted, shared, payload, inbox)
select b.scope, %(kind)s, b.id, b.rev, pg_current_xact_id(), pg_current_xact_id(), false, false, b.payload, b.inbox
from ({returned}) as b
where b.id = any(%(ids)s::uuid[])
on conflict (scope, kind, id) do update
set rev = excluded.rev, xid = excluded.xid, deleted = false, payload = excluded.payload, inbox = excluded.inbox
