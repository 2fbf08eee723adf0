insert into sync_rebuilt select b.scope, %(kind)s, b.id, b.rev, b.payload, b.inbox from ({returned}) as b
