insert into sync_rebuilt select f.scope, %(kind)s, f.id, f.rev, f.payload, null from ({rows}) as f
